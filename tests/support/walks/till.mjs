/*
 * The till's states: from signing in to a sale that waits for the network. See ../walk.mjs.
 */
import { cashier, makeArticles, member, owner, signIn } from '../till.mjs'

const PHONE = '0612345678'
const LONG =
  'Pain de campagne au levain naturel, farine de blé ancien du moulin de Chars, cuit au feu de bois'
const ARTICLES = [
  LONG,
  'Baguette tradition',
  'Croissant',
  'Éclair au café',
  'قهوة عربية',
  'Café',
  'Thé',
]

const button = (page, name) => page.getByRole('button', { name }).filter({ visible: true }).first()
const seen = (page, text) => page.getByText(text).filter({ visible: true }).first().waitFor()

/* On a wide screen both are there; elsewhere they are two tabs. */
async function turnTo(page, name) {
  await page.getByRole('button', { name: 'Fermer la caisse' }).waitFor()
  const tab = page.getByRole('tab', { name })
  if (await tab.isVisible()) await tab.click()
}

/* Keys typed as a hand does: slower than a scanner. */
const type = (page, text) => page.keyboard.type(text, { delay: 70 })

async function close(page) {
  await page.keyboard.press('Enter')
  await page.waitForTimeout(450) // until a second tap on the same place is no longer to be feared
}

