/*
 * A customer's sheet at one glance: who, what they have, what happened; and what happened filtered by
 * what it was, in which programme, where and by whom.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { checkAccess, openBrowser, SIZES } from '../support/browser.mjs'
import { addMember, ask, openDesk, sellTo } from '../support/desk.mjs'
import { addCashback, addTier, giveNote, takeReward } from '../support/purse.mjs'
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
const key = () => Math.random().toString(36).slice(2)
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ')

/* Points and a kitty, a purchase and one that came back, two rewards used and one to use, a note. */
async function live(fields = {}) {
  const [{ locations }] = server.demo.merchants
  await addCashback(server)
  const { customer, account } = await addMember(server, { given_name: 'Amélie', ...fields }, 150)
  const lines = [{ name: 'Panier', price_money: { amount: 2000, currency: 'EUR' } }]
  await sellTo(server, customer, lines)
  const { order } = await sellTo(server, customer, lines)
  await ask(server, 'POST', `/v2/till/sales/${order.id}/refund`, { idempotency_key: key() })
  const tier = await addTier(server, { name: 'Un croissant', points: 10 })
  const use = { location_id: locations[0].id }
  for (const isUsed of [true, true, false]) {
    const { id } = await takeReward(server, account.id, tier)
    if (!isUsed) continue
    await ask(server, 'POST', `/v2/loyalty/rewards/${id}/redeem`, {
      ...use,
      idempotency_key: key(),
    })
  }
  await giveNote(server, 750, customer.id)
  return customer
}

test('on a phone the whole is seen: figures, what is to be given, credit; the rest is folded', async () => {
  const customer = await live({ note: 'Allergique aux noix.' })
  tab = await openDesk(browser, server, {
    ...LOCALE,
    size: SIZES.phone,
    path: `/customers/${customer.id}`,
  })
  const { page, complaints } = tab
  await page.getByText('Allergique aux noix.').waitFor()
  const figures = {}
  for (const row of await page.locator('dl > div').all())
    figures[await row.locator('dt').innerText()] = plain(await row.locator('dd').innerText())
  delete figures['Dernière visite']
  assert.deepEqual(figures, {
    Achats: '1',
    'Panier moyen': '20,00 €',
    'Total des achats': '20,00 €',
    'Cagnotte gagnée': '2,00 €',
    Avoirs: '7,50 €',
    'Récompenses prises': '3',
    'Récompenses données': '2',
    'À donner': '1',
  })
  // One reward stands open; those that were used do not push the credit notes away.
  await page.getByRole('button', { name: 'Donner', exact: true }).waitFor()
  const past = page.getByText(/^donnée\s: /)
  assert.equal(await past.count(), 2)
  assert.equal(await past.first().isVisible(), false)
  await checkAccess(page, 'a customer on a phone')
  await page.getByText('2 récompenses passées').tap()
  await past.first().waitFor()
  await page.getByRole('link', { name: 'Toute l’activité' }).tap()
  await page.getByRole('group', { name: 'Afficher' }).waitFor()
  assert.deepEqual(complaints, [])
})

test('what happened is filtered by what it was, where, in which programme and by whom', async () => {
  const customer = await live()
  const { loyalty_accounts: accounts } = await ask(server, 'POST', '/v2/loyalty/accounts/search', {
    query: { customer_ids: [customer.id] },
  })
  tab = await openDesk(browser, server, { ...LOCALE, path: `/customers/${customer.id}` })
  const { page, complaints } = tab
  // By a member of the team, in their own words, which are no refund.
  await page.getByRole('button', { name: 'Corriger le solde' }).first().click()
  await page.getByLabel('Combien de points').fill('5')
  await page.getByLabel('Pourquoi').fill('refund')
  await page.getByRole('button', { name: /^Ajouter 5/ }).click()
  await page.getByRole('link', { name: 'Activité', exact: true }).click()

  const rows = page.locator('dialog ol > li')
  const chip = (name) => page.getByRole('button', { name, exact: true })
  const shown = async (count) => {
    await page.waitForFunction(
      (n) => document.querySelectorAll('dialog ol > li').length === n,
      count,
    )
    return (await rows.locator('.what').allInnerTexts()).toSorted()
  }
  await chip('Corrections').click()
  assert.deepEqual(await shown(2), ['Solde corrigé', 'Solde corrigé'])
  await page.getByLabel('Par qui').selectOption({ label: 'L’équipe' })
  assert.deepEqual(await shown(1), ['Solde corrigé'])
  await rows.getByText('refund', { exact: true }).waitFor()
  const [owner] = server.demo.merchants[0].staff
  await page.getByLabel('Par qui').selectOption({ label: owner.name })
  assert.deepEqual(await shown(1), ['Solde corrigé'])

  // It stands in the address: a reload shows the same.
  await page.reload()
  assert.deepEqual(await shown(1), ['Solde corrigé'])
  await page.getByLabel('Par qui').selectOption('')
  await chip('Remboursements').click()
  assert.deepEqual(await shown(2), ['Vente annulée', 'Vente annulée'])
  await page.getByLabel('Programme').selectOption({ label: 'Cagnotte du Fournil' })
  assert.deepEqual(await shown(1), ['Vente annulée'])
  await chip('Récompenses').click()
  await page.getByText('Rien de tel pour l’instant.').waitFor()
  await page.getByLabel('Programme').selectOption('')
  assert.equal((await shown(5)).filter((what) => what === 'Récompense donnée').length, 2)
  const [place] = server.demo.merchants[0].locations
  await page.getByLabel('Lieu').selectOption({ label: place.name })
  assert.deepEqual(await shown(2), ['Récompense donnée', 'Récompense donnée'])
  await checkAccess(page, 'the activity, filtered')
  assert.equal(accounts.length, 2)
  assert.deepEqual(complaints, [])
})

test('a nickname is kept, and where somebody comes from is told', async () => {
  const { customer } = await addMember(server, { given_name: 'Amélie' })
  tab = await openDesk(browser, server, { ...LOCALE, path: `/customers/${customer.id}/record` })
  const { page, complaints } = tab
  await page.getByText('par un autre logiciel').waitFor()
  await page.getByRole('button', { name: 'Modifier la fiche' }).click()
  await page.getByLabel('Surnom').fill('Mélie')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('La fiche est à jour.').waitFor()
  await page.locator('dl').getByText('Mélie', { exact: true }).waitFor()
  const read = await ask(server, 'GET', `/v2/customers/${customer.id}`)
  assert.equal(read.customer.nickname, 'Mélie')
  assert.deepEqual(complaints, [])
})
