/*
 * The dashboard's settings: tablets, messages, the shop, its team, and one's own profile. See ../walk.mjs.
 */
import { at, button, enter, leave, staffOf } from '../desk.mjs'
import { Authenticator } from '../staff.mjs'

export const options = { page: { locale: 'fr-FR' } }

const shop = [
  { name: 'home', go: enter },
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
  { name: 'what each role may do', go: at('/settings/roles', 'Personne ne donne plus') },
  {
    name: 'what people are told, and how long they are kept',
    go: at('/settings/privacy', 'Ces lignes complètent'),
  },
  { name: 'who did what', go: at('/trail', 'Qui a fait quoi, et qui a cons') },
]

const profile = [
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
]

export const states = [...shop, ...profile]
