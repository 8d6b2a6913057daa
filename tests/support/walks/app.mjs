/*
 * The states of the customer's app: from the door to the last five minutes of a reward, and a
 * telephone without a network. See ../walk.mjs.
 */
import { DEMO, Phone } from '../card.mjs'
import { newPhone } from '../guest.mjs'

export const options = { server: DEMO }

const phoneOf = (page, shop) => (shop.walk.phone ??= new Phone(shop, { page }, newPhone()))
const button = (page, name) => page.getByRole('button', { name })
const link = (page, name) => page.getByRole('link', { name })

export const states = [
  {
    name: 'a shop that does not exist',
    async go(page, shop) {
      await page.goto(`${shop.url}/app/nobody-here/`)
      await page.getByText('Cette carte n’existe pas').waitFor()
    },
  },
  {
    name: 'a link that was used already',
    async go(page, shop) {
      await phoneOf(page, shop).open('#in=0000')
      await page.getByText('Ce code à scanner a déjà servi').waitFor()
    },
  },
  {
    name: 'a number that is not complete',
    async go(page, shop) {
      await phoneOf(page, shop).open('?src=poster')
      await page.getByLabel('Votre numéro de téléphone').fill('061')
      await button(page, 'Recevoir mon code').click()
      await page.getByText('Ce numéro ne semble pas complet.').waitFor()
    },
  },
  {
    name: 'joining by e-mail',
    async go(page) {
      await button(page, 'Plutôt avec mon e-mail').click()
      await page.getByLabel('Votre adresse e-mail').waitFor()
    },
  },
  {
    name: 'the code',
    async go(page, shop) {
      await button(page, 'Plutôt avec mon téléphone').click()
      await phoneOf(page, shop).askForCode()
    },
  },
  {
    name: 'a wrong code',
    async go(page, shop) {
      const right = await phoneOf(page, shop).lastCode()
      await page.getByLabel('Code à 6 chiffres').fill(right === '111111' ? '222222' : '111111')
      await page.getByText('Ce n’est pas le bon code.').waitFor()
    },
  },
  {
    name: 'the notice',
    async go(page, shop) {
      await phoneOf(page, shop).typeCode()
      await button(page, 'Ouvrir ma carte').waitFor()
    },
  },
  {
    name: 'an empty card',
    async go(page, shop) {
      await button(page, 'Ouvrir ma carte').click()
      await phoneOf(page, shop).seesCard()
    },
  },
  {
    name: 'how to keep it at hand',
    async go(page) {
      await button(page, 'Comment faire').click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'no history yet',
    async go(page) {
      await button(page, 'J’ai compris').click()
      await link(page, 'Historique').click()
      await page.getByText('Rien pour le moment').waitFor()
    },
  },
  {
    name: 'the code of the card',
    async go(page) {
      await link(page, 'Ma carte').click()
      await link(page, 'Montrer ma carte').click()
      await page.getByRole('img', { name: 'Le code de votre carte' }).waitFor()
    },
  },
  {
    name: 'points landed',
    async go(page, shop) {
      await phoneOf(page, shop).earn(64)
      await button(page, 'Terminer').waitFor()
    },
  },
  {
    name: 'a card with points',
    async go(page) {
      await button(page, 'Terminer').click()
      await page.getByText('C’est à vous :').waitFor()
    },
  },
  {
    name: 'rewards',
    async go(page) {
      await link(page, 'Récompenses').click()
      await page.getByText('Vous avez 64\u00a0points.').waitFor()
    },
  },
  {
    name: 'take it?',
    async go(page) {
      await button(page, 'Prendre Un café offert').click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'taken',
    async go(page) {
      await button(page, 'Prendre pour 20\u00a0points').click()
      await link(page, 'Utiliser Un café offert').waitFor()
    },
  },
  {
    name: 'give it back?',
    async go(page) {
      await page.getByRole('article').getByRole('button').click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'in front of the counter?',
    async go(page) {
      await button(page, 'Ne rien faire').click()
      await link(page, 'Utiliser Un café offert').click()
      await page.getByText('Vous aurez 5 minutes').waitFor()
    },
  },
  {
    name: 'five minutes',
    async go(page) {
      await button(page, 'Utiliser maintenant').click()
      await page.getByRole('timer').waitFor()
    },
  },
  {
    name: 'handed over?',
    async go(page) {
      await button(page, 'Terminé').click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'history',
    async go(page) {
      await button(page, 'Oui, terminer').click()
      await link(page, 'Ma carte').click()
      await link(page, 'Historique').click()
      await page.getByText('Récompense utilisée').waitFor()
    },
  },
  {
    name: 'my account',
    async go(page) {
      await link(page, 'Ma carte').click()
      await link(page, 'Mon compte').click()
      await page.getByLabel('Prénom').waitFor()
    },
  },
  {
    name: 'another e-mail address needs a code',
    async go(page) {
      await page.getByLabel('Prénom').fill('Marie-Antoinette Bérengère 🥐')
      await page.getByLabel('Adresse e-mail').fill('marie@exemple.fr')
      await button(page, 'Enregistrer').click()
      await page.getByLabel('Code à 6 chiffres').waitFor()
    },
  },
  {
    name: 'the session ended meanwhile',
    async go(page) {
      await page.context().clearCookies()
      await button(page, 'Enregistrer').click()
      await page.getByText('Confirmez que c’est vous').waitFor()
    },
  },
  {
    name: 'delete my account?',
    async go(page, shop) {
      await phoneOf(page, shop).signIn()
      await link(page, 'Mon compte').click()
      await button(page, 'Supprimer mon compte').click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'a card with a ticket, without a network',
    async go(page, shop) {
      await button(page, 'Ne rien faire').click()
      await link(page, 'Ma carte').click()
      await link(page, 'Récompenses').click()
      await button(page, 'Prendre Un café offert').click()
      await button(page, 'Prendre pour 20\u00a0points').click()
      await link(page, 'Utiliser Un café offert').waitFor()
      await link(page, 'Ma carte').click()
      await shop.end()
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
      await page.getByText('Pas de connexion.').waitFor()
    },
  },
]
