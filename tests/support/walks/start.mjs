/*
 * The start page. See ../walk.mjs.
 */
export const states = [
  {
    name: 'the door',
    async go(page, shop) {
      await page.goto(`${shop.url}/`)
      await page.getByText('Pour que vos clients reviennent.').waitFor()
    },
  },
]