export const states = [
  {
    name: 'signing in',
    async go(page, shop) {
      await page.goto(`${shop.url}/till/`)
      await page.getByLabel('Mot de passe').waitFor()
    },
  },
  {
    name: 'a wrong password',
    async go(page, shop) {
      await signIn(page, { email: owner(shop).email, password: 'not this one' })
      await seen(page, 'L’adresse ou le mot de passe n’est pas le bon.')
    },
  },
  {
    name: 'which place',
    async go(page, shop) {
      await signIn(page, owner(shop))
      await page.getByRole('heading', { name: 'Où se trouve cette caisse ?' }).waitFor()
    },
  },
  {
    name: 'no articles yet',
    async go(page, shop) {
      await button(page, shop.demo.merchants[0].locations[0].name).click()
      await turnTo(page, 'Articles')
      await seen(page, 'Vos articles, sous la main.')
    },
  },
  {
    name: 'a first article, without a price',
    async go(page) {
      await button(page, 'Ajouter un premier article').click()
      await page.getByRole('dialog').getByLabel('Nom').fill('Baguette tradition')
      await button(page, 'Ajouter l’article').click()
      await seen(page, 'Écrivez un prix')
    },
  },
  {
    name: 'articles, an empty basket',
    async go(page, shop) {
      await page.keyboard.press('Escape')
      await makeArticles(shop, ARTICLES)
      await page.reload()
      await button(page, 'Croissant').waitFor()
    },
  },
  {
    name: 'articles in the basket',
    async go(page) {
      await type(page, '3*')
      await button(page, 'Baguette tradition').click()
      await button(page, LONG).click()
      await button(page, 'قهوة عربية').click()
      await seen(page, /^9,00/)
    },
  },
  {
    name: 'an amount being typed',
    async go(page) {
      await turnTo(page, 'Montant')
      await type(page, '1250')
      await seen(page, '12,50')
    },
  },
  {
    name: 'finding the customer, a number that nobody has',
    async go(page) {
      await button(page, 'Client').click()
      await page.getByLabel('Numéro de téléphone').fill('0699999999')
      await page.keyboard.press('Enter')
      await seen(page, 'Pas encore de carte à ce numéro')
    },
  },
  {
    name: 'a new customer',
    async go(page) {
      await button(page, 'Nouveau client').click()
      await seen(page, 'Créer la fiche')
    },
  },
  {
    name: 'a name that several have',
    async go(page, shop) {
      for (const [end, locality] of [['11', 'Saint-Germain-en-Laye'], ['22']]) {
        await shop.api('POST', '/v2/customers', {
          given_name: 'Marie-Charlotte',
          family_name: 'de La Rochefoucauld',
          phone_number: `+336990000${end}`,
          ...(locality && { address: { locality } }),
        })
      }
      await page.keyboard.press('Escape')
      await button(page, 'Client').click()
      await page.getByLabel('Numéro de téléphone').fill('rochefoucauld')
      await seen(page, 'finit par 0022')
    },
  },
  {
    name: 'the customer and their rewards',
    async go(page, shop) {
      await member(shop, PHONE, 5600)
      await page.getByLabel('Numéro de téléphone').fill(PHONE)
      await page.keyboard.press('Enter')
      await button(page, 'Prendre : Un café offert').click()
      await seen(page, /à donner en encaissant/i)
    },
  },
  {
    name: 'what is known of the customer',
    async go(page) {
      await button(page, 'Voir la fiche').click()
      await seen(page, 'Panier moyen')
    },
  },
  {
    name: 'correcting what is known of the customer',
    async go(page) {
      await button(page, 'Modifier la fiche').click()
      await seen(page, 'Code postal')
    },
  },
  {
    name: 'a basket with its customer and a reward',
    async go(page) {
      await page.keyboard.press('Escape')
      // The focus is back on what opened the record, where Enter would open it again.
      await page.evaluate(() => document.activeElement.blur())
      const back = page.getByRole('button', { name: 'Continuer la vente' })
      if (await back.isVisible()) await back.click()
      await seen(page, 'Marie Dupont')
    },
  },
  {
    name: 'points given',
    async go(page) {
      await button(page, 'Encaisser').click() // on a phone, their name may have the focus
      await page.waitForTimeout(450) // as in close()
      await page.getByRole('heading', { name: '21 points de plus.' }).waitFor()
    },
  },
  {
    name: 'the way to their card',
    async go(page) {
      await button(page, 'Montrer sa carte').click()
      await page.getByRole('img', { name: /Code à scanner/ }).waitFor()
    },
  },
  {
    name: 'would they like to join',
    async go(page) {
      await page.keyboard.press('Escape')
      await type(page, '1250')
      await close(page)
      await page.getByRole('heading', { name: 'Adhérer ?' }).waitFor()
    },
  },
  {
    name: 'joining, a wrong number',
    async go(page) {
      await button(page, 'Oui').click()
      await page.getByLabel('Numéro de téléphone').fill('061')
      await button(page, 'Le client est d’accord').click()
      await seen(page, 'Ce numéro ne semble pas complet.')
    },
  },
  {
    name: 'the sales of the day',
    async go(page) {
      await button(page, 'Non merci').click()
      await button(page, 'Ventes du jour').click()
      await seen(page, 'points en attente')
    },
  },
  {
    name: 'a sale that was a mistake',
    async go(page) {
      await button(page, /^Annuler la vente de/).click()
      await seen(page, 'sera comme si elle n’avait pas eu lieu')
    },
  },
  {
    name: 'a sale that is given back, line by line',
    async go(page) {
      await page.keyboard.press('Escape')
      await button(page, 'Ventes du jour').click()
      await button(page, /^Rendre la vente de/).click()
      await page.getByRole('radio', { name: 'Des articles' }).check()
      await button(page, /^En rendre un de plus/).click()
      await seen(page, 'Vous devez')
    },
  },
  {
    name: 'the day',
    async go(page) {
      await page.keyboard.press('Escape')
      await button(page, 'Journée').click()
      await seen(page, 'Ventes enregistrées')
    },
  },
  {
    name: 'the keys',
    async go(page) {
      await page.keyboard.press('Escape')
      await button(page, 'Touches du clavier').click()
      await page.getByRole('heading', { name: 'Toute la vente au clavier' }).waitFor()
    },
  },
  {
    name: 'a session that ended',
    async go(page, shop) {
      await page.keyboard.press('Escape')
      await page.context().clearCookies()
      await button(page, 'Ventes du jour').click()
      await page.getByRole('dialog', { name: 'Toujours là ?' }).waitFor()
    },
  },
  {
    name: 'a sale without a network',
    async go(page, shop) {
      await signIn(page.getByRole('dialog', { name: 'Toujours là ?' }), cashier(shop))
      await seen(page, 'points en attente')
      await page.keyboard.press('Escape')
      await shop.end()
      await type(page, '480')
      await close(page)
      await page.getByRole('heading', { name: 'Pas de réponse du réseau' }).waitFor()
    },
  },
  {
    name: 'selling on without a network',
    async go(page) {
      await button(page, 'Vente suivante').click()
      await seen(page, 'Une vente attend le réseau.')
    },
  },
]
