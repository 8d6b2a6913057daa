/*
 * A customer's sheet: why each purchase earned what it did, what is still pending, credit notes and
 * cashback; and the list with everybody's balance.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser } from '../support/browser.mjs'
import { addMember, ask, openDesk, sellTo } from '../support/desk.mjs'
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

const LOCALE = { locale: 'fr-FR' }
const onceKey = () => Math.random().toString(36).slice(2)
const button = (name) => tab.page.getByRole('button', { name, exact: true })
const line = (amount) => ({ name: 'Panier', price_money: { amount, currency: 'EUR' } })
const mainId = () => server.demo.merchants[0].programs[0].id

test('under each purchase stands why it earned what it did', async () => {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const always = `BEGIN:VEVENT\nDTSTART:${day}T000000\nDURATION:PT24H\nRRULE:FREQ=DAILY\nEND:VEVENT`
  await ask(server, 'POST', `/v2/loyalty/programs/${mainId()}/promotions`, {
    loyalty_promotion: {
      name: 'Jour double',
      incentive: { type: 'POINTS_MULTIPLIER', points_multiplier_data: { multiplier: '2.000' } },
      available_time: { time_periods: [always] },
    },
    idempotency_key: onceKey(),
  })
  const { customer } = await addMember(server, { given_name: 'Amélie' })
  await sellTo(server, customer, [line(18_40)])
  const path = `/customers/${customer.id}/activity`
  tab = await openDesk(browser, server, { ...LOCALE, path })
  const { page, complaints } = tab
  await page.getByText(/1.point par euro sur 18,40.€.: 18.points/).waitFor()
  await page.getByText(/Jour double.: \+18.points/).waitFor()

  // What comes while it is open is explained, too.
  await sellTo(server, customer, [line(2_00)])
  await page.getByText(/1.point par euro sur 2,00.€.: 2.points/).waitFor()
  assert.deepEqual(complaints, [])
})

test('points that ripen are told with their day', async () => {
  await ask(server, 'PUT', `/v2/loyalty/programs/${mainId()}`, { program: { ripen_days: 14 } })
  const { customer } = await addMember(server, { given_name: 'Amélie' })
  await sellTo(server, customer, [line(9_00)])
  tab = await openDesk(browser, server, { ...LOCALE, path: `/customers/${customer.id}` })
  const { page, complaints } = tab
  await page.getByText(/^9.points de plus le \d/).waitFor()
  await page.getByRole('link', { name: 'Activité', exact: true }).click()
  await page.getByText(/1.point par euro sur 9,00.€.: 9.points/).waitFor()
  await page.getByText(/^Utilisables le \d/).waitFor()
  assert.deepEqual(complaints, [])
})

test('a gesture is a credit note, and can be withdrawn', async () => {
  const { customer } = await addMember(server, { given_name: 'Amélie' })
  tab = await openDesk(browser, server, { ...LOCALE, path: `/customers/${customer.id}` })
  const { page, complaints } = tab
  const notesNow = async () =>
    (await ask(server, 'GET', `/v2/customers/${customer.id}/summary`)).credit_notes
  await button('Faire un geste').click()
  await button('Donner cet avoir').click()
  await page.getByText('Un montant, comme 5,00.').waitFor()
  await page.getByLabel('Montant').fill('7,5')
  await page.getByLabel('Pourquoi').fill('Commande oubliée')
  await button('Donner cet avoir').dblclick()
  await page.getByText(/Un avoir de 7,50.€ est prêt pour Amélie/).waitFor()
  await page.getByText('Geste de la boutique · Commande oubliée').waitFor()
  const [note] = await notesNow()
  assert.deepEqual(note.balance_money, { amount: 750, currency: 'EUR' })
  assert.equal(note.reason, 'gesture')
  assert.equal((await notesNow()).length, 1)

  await button('Retirer').click()
  await page.getByText('est perdu pour le client').waitFor()
  await button('Retirer cet avoir').click()
  await page.getByText('L’avoir est retiré.').waitFor()
  await page.getByText('Geste de la boutique').waitFor({ state: 'detached' })
  assert.ok((await ask(server, 'GET', `/v2/credit-notes/${note.id}`)).credit_note.ended_at)
  assert.deepEqual(complaints, [])
})

test('a kitty is money: shown, corrected and explained as such', async () => {
  const { program } = await ask(server, 'POST', '/v2/loyalty/programs', {
    program: {
      name: 'La cagnotte',
      type: 'cashback',
      terminology: { one: 'centime', other: 'centimes' },
      accrual_rules: [
        {
          accrual_type: 'SPEND',
          points: 1,
          spend_data: { amount_money: { amount: 20, currency: 'EUR' }, tax_mode: 'AFTER_TAX' },
        },
      ],
      reward_tiers: [],
    },
    idempotency_key: onceKey(),
  })
  const { customer } = await addMember(server, { given_name: 'Amélie' })
  await sellTo(server, customer, [line(18_40)])
  tab = await openDesk(browser, server, { ...LOCALE, path: `/customers/${customer.id}` })
  const { page, complaints } = tab
  const card = page.locator('section', { hasText: program.name })
  await card.getByText(/^0,92.€$/).waitFor()
  await card.getByRole('button', { name: 'Corriger le solde' }).click()
  await page.getByLabel('Combien', { exact: true }).fill('1,5')
  await page.getByRole('button', { name: /^Ajouter 1,50/ }).click()
  await card.getByText(/2,42.€/).waitFor()
  await page.getByRole('link', { name: 'Activité', exact: true }).click()
  await page.getByText(/5.% de cagnotte sur 18,40.€.: 0,92.€/).waitFor()
  assert.deepEqual(complaints, [])
})

test('a new customer is enrolled in one step; the list shows what everybody has', async () => {
  await addMember(server, { given_name: 'Zoé' }, 46)
  tab = await openDesk(browser, server, { ...LOCALE, path: '/customers' })
  const { page, complaints } = tab
  await page
    .getByRole('row', { name: 'Zoé' })
    .getByText(/^46.points$/)
    .waitFor()
  await page.getByRole('link', { name: 'Ajouter un client' }).click()
  await page.getByLabel('Prénom').fill('Amélie')
  await page.getByRole('checkbox', { name: /L’inscrire à/ }).waitFor()
  await button('Ajouter').dblclick()
  await page.getByText('Le client est dans le fichier.').waitFor()
  await button('Corriger le solde').waitFor()
  await page
    .getByRole('row', { name: 'Amélie' })
    .getByText(/^0.point$/)
    .waitFor()

  await page.goto(`${server.url}/dashboard/customers/new`)
  await page.getByLabel('Prénom').fill('Paul')
  await page.getByRole('checkbox', { name: /L’inscrire à/ }).uncheck()
  await button('Ajouter').click()
  await page.getByText('Pas encore inscrit.').waitFor()
  assert.deepEqual(complaints, [])
})
