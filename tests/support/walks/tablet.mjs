/*
 * The tablet's states: from the code to a counter without a network. See ../walk.mjs.
 */
import { activate, counterOf } from '../counter.mjs'

export const states = [
  {
    name: 'the code',
    async go(page, shop) {
      shop.walk = counterOf(shop)
      await page.goto(`${shop.url}/tablet/`)
      await page.getByLabel('Code de la borne').fill('2222-2222')
    },
  },
  {
    name: 'a wrong code',
    async go(page) {
      await page.keyboard.press('Enter')
      await page.getByText('Ce code n’est pas le bon').waitFor()
    },
  },
  {
    name: 'idle',
    go: (page, shop) => activate(page, shop, shop.walk.code),
  },
  {
    name: 'idle, with a logo',
    async go(page, shop) {
      await shop.putLogo(await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 120 } }))
      await page.reload()
      await page.getByRole('img', { name: shop.walk.merchant.name }).waitFor()
    },
  },
  {
    name: 'points landed',
    async go(page, shop) {
      await shop.walk.sell(1240)
      await page.getByRole('heading', { name: '12 points' }).waitFor()
    },
  },
  {
    name: 'two sales and a wrong number',
    async go(page, shop) {
      await page.keyboard.type('061')
      await shop.walk.sell(3000)
      await page.getByRole('radio').first().waitFor()
      await page.keyboard.press('Enter')
      await page.getByText('Ce numéro ne semble pas complet.').waitFor()
    },
  },
  {
    name: 'thank you',
    async go(page) {
      await page.keyboard.type('2345678')
      await page.keyboard.press('Enter')
      await page.getByRole('progressbar').waitFor()
    },
  },
  {
    name: 'a reward is reached',
    async go(page) {
      await page.keyboard.press('Escape')
      await page.getByRole('heading', { name: '30 points' }).waitFor()
      await page.keyboard.type('0612345678')
      await page.keyboard.press('Enter')
      await page.getByText('C’est à vous !').waitFor()
    },
  },
  {
    name: 'idle, one sale set aside',
    async go(page, shop) {
      await page.keyboard.press('Escape')
      await shop.walk.sell(100)
      await page.getByRole('heading', { name: '1 point', exact: true }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByText('Un achat attend encore ses points').waitFor()
    },
  },
  {
    name: 'offline',
    async go(page, shop) {
      await shop.end()
      await page.getByText('Pas de connexion.').waitFor()
    },
  },
]
