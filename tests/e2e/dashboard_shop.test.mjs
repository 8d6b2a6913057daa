/*
 * The dashboard's other jobs: sales, tablets, the shop's settings and its team.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser, openPage } from '../support/browser.mjs'
import { activate, counterOf } from '../support/counter.mjs'
import { addMember, ask, openDesk, signIn } from '../support/desk.mjs'
import { Server } from '../support/server.mjs'

let server
let browser
let tab

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())
beforeEach(async () => {
  server = await Server.start()
})
afterEach(async () => {
  await tab?.close()
  await server?.remove()
})

const button = (name) => tab.page.getByRole('button', { name, exact: true })
const link = (name) => tab.page.getByRole('link', { name, exact: true })

test('a sale is found by its card’s last digits and leads to who paid', async () => {
  const counter = counterOf(server)
  await counter.sell(12_40, { card: { fingerprint: 'one', brand: 'VISA', last_4: '4242' } })
  await counter.sell(7_00)
  tab = await openDesk(browser, server, { path: '/sales' })
  const { page, complaints } = tab
  const rows = page.getByRole('main').locator('li a')
  await page.getByText('7,00 €').waitFor()
  await page.getByLabel('Carte : 4 derniers chiffres').fill('42')
  await page.getByLabel('Carte : 4 derniers chiffres').blur()
  await page.getByText('Il faut les 4 derniers chiffres.').waitFor()
  await page.getByLabel('Carte : 4 derniers chiffres').fill('4242')
  await page.getByText('7,00 €').waitFor({ state: 'detached' })
  assert.equal(await rows.count(), 1)
  assert.match(page.url(), /card=4242/)
  await rows.first().click()
  await page.getByText('Carte VISA •••• 4242').waitFor()
  await page.goto(page.url()) // the sheet has its own address
  await page.getByText('Carte VISA •••• 4242').waitFor()
  await page.goto(`${server.url}/dashboard/sales?card=0000`)
  await page.getByText('Aucune vente ne répond à ces filtres.').waitFor()
  await link('Voir toutes les ventes').click()
  await page.getByText('7,00 €').waitFor()
  assert.deepEqual(complaints, [])
})

test('a tablet is added, linked by its code, seen working, and waves', async () => {
  tab = await openDesk(browser, server, { path: '/tablets' })
  const { page, complaints } = tab
  await link('Ajouter une borne').click()
  await button('Ajouter, puis relier').click()
  await page.getByText('Donnez-lui un nom.').waitFor()
  await page.getByRole('dialog').getByLabel('Nom').fill('Terrasse')
  await page.getByRole('dialog').getByLabel('Caisse écoutée').selectOption({ index: 1 })
  await button('Ajouter, puis relier').click()
  await page.getByRole('heading', { name: 'Terrasse' }).waitFor()
  await button('Obtenir un code').click()
  const code = await page
    .getByRole('dialog')
    .getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
    .innerText()

  const counter = await openPage(browser)
  await activate(counter.page, server, code)
  await page.getByText('La borne est reliée.').waitFor({ timeout: 25_000 })
  await button('Faire signe').click()
  await counter.page.getByText('C’est moi').waitFor()
  await counter.close()
  assert.deepEqual(complaints, [])
})

test('the shop’s settings: name, colour, address, each with its own refusal', async () => {
  tab = await openDesk(browser, server, { path: '/settings' })
  const { page, complaints } = tab
  await page.getByLabel('Nom de la boutique').fill('')
  await button('Enregistrer').click()
  await page.getByText('À remplir.').waitFor()
  await page.getByLabel('Nom de la boutique').fill('Le Fournil de Léa 🥐')
  await button('Enregistrer').click()
  await page.getByText('C’est enregistré.').waitFor()
  await page.getByText('Le Fournil de Léa').first().waitFor()

  await link('Apparence').click()
  await page.getByLabel('Couleur de la boutique', { exact: true }).fill('#f5d90a')
  await page.getByText('Trop claire pour des mots').waitFor()
  await button('Prendre cette couleur').click()
  await page.getByText('La couleur est changée partout.').waitFor()
  await page.locator('input[type=file]').setInputFiles({
    name: 'logo.gif',
    mimeType: 'image/gif',
    buffer: Buffer.from('GIF89a'),
  })
  await page.getByText('Choisissez une image PNG, JPEG ou WebP.').waitFor()
  await page.locator('input[type=file]').setInputFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 120 } }),
  })
  await page.getByRole('img', { name: /Logo de/ }).waitFor()

  await link('Application').click()
  await page.getByLabel('Fin de l’adresse').fill('salon-nova')
  await button('Enregistrer').click()
  await page.getByText('Cette adresse est déjà prise par une autre boutique.').waitFor()
  const { merchant } = await ask(server, 'GET', '/v2/merchants/me')
  assert.equal(merchant.name, 'Le Fournil de Léa 🥐')
  assert.equal(merchant.brand_color, '#f5d90a')
  assert.equal(merchant.slug, 'le-fournil')
  assert.deepEqual(complaints, [])
})

test('somebody joins the team, signs in, and leaves it; the last owner stays', async () => {
  tab = await openDesk(browser, server, { path: '/settings/team' })
  const { page, complaints } = tab
  await button('Ajouter quelqu’un').click()
  await page.getByLabel('Nom').fill('Zoé Marchand')
  await page.getByLabel('Adresse e-mail').fill('zoe@fournil.example')
  await page.getByLabel('Mot de passe').fill('court')
  await button('Ajouter à l’équipe').click()
  await page.getByText('Il en faut au moins 8.').waitFor()
  await page.getByLabel('Mot de passe').fill('un long mot de passe')
  await button('Ajouter à l’équipe').click()
  await page.getByText('zoe@fournil.example').waitFor()

  const other = await openPage(browser)
  await other.page.goto(`${server.url}/dashboard/`)
  await signIn(other.page, { email: 'zoe@fournil.example', password: 'un long mot de passe' })
  await other.page.getByRole('heading', { name: 'Bonjour Zoé' }).waitFor()
  await button('Modifier Zoé Marchand').click()
  await button('Fermer son accès').click()
  await page.getByText('Zoé Marchand ne peut plus se connecter.').waitFor()
  await other.page.getByRole('link', { name: 'Clients' }).click()
  await other.page.getByText('Votre session est finie.').waitFor()
  await other.close()

  await button('Modifier Camille Moreau').click()
  await page.getByRole('radio', { name: 'Vente' }).check()
  await button('Enregistrer').click()
  await page.getByText('Il faut au moins un propriétaire actif.').waitFor()
  assert.deepEqual(complaints, [])
})

test('a phone opens a customer’s card with a code that the dashboard shows', async () => {
  const { customer } = await addMember(server, { given_name: 'Amélie' }, 12)
  tab = await openDesk(browser, server, { path: `/customers/${customer.id}/record` })
  const { page } = tab
  const asked = page.waitForResponse('**/v2/till/sign-in-link')
  await button('Ouvrir sur son téléphone').click()
  const { sign_in } = await (await asked).json()
  await page.getByRole('img', { name: 'Code QR qui ouvre la carte' }).waitFor()
  await page.getByText(/Valable encore \d/).waitFor()
  assert.match(sign_in.url, /\/app\/le-fournil\/#in=/)
})
