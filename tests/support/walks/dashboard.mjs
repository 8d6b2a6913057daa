/*
 * The dashboard's states, from the door to customers and sales, and what goes wrong. Its programmes and
 * its settings are walks of their own. See ../walk.mjs.
 */
import { counterOf } from '../counter.mjs'
import { addMember, at, button, leave, sellTo, signIn, staffOf } from '../desk.mjs'

export const options = { page: { locale: 'fr-FR' } }

const door = [
  { name: 'a forgotten password', go: at('/password', 'Nous vous envoyons un lien') },
  { name: 'another password', go: at('/password#pwd_0', 'Choisissez un nouveau') },
  { name: 'the door', go: at('/', 'Votre boutique vous attend.') },
  {
    name: 'a wrong password',
    async go(page, shop) {
      await signIn(page, { email: staffOf(shop).email, password: 'pas celui-là' })
      await page.getByText('ne va pas').waitFor()
    },
  },
  {
    name: 'home',
    async go(page, shop) {
      const card = { fingerprint: 'walk', brand: 'VISA', last_4: '4242' }
      await counterOf(shop).sell(12_40, { card })
      const names = ['Amélie', 'Zoé 🥐', `Anne-${'Bérengère-'.repeat(6)}Lise`]
      for (const given_name of names) await addMember(shop, { given_name })
      await signIn(page, staffOf(shop))
      await page.getByText('Chiffre d’affaires').first().waitFor()
      await page.getByText('À régler').waitFor()
    },
  },
  {
    name: 'going somewhere with a few letters',
    async go(page) {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').fill('re')
      await page.getByRole('option', { name: 'Réglages' }).waitFor()
    },
  },
]

const customers = [
  { name: 'customers', go: at('/customers', 'Amélie') },
  { name: 'nobody found', go: at('/customers?q=zzzz', 'Personne ne répond') },
  {
    name: 'customers by filters',
    async go(page, shop) {
      await page.goto(`${shop.url}/dashboard/customers`)
      await button(page, 'Filtrer').click()
      await page.getByRole('group', { name: 'Visites' }).getByLabel('Au plus').fill('9')
      await page.getByLabel('Programme').selectOption({ index: 1 })
    },
  },
  {
    name: 'filters as chips, and a tag for all of them',
    async go(page) {
      await button(page, 'Voir les clients').click()
      await button(page, 'Enregistrer cette vue').waitFor()
      await button(page, 'Étiqueter').click()
      await page.getByLabel('Nom de l’étiquette').waitFor()
    },
  },
  {
    name: 'a new customer, and what is wrong',
    async go(page, shop) {
      await page.goto(`${shop.url}/dashboard/customers/new`)
      await page.getByLabel('Téléphone', { exact: true }).fill('06')
      await button(page, 'Ajouter').click()
      await page.getByText('Ce numéro ne semble pas complet.').waitFor()
    },
  },
  {
    name: 'a customer',
    async go(page, shop) {
      const name = { given_name: 'Maximilien-Alexandre', family_name: 'محمد العربي' }
      shop.walk = await addMember(shop, { ...name, phone_number: '0611223344' }, 60)
      await page.goto(`${shop.url}/dashboard/customers/${shop.walk.customer.id}`)
      await button(page, 'Prendre').first().click()
      await button(page, 'Prendre pour 20 points').click()
      await page.locator('.badge', { hasText: 'À donner' }).waitFor()
    },
  },
  {
    name: 'points corrected by hand',
    async go(page) {
      await button(page, 'Corriger le solde').click()
      await page.getByRole('radio', { name: 'Retirer' }).check()
      await page.getByLabel('Combien de points').fill('900')
      await page.getByText('on ne peut pas retirer plus').waitFor()
    },
  },
  {
    name: 'a reward handed over',
    async go(page) {
      await leave(page)
      await button(page, 'Donner').first().click()
      await page.getByText('Elle ne pourra plus servir ensuite.').waitFor()
    },
  },
  {
    name: 'a gesture',
    async go(page) {
      await leave(page)
      await button(page, 'Faire un geste').click()
      await button(page, 'Donner cet avoir').click()
      await page.getByText('Un montant, comme').waitFor()
      await page.getByLabel('Montant').fill('7,50')
    },
  },
  {
    name: 'a credit note',
    async go(page) {
      await button(page, 'Donner cet avoir').click()
      await page.getByText('Geste de la boutique').waitFor()
    },
  },
  {
    name: 'what happened',
    async go(page, shop) {
      const line = { name: 'Panier', price_money: { amount: 18_40, currency: 'EUR' } }
      await sellTo(shop, shop.walk.customer, [line])
      await page.goto(`${shop.url}/dashboard/customers/${shop.walk.customer.id}/activity`)
      await page.getByText('Récompense prise').first().waitFor()
      await page.getByText('par euro sur').waitFor()
    },
  },
  {
    name: 'a record',
    async go(page, shop) {
      await page.goto(`${shop.url}/dashboard/customers/${shop.walk.customer.id}/record`)
      await page.getByText('Cartes bancaires reconnues').waitFor()
    },
  },
  {
    name: 'a code for their phone',
    async go(page) {
      await button(page, 'Ouvrir sur son téléphone').click()
      await page.getByRole('img', { name: 'Code QR' }).waitFor()
    },
  },
  {
    name: 'deleting a customer',
    async go(page) {
      await leave(page)
      await button(page, 'Supprimer ce client…').click()
      await button(page, 'Supprimer pour toujours').click()
      await page.getByText('pour confirmer.').waitFor()
    },
  },
  {
    name: 'editing a record',
    async go(page) {
      await leave(page)
      await button(page, 'Modifier la fiche').click()
      await page.getByLabel('E-mail', { exact: true }).fill('maximilien')
      await button(page, 'Enregistrer').click()
      await page.getByText('n’est pas complète').waitFor()
    },
  },
]

const sales = [
  { name: 'sales', go: at('/sales', '12,40') },
  { name: 'no such sale', go: at('/sales?card=0000', 'Aucune vente ne répond') },
  {
    name: 'a sale',
    async go(page, shop) {
      await page.goto(`${shop.url}/dashboard/sales`)
      await page.getByText('12,40').first().click()
      await page.getByText('4242').waitFor()
    },
  },
  { name: 'nothing there', go: at('/nowhere', 'Il n’y a rien à cette adresse.') },
]

const trouble = [
  {
    name: 'a session that has ended',
    async go(page, shop) {
      await page.goto(`${shop.url}/dashboard/settings`)
      await page.getByLabel('Nom de la boutique').fill('Le Fournil')
      await page.context().clearCookies()
      await button(page, 'Enregistrer').click()
      await page.getByText('Votre session est finie.').waitFor()
    },
  },
  {
    name: 'offline',
    async go(page, shop) {
      await page.getByLabel('Mot de passe').fill(staffOf(shop).password)
      await page.keyboard.press('Enter')
      await page.getByText('C’est enregistré.').waitFor()
      await shop.end()
      await page.getByText('Pas de connexion.').waitFor({ timeout: 20_000 })
    },
  },
]

export const states = [...door, ...customers, ...sales, ...trouble]
