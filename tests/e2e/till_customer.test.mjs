/*
 * The customer at the till: found by their name, opened as a record and corrected, made new; and a sale
 * undone by who made it by mistake. By touch and with the keyboard alone.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { checkAccess, openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'
import {
  accountOf,
  cashier,
  member,
  openTill,
  owner,
  salesOf,
  touchPad,
  type,
} from '../support/till.mjs'

const PHONE = '0612345678'
const STORED = '+33612345678'
let server
let browser
let tab
let page

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())
beforeEach(async () => {
  server = await Server.start()
})
afterEach(async () => {
  assert.deepEqual(tab?.complaints, [])
  await tab?.close()
  await server?.remove()
})

async function open(size, person) {
  tab = await openPage(browser, { size })
  page = tab.page
  await openTill(page, server, person)
}

const button = (name, exact = false) =>
  page.getByRole('button', { name, exact }).filter({ visible: true }).first()
const seen = (text) => page.getByText(text).filter({ visible: true }).first().waitFor()
const who = () => page.getByLabel('Numéro de téléphone ou nom')
const make = async (fields) => ok(await server.api('POST', '/v2/customers', fields)).customer
const recordOf = async (id) => ok(await server.api('GET', `/v2/customers/${id}/summary`))

test('two of one name are told apart by their town and the end of their number, and one is chosen', async () => {
  await make({ given_name: 'Zoé', family_name: 'Le Gall', phone_number: '+33699000011' })
  await make({
    given_name: 'Zoé',
    family_name: 'Le Gall',
    phone_number: '+33699000022',
    address: { locality: 'Brest' },
  })
  await open(SIZES.portrait, cashier(server))
  await button('Client').tap()
  await who().tap()
  await who().fill('le gall zoe')
  const hits = page.getByRole('button', { name: /Zoé Le Gall/ })
  await hits.nth(1).waitFor()
  assert.equal(await hits.count(), 2)
  const texts = (await hits.allInnerTexts()).join(' ')
  assert.match(texts, /finit par 0011/)
  assert.doesNotMatch(texts, /33699|06 99/)
  await checkAccess(page, 'two of one name')
  await page.getByRole('button', { name: /finit par 0022.*Brest/ }).tap()
  await button('Retirer Zoé Le Gall de cette vente').waitFor()

  await button('Retirer Zoé Le Gall de cette vente').tap()
  await button('Client').tap()
  await who().fill('Personne Inconnue')
  await seen(/Personne ne s’appelle «\s.?Personne Inconnue.?\s» ici/)
})

test('with the keyboard alone: found by a name, opened, corrected, and points taken back', async () => {
  const { customerId, accountId } = await member(server, PHONE)
  await open(SIZES.landscape, owner(server))
  await type(page, 'c')
  await who().waitFor()
  await type(page, 'dupont')
  await page.keyboard.press('Enter')
  await button('Voir la fiche').waitFor()
  await page.keyboard.press('Escape')
  await type(page, 'f')
  await page.getByRole('heading', { name: 'Marie Dupont' }).first().waitFor()
  await seen('Panier moyen')

  await button('Corriger le solde').focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Combien de points').fill('3')
  await page.getByLabel('Pourquoi').fill('gâteau oublié')
  await page.keyboard.press('Enter')
  await seen('28')
  assert.equal((await accountOf(server, STORED)).balance, 28)
  const search = {
    query: { filter: { loyalty_account_filter: { loyalty_account_id: accountId } } },
  }
  const [event] = ok(await server.api('POST', '/v2/loyalty/events/search', search)).events
  assert.equal(event.adjust_points.reason, 'gâteau oublié')
  assert.equal(event.actor.name, owner(server).name)

  await button('Modifier la fiche').focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Prénom').fill('Marie-Anne')
  await page.getByLabel('Ville').fill('Quimper')
  await page.getByLabel('Note').fill('Sans noix')
  await button('Enregistrer').focus()
  await page.keyboard.press('Enter')
  await seen('La fiche est à jour.')
  const { customer } = await recordOf(customerId)
  assert.deepEqual(
    [customer.given_name, customer.address.locality, customer.note],
    ['Marie-Anne', 'Quimper', 'Sans noix'],
  )
  await checkAccess(page, 'the record at the till')
  await page.keyboard.press('Escape')
  await button('Retirer Marie-Anne Dupont de cette vente').waitFor()
})

test('with a finger: another number, a tag, and two records that are one person', async () => {
  const { customerId } = await member(server, PHONE)
  const other = await make({
    given_name: 'Marie',
    family_name: 'Dupont',
    email_address: 'marie@example.com',
  })
  ok(
    await server.api('POST', '/v2/customers/groups', {
      group: { name: 'Voisine' },
      idempotency_key: 'g',
    }),
  )
  await open(SIZES.portrait, owner(server))
  await button('Client').tap()
  await touchPad(page, PHONE, 'Clavier du téléphone')
  await button('Trouver le client').tap()
  await button('Retirer Marie Dupont').waitFor()
  const record = button('Voir la fiche')
  if (!(await record.isVisible())) await button('Marie Dupont').tap()
  await record.tap()

  await page.getByLabel('Ajouter une étiquette').selectOption({ label: 'Voisine' })
  await button('Enlever l’étiquette Voisine').waitFor()
  await button('Changer de numéro').tap()
  await page.getByLabel('Nouveau numéro').fill('0612345679')
  await page.getByRole('dialog').last().getByRole('button', { name: 'Changer de numéro' }).tap()
  await seen('06 12 34 56 79')
  assert.equal((await accountOf(server, '+33612345679')).customer_id, customerId)

  await seen('Peut-être la même personne')
  await button('Comparer').tap()
  await button('Fusionner les deux fiches').tap()
  await seen('C’est une seule fiche')
  await button('Terminer').tap()
  await seen('marie@example.com')
  const merged = await server.api('GET', `/v2/customers/${other.id}`)
  assert.equal(ok(merged).customer.id, customerId)
})

test('a cashier sees and corrects the record, and neither balances nor who is who', async () => {
  await member(server, PHONE)
  await open(SIZES.landscape, cashier(server))
  await type(page, 'c')
  await who().waitFor()
  await type(page, 'dupont')
  await page.keyboard.press('Enter')
  await button('Voir la fiche').waitFor()
  await page.keyboard.press('Escape')
  await type(page, 'f')
  await button('Modifier la fiche').waitFor()
  for (const name of ['Corriger le solde', 'Fusionner avec une autre fiche', 'Changer de numéro']) {
    assert.equal(await page.getByRole('button', { name }).count(), 0, name)
  }
})

test('a new customer, by their number alone or by every field, is told what is stored', async () => {
  await open(SIZES.phone, cashier(server))
  await button('Client').tap()
  await touchPad(page, PHONE, 'Clavier du téléphone')
  await button('Trouver le client').tap()
  await seen('Pas encore de carte à ce numéro')
  await button('Nouveau client').tap()
  const notice = ok(await server.api('POST', '/v2/till/open', {})).notice
  assert.equal(await page.locator('blockquote').innerText(), notice.text)
  assert.equal(await page.getByLabel('Téléphone').inputValue(), '06 12 34 56 78')
  await checkAccess(page, 'a new customer')
  await button('Créer la fiche').tap()
  await button('Retirer 06 12 34 56 78 de cette vente').waitFor()
  const account = await accountOf(server, STORED)
  const { consents } = await recordOf(account.customer_id)
  assert.deepEqual(
    consents.map(({ purpose, notice_version, language }) => [purpose, notice_version, language]),
    [['loyalty_notice', notice.version, notice.language]],
  )

  await button('Retirer 06 12 34 56 78 de cette vente').tap()
  await button('Client').tap()
  await button('Nouveau client').tap()
  await page.getByLabel('Téléphone').fill(PHONE)
  await button('Créer la fiche').tap()
  await seen(/déjà/)
  await page.getByLabel('Téléphone').fill('0612345670')
  await button('Adresse, note et autres champs').tap()
  await page.getByLabel('Prénom').fill('Léo')
  await page.getByLabel('Ville').fill('Lannion')
  await button('Créer la fiche').tap()
  await button('Retirer Léo de cette vente').waitFor()
  const leo = await recordOf((await accountOf(server, '+33612345670')).customer_id)
  assert.equal(leo.customer.address.locality, 'Lannion')
})

test('a cashier undoes what they have just sold by mistake; who and why is in the list of the day', async () => {
  await member(server, PHONE)
  await open(SIZES.portrait, cashier(server))
  await button('Client').tap()
  await touchPad(page, PHONE, 'Clavier du téléphone')
  await button('Trouver le client').tap()
  await button('Continuer la vente').tap() // a reward is in reach
  await page.getByRole('tab', { name: 'Montant' }).tap()
  await touchPad(page, ['4', '5', '00'])
  await button('Encaisser').tap()
  await page.getByRole('heading', { name: '45 points de plus.' }).waitFor()
  await button('Annuler cette vente').tap()
  await seen(/sera comme si elle n’avait pas eu lieu/)
  await checkAccess(page, 'undoing a sale')
  await button('Annuler la vente de 45,00').tap()
  await seen('La vente est annulée.')
  await seen('45 points repris. Solde : 25 points.')
  await button('Terminé').tap()
  assert.equal((await accountOf(server, STORED)).balance, 25)
  assert.equal((await salesOf(server))[0].void.reason, 'MISTAKE')

  await button('Ventes du jour').tap()
  await seen(new RegExp(`Annulée par .?${cashier(server).name}.?\\s: Erreur de caisse`))
  // What somebody else sold is not theirs to undo.
  assert.equal(await page.getByRole('button', { name: /^Annuler la vente/ }).count(), 0)
  assert.equal(await page.getByRole('button', { name: /^Rendre la vente/ }).count(), 0)
})
