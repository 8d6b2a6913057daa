/*
 * The dashboard's states: from the door to a shop at work, with each of its dialogs. See ../walk.mjs.
 */
import { counterOf } from '../counter.mjs'
import { addMember, signIn, staffOf } from '../desk.mjs'

const button = (page, name) => page.getByRole('button', { name, exact: true })
/* Closes the dialog on top; what it lay on stays. */
const leave = async (page) => {
  const open = await page.locator('dialog[open]').count()
  await page.keyboard.press('Escape')
  await page.waitForFunction(
    (before) => document.querySelectorAll('dialog[open]').length < before,
    open,
  )
}
const at = (path, seen) => async (page, shop) => {
  await page.goto(`${shop.url}/dashboard${path}`)
  await page.getByText(seen).first().waitFor()
}

export const options = { page: { locale: 'fr-FR' } }

const door = [
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
      await page.getByText('À remettre').waitFor()
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
      await button(page, 'Remettre').first().click()
      await page.getByText('Elle ne pourra plus servir ensuite.').waitFor()
    },
  },
  {
    name: 'what happened',
    async go(page, shop) {
      await page.goto(`${shop.url}/dashboard/customers/${shop.walk.customer.id}/activity`)
      await page.getByText('Récompense prise').first().waitFor()
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

const jobs = [
  { name: 'the programme', go: at('/loyalty', 'par euro') },
  {
    name: 'changing the programme',
    async go(page) {
      await button(page, 'Modifier').click()
      await page.getByText('Ce qui est gagné reste gagné.').waitFor()
    },
  },
  { name: 'a first programme', go: at('/loyalty/new', 'Votre programme de fidélité') },
  { name: 'points outstanding', go: at('/loyalty/circulation', 'Comment on y arrive') },
  {
    name: 'nothing outstanding, in a period that ends before it begins',
    async go(page) {
      await button(page, 'L’an dernier').click()
      await page.getByText('Rien en circulation').waitFor()
      await page.getByLabel('Au', { exact: true }).fill('2020-01-01')
      await page.getByText('La fin est avant le début.').waitFor()
    },
  },
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
  { name: 'tablets', go: at('/tablets', 'Code de sortie des bornes') },
  {
    name: 'a tablet and its code',
    async go(page, shop) {
      const [{ id }] = shop.demo.merchants[0].tablets
      await page.goto(`${shop.url}/dashboard/tablets/${id}`)
      await button(page, 'Obtenir un code').click()
      await page.getByText('Tapez ce code').waitFor()
    },
  },
  { name: 'a new tablet', go: at('/tablets/new', 'Caisse écoutée') },
  { name: 'messages', go: at('/messages', 'Ce que la boutique a envoyé') },
  { name: 'the shop', go: at('/settings', 'Fuseau horaire') },
  { name: 'its look', go: at('/settings/look', 'Ce que voient vos clients') },
  { name: 'its address', go: at('/settings/app', 'Copier l’adresse') },
  { name: 'its team', go: at('/settings/team', 'camille@fournil.example') },
  {
    name: 'somebody of the team',
    async go(page) {
      await button(page, 'Ajouter quelqu’un').click()
      await button(page, 'Ajouter à l’équipe').click()
      await page.getByText('À remplir.').first().waitFor()
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

export const states = [...door, ...customers, ...jobs, ...trouble]
