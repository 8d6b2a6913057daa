/*
 * The start page of a demo, and the messages that the demo shows instead of sending them. See
 * ../walk.mjs.
 */
export const options = { server: { args: ['--demo', '1'] } }

export const states = [
  {
    name: 'the door',
    async go(page, shop) {
      await page.goto(`${shop.url}/`)
      await page.getByText('Ceci est une démonstration').waitFor()
    },
  },
  {
    name: 'no message',
    async go(page) {
      await page.getByRole('link', { name: 'Lire les messages' }).click()
      await page.getByText('Aucun message pour l’instant.').waitFor()
    },
  },
  {
    name: 'messages',
    async go(page, shop) {
      const ask = (body) => shop.ask('POST', '/v2/app/le-fournil/codes', { body })
      await ask({ phone_number: '+33612345678', language: 'fr' })
      await ask({ email_address: 'camille@fournil.example', language: 'fr' })
      await page.getByText('camille@fournil.example').first().waitFor()
      await page.getByText('+33612345678').first().waitFor()
    },
  },
  {
    name: 'nobody answers',
    async go(page, shop) {
      await shop.end()
      await page.getByText('Habitué ne répond pas.').waitFor()
    },
  },
]
