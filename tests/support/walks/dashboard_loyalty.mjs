/*
 * The dashboard's programmes, what they give, and what is outstanding. See ../walk.mjs.
 */
import { addArticles, addMember, at, button, enter, leave } from '../desk.mjs'

export const options = { page: { locale: 'fr-FR' } }

const programs = [
  { name: 'home', go: enter },
  {
    name: 'the programmes',
    async go(page, shop) {
      await addMember(shop, { given_name: 'Amélie' }, 60)
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

const outstanding = [
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
]

export const states = [...programs, ...outstanding]
