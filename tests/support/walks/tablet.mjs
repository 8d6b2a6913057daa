/*
 * The tablet's states: from the code to a counter without a network. See ../walk.mjs.
 */
import { activate, counterOf, openStaffMenu, signIn } from '../counter.mjs'

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
    name: 'signing in instead',
    async go(page, shop) {
      await page.getByRole('button', { name: 'Me connecter sans code' }).click()
      await page.getByLabel('Adresse e-mail').fill('maud@ailleurs.example')
      await page.getByLabel('Mot de passe').fill('pas celui-là')
      await page.keyboard.press('Enter')
      await page.getByText('n’est pas le bon').waitFor()
      shop.walk.owner = shop.walk.merchant.staff.find(({ role }) => role === 'owner')
    },
  },
  {
    name: 'which tablet is it',
    async go(page, shop) {
      await signIn(page, shop.walk.owner)
      await page.getByText('Quelle borne est-ce').waitFor()
    },
  },
  {
    name: 'a new tablet',
    async go(page) {
      await page.getByRole('button', { name: 'Ajouter une borne' }).click()
      await page.getByRole('button', { name: 'Ajouter et relier' }).click()
      await page.getByText('Donnez-lui un nom.').waitFor()
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
      await page.getByRole('img', { name: shop.walk.merchant.name, exact: true }).waitFor()
    },
  },
  {
    name: 'somebody looks for it',
    async go(page, shop) {
      await shop.api('POST', `/v2/tablets/${shop.walk.tabletId}/identify`)
      await page.getByText('C’est moi').waitFor()
    },
  },
  {
    name: 'the staff menu without a PIN',
    async go(page) {
      await page.getByText('C’est moi').waitFor({ state: 'detached', timeout: 15_000 })
      await openStaffMenu(page)
      await page.getByText('Aucun code n’est choisi').waitFor()
    },
  },
  {
    name: 'the PIN',
    async go(page, shop) {
      await page.keyboard.press('Escape')
      await shop.api('PUT', '/v2/merchants/me', { merchant: { tablet_pin: '4321' } })
      await page.reload()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await openStaffMenu(page)
      await page.getByLabel('Code du personnel').fill('1234')
      await page.keyboard.press('Enter')
      await page.getByText('Ce n’est pas le bon code.').waitFor()
    },
  },
  {
    name: 'the staff menu',
    async go(page) {
      await page.keyboard.type('4321')
      await page.keyboard.press('Enter')
      await page.getByText('En ligne').waitFor()
    },
  },
  {
    name: 'leaving',
    async go(page) {
      await page.getByRole('button', { name: 'Détacher cet appareil' }).click()
      await page.getByText('Détacher cet appareil ?').waitFor()
    },
  },
  {
    name: 'points landed',
    async go(page, shop) {
      await page.keyboard.press('Escape')
      const card = { fingerprint: 'walk', brand: 'VISA', last_4: '4242' }
      await shop.walk.sell(1240, { card })
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
