/*
 * The dashboard's states: from the door to a shop at work, with each of its dialogs. See ../walk.mjs.
 */
import { counterOf } from '../counter.mjs'
import { Authenticator } from '../staff.mjs'
import { addArticles, addMember, sellTo, signIn, staffOf } from '../desk.mjs'

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

const programs = [
  {
    name: 'the programmes',
    async go(page, shop) {
      await addArticles(shop, 'Boissons', ['Café', 'Thé', 'Chocolat viennois à la crème fouettée'])
      await page.goto(`${shop.url}/dashboard/loyalty`)
      await page.getByText('1 point par euro').waitFor()
    },
  },
  {
    name: 'a programme',
    async go(page) {
      await page.getByText('1 point par euro').click()
      await page.getByText('En circulation').waitFor()
    },
  },
  {
    name: 'changing a programme, and what is wrong',
    async go(page) {
      await button(page, 'Modifier').click()
      await page.getByRole('radio', { name: 'Articles choisis' }).check()
      await page.getByText('Limites et options').click()
      await page.getByLabel('Par jour', { exact: false }).first().fill('beaucoup')
      await button(page, 'Continuer').click()
      await page.getByText('Choisissez au moins un article').waitFor()
    },
  },
  {
    name: 'who is affected',
    async go(page) {
      await page.getByRole('radio', { name: 'Tout le catalogue' }).check()
      await page.getByLabel('Par jour', { exact: false }).first().fill('')
      await page.getByLabel('Combien de points').fill('2')
      await button(page, 'Continuer').click()
      await page.getByText('Ce qui est gagné reste gagné.').waitFor()
    },
  },
  {
    name: 'a reward and its limits',
    async go(page) {
      await leave(page)
      await button(page, 'Ajouter une récompense').click()
      await page.getByLabel('Ce que l’on gagne').selectOption('item')
      await page.getByText('Validité et limites').click()
      await page.getByRole('dialog').getByRole('button', { name: 'Ajouter', exact: true }).click()
      await page.getByText('Choisissez au moins un article').waitFor()
    },
  },
  {
    name: 'a new offer',
    async go(page) {
      await leave(page)
      await page.getByRole('link', { name: 'Nouvelle offre' }).click()
      await page.getByLabel('Toute la journée').uncheck()
      await page.getByText('de 08:00 à 10:00').first().waitFor()
    },
  },
  {
    name: 'an offer that runs',
    async go(page) {
      await button(page, 'Lancer cette offre').click()
      await page.getByText('Mardi double', { exact: true }).waitFor()
    },
  },
  {
    name: 'deleting a programme',
    async go(page) {
      await button(page, 'Supprimer ce programme…').click()
      await page.getByText('vous pouvez encore changer d’avis').waitFor()
    },
  },
  { name: 'the kinds of programme', go: at('/loyalty/new', 'Quel genre de programme') },
  {
    name: 'what earns',
    async go(page) {
      await button(page, 'Continuer').click()
      await page.getByRole('radio', { name: 'À l’article' }).check()
      await page.getByRole('option', { name: 'Boissons' }).click()
      await page.getByText('1 tampon par article').waitFor()
    },
  },
  {
    name: 'what is won',
    async go(page) {
      await button(page, 'Continuer').click()
      await page.getByText('après 10 articles').waitFor()
    },
  },
  {
    name: 'a last look',
    async go(page) {
      await button(page, 'Continuer').click()
      await page.getByText('Un dernier regard').waitFor()
    },
  },
]

const jobs = [
  ...programs,
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
  { name: 'one’s own profile', go: at('/profile', 'Appareils connectés') },
  {
    name: 'a password that is too short',
    async go(page) {
      await button(page, 'Changer le mot de passe').click()
      await page.getByLabel('Nouveau mot de passe').fill('court')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'Changer le mot de passe', exact: true })
        .click()
      await page.getByText('Il faut au moins 8 caractères.').waitFor()
    },
  },
  {
    name: 'another address, and a wrong password',
    async go(page) {
      await leave(page)
      await button(page, 'Changer d’adresse e-mail').click()
      await page.getByLabel('Nouvelle adresse e-mail').fill('camille@maison.example')
      await page.getByLabel('Mot de passe actuel').fill('pas celui-là')
      await button(page, 'Envoyer le code').click()
      await page.getByText('Ce n’est pas votre mot de passe.').waitFor()
    },
  },
  {
    name: 'a second factor to scan, and a wrong code',
    async go(page, shop) {
      await leave(page)
      await button(page, 'Activer').click()
      await page.getByLabel('Mot de passe actuel').fill(staffOf(shop).password)
      await button(page, 'Continuer').click()
      await page.getByText('Je ne peux pas le scanner').click()
      await page.getByLabel('Le code que montre l’application').fill('000000')
      await page.keyboard.press('Enter')
      await page.getByText('Ce code ne va pas').waitFor()
    },
  },
  {
    name: 'recovery codes',
    async go(page) {
      const secret = await page.locator('.secret').innerText()
      const app = new Authenticator(secret.replaceAll(' ', ''))
      await page.getByLabel('Le code que montre l’application').fill(await app.next())
      await page.keyboard.press('Enter')
      await page.getByText('Garder comme fichier').waitFor()
    },
  },
  {
    name: 'a second factor in use',
    async go(page, shop) {
      const codes = await page.locator('dialog[open] ol li').allInnerTexts()
      await button(page, 'Je les ai gardés').click()
      await page.getByText('Il vous reste 10 codes').waitFor()
      shop.recovery = codes
    },
  },
  { name: 'the team’s second factors', go: at('/settings/team', 'à toute l’équipe') },
  {
    name: 'a second factor given up',
    async go(page, shop) {
      await page.goto(`${shop.url}/dashboard/profile`)
      await button(page, 'Ne plus demander de code').click()
      await page.getByLabel('Mot de passe actuel').fill(staffOf(shop).password)
      await page.getByLabel('Code de votre application').fill(shop.recovery[0])
      await page.getByRole('dialog').getByRole('button', { name: 'Ne plus demander' }).click()
      await button(page, 'Activer').waitFor()
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
