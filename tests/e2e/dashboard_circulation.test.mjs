/*
 * "Points en circulation": what the shop owes its customers, and the file for its accountant.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser } from '../support/browser.mjs'
import { addMember, ask, openDesk } from '../support/desk.mjs'
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

const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ')
/* "Gagnés" → "+ 300", with the money below it when there is any. */
async function figures(page) {
  const rows = await page.locator('dl > div').all()
  const read = async (row) => [
    await row.locator('dt').innerText(),
    plain(await row.locator('dd').innerText()).split('\n'),
  ]
  return Object.fromEntries(await Promise.all(rows.map(read)))
}
const today = () => new Date().toLocaleDateString('sv', { timeZone: 'Europe/Paris' })

/* Somebody earns 300 points, and takes the first reward. */
async function live() {
  const { account } = await addMember(server, { given_name: 'Amélie' })
  const { program } = await ask(server, 'GET', '/v2/loyalty/programs/main')
  const [tier] = program.reward_tiers
  const key = () => Math.random().toString(36).slice(2)
  await ask(server, 'POST', `/v2/loyalty/accounts/${account.id}/accumulate`, {
    accumulate_points: { points: 300 },
    location_id: server.demo.merchants[0].locations[0].id,
    idempotency_key: key(),
  })
  await ask(server, 'POST', '/v2/loyalty/rewards', {
    reward: { loyalty_account_id: account.id, reward_tier_id: tier.id },
    idempotency_key: key(),
  })
  return tier
}

test('nothing is owed, until a sale is credited: then it is told without a reload', async () => {
  tab = await openDesk(browser, server, { path: '/', locale: 'fr-FR' })
  const { page, complaints } = tab
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('circ')
  await page.getByRole('option', { name: 'Points en circulation' }).click()
  await page.getByText('Rien en circulation').waitFor()
  const tier = await live()
  await page.getByText('Comment on y arrive').waitFor()
  const shown = await figures(page)
  assert.deepEqual(shown['Gagnés'][0], '+ 300')
  assert.deepEqual(shown['Utilisés'][0], `− ${tier.points}`)
  assert.equal(shown['Maintenant'][0], `= ${300 - tier.points}`)
  assert.deepEqual(complaints, [])
})

test('the chart has its sentence and its table; a period is chosen, and stays in the address', async () => {
  const tier = await live()
  tab = await openDesk(browser, server, { path: '/loyalty/circulation', locale: 'fr-FR' })
  const { page, complaints } = tab
  await page
    .getByText(/Le plus haut/)
    .first()
    .waitFor()
  await page.getByText('Voir les chiffres').click()
  const rows = await page.locator('table tbody tr').allInnerTexts()
  assert.equal(rows.length, 30)
  assert.match(plain(rows[0]), new RegExp(`${300 - tier.points}`))
  assert.doesNotMatch(plain(rows[1]), new RegExp(`${300 - tier.points}`))

  await page.getByRole('button', { name: 'L’an dernier' }).click()
  const year = Number(today().slice(0, 4)) - 1
  await page.waitForURL(new RegExp(`from=${year}-01-01&to=${year}-12-31`))
  await page.getByText('Rien en circulation').waitFor()
  await page.getByLabel('Au', { exact: true }).fill(`${year - 2}-12-31`)
  await page.getByText('La fin est avant le début.').waitFor()
  await page.getByLabel('Du', { exact: true }).fill(today())
  await page.getByLabel('Au', { exact: true }).fill(today())
  await page.getByText('Comment on y arrive').waitFor()
  await page.reload()
  await page.getByText('Comment on y arrive').waitFor()
  assert.equal(await page.getByLabel('Du', { exact: true }).inputValue(), today())
  assert.deepEqual(complaints, [])
})

test('the accountant’s file is downloaded, with decimals as France writes them', async () => {
  await live()
  tab = await openDesk(browser, server, { path: '/loyalty/circulation', locale: 'fr-FR' })
  const { page } = tab
  const link = page.getByRole('link', { name: 'Télécharger les écritures' })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  assert.match(
    download.suggestedFilename(),
    new RegExp(`^points-en-circulation-.*${today()}\\.csv$`),
  )
  const [columns] = (await readFile(await download.path(), 'utf8')).split('\r\n')
  assert.equal(columns, 'Date;Écriture;Compte;Nom du compte;Libellé;Débit;Crédit;Devise;Points')
})

test('credit notes are told apart, once there are any', async () => {
  await live()
  const credit_note = { amount_money: { amount: 15_00, currency: 'EUR' }, reason: 'refund' }
  await ask(server, 'POST', '/v2/credit-notes', { credit_note, idempotency_key: 'a note' })
  tab = await openDesk(browser, server, { path: '/loyalty/circulation', locale: 'fr-FR' })
  const { page, complaints } = tab
  await page.getByRole('button', { name: 'Avoirs', exact: true }).click()
  await page.getByText('Émis', { exact: true }).waitFor()
  const shown = await figures(page)
  assert.deepEqual(shown['Émis'], ['+ 15,00 €'])
  assert.deepEqual(shown['Maintenant'], ['= 15,00 €'])
  await page.reload()
  await page.getByText('Émis', { exact: true }).waitFor()
  assert.deepEqual(complaints, [])
})
