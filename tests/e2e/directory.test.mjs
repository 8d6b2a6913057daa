/*
 * The list of customers, as somebody who runs a shop uses it: narrowed by filters that become chips, kept
 * as a view, tagged and untagged in one go, taken along as a file.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { checkAccess, openBrowser, SIZES } from '../support/browser.mjs'
import { addMember, openDesk } from '../support/desk.mjs'
import { Server } from '../support/server.mjs'
import { settle } from '../support/walk.mjs'

let server, browser, page, desk

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  browser = await openBrowser()
  await addMember(server, { given_name: 'Anna', family_name: 'Lefèvre' }, 40)
  await addMember(server, { given_name: 'Marie', family_name: 'Dupont' }, 3)
  await server.api('POST', '/v2/customers', { given_name: 'Youssef', idempotency_key: 'y' })
  desk = await openDesk(browser, server, { path: '/customers' })
  page = desk.page
})
after(async () => {
  await browser?.close()
  await server?.remove()
})

const rows = () => page.getByRole('table').locator('tbody tr')
const shown = async (count) => {
  const words = count === 1 ? '1 client' : `${count} clients`
  await page.getByRole('status').filter({ hasText: words }).first().waitFor()
}
const tab = (name) => page.getByRole('tab', { name })

test('everybody is there, with how many are in each view', async () => {
  await tab(/Tous 3/).waitFor()
  await tab(/Nouveaux 3/).waitFor()
  assert.equal(await rows().count(), 3)
  await checkAccess(page, 'the list')
})

test('filters become chips, and the number follows', async () => {
  await page.getByRole('button', { name: 'Filtrer', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await checkAccess(page, 'the filters')
  await dialog.getByLabel('Programme').selectOption({ index: 1 })
  await dialog.getByRole('group', { name: 'Solde' }).getByLabel('Au moins').fill('10')
  await dialog.getByRole('button', { name: 'Voir les clients' }).click()
  /* Balances are counted some seconds after they moved. */
  await page.getByText('Anna Lefèvre').waitFor({ timeout: 20_000 })
  await shown(1)
  await page.setViewportSize(SIZES.phone)
  await settle(page)
  await checkAccess(page, 'chips on a phone')
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('what is filtered is kept as a view of its own', async () => {
  await page.getByRole('button', { name: 'Enregistrer cette vue' }).click()
  await page.getByLabel('Nom de la vue').fill('Gros soldes')
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await tab(/Gros soldes 1/).waitFor()
  await tab(/Tous/).click()
  await shown(3)
  await tab(/Gros soldes/).click()
  await shown(1)
})

test('all that are found are tagged, and it is undone', async () => {
  await page.getByRole('button', { name: 'Étiqueter' }).click()
  await page.getByLabel('Nom de l’étiquette').fill('Terrasse')
  await checkAccess(page, 'tagging')
  await page.getByRole('button', { name: 'Mettre l’étiquette' }).click()
  await page.getByText('L’étiquette a été mise sur 1 client.').waitFor({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Annuler' }).click()
  const tagged = async () =>
    (await server.api('GET', '/v2/customers/groups')).body.groups[0].customers
  for (let i = 0; i < 100 && (await tagged()) > 0; i++) await page.waitForTimeout(100)
  assert.equal(await tagged(), 0)
})

async function takeAlong(format) {
  await page.getByRole('button', { name: 'Exporter' }).click()
  const dialog = page.getByRole('dialog')
  if (format === 'CSV') await dialog.getByText('CSV, un fichier texte').click()
  await dialog.getByRole('button', { name: 'Préparer le fichier' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const link = page.getByRole('link', { name: 'Télécharger' })
  await link
    .and(page.locator(`[download$=".${format.toLowerCase()}"]`))
    .waitFor({ timeout: 20_000 })
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  return [file.suggestedFilename(), await readFile(await file.path())]
}

test('they are taken along as a file, as a workbook first', async () => {
  const [book, bytes] = await takeAlong('XLSX')
  assert.equal(book, 'clients.xlsx')
  assert.equal(bytes.subarray(0, 2).toString(), 'PK')
  const [table, text] = await takeAlong('CSV')
  assert.equal(table, 'clients.csv')
  assert.match(text.toString(), /Lefèvre/)
  assert.doesNotMatch(text.toString(), /Dupont/)
  assert.deepEqual(desk.complaints, [])
})
