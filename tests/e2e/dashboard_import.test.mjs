/*
 * Customers and their points come out of a file: its columns are said, what it would do is seen, and
 * done; what was refused is given back; the same file once more does nothing.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { checkAccess, checkWidth, openBrowser } from '../support/browser.mjs'
import { ask, openDesk } from '../support/desk.mjs'
import { Server } from '../support/server.mjs'
import { settle, THEMES, WIDTHS } from '../support/walk.mjs'

const WAIT = { timeout: 60_000 }
const TABLE =
  'Téléphone;Prénom;Nom;Points;Vu le\r\n06 12 34 51 01;Zoé;Roux;1 250;mardi\r\n' +
  '06 12 34 51 02;Élise;Lefèvre;40;\r\n06 12;Léo;Petit;3;\r\n'
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
const sheet = () => tab.page.getByRole('dialog')
const choose = (bytes) =>
  tab.page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: bytes })
const pointsOf = async (phone) => {
  const { loyalty_accounts: found } = await ask(server, 'POST', '/v2/loyalty/accounts/search', {
    query: { mappings: [{ phone_number: phone }] },
  })
  return found?.[0]?.balance
}

/* What is seen now is usable by everybody, in both themes and at all widths. */
async function checkState(name) {
  for (const size of Object.values(WIDTHS)) {
    await tab.page.setViewportSize(size)
    for (const colorScheme of THEMES) {
      await tab.page.emulateMedia({ colorScheme })
      await settle(tab.page)
      if (process.env.PICTURES) {
        await tab.page.screenshot({
          path: `${process.env.PICTURES}/${name}-${size.width}-${colorScheme}.png`,
        })
      }
      await checkAccess(tab.page)
      await checkWidth(tab.page)
    }
  }
  await tab.page.setViewportSize(WIDTHS.desktop)
}

test('a file in Windows-1252 is mapped, checked, taken in, and once only', async () => {
  const bytes = Buffer.from(TABLE, 'latin1')
  tab = await openDesk(browser, server, { path: '/customers' })
  await tab.page.getByRole('link', { name: 'Importer', exact: true }).click()
  await checkState('1-file')
  await choose(Buffer.from('PK\x03\x04 what Excel saves'))
  await sheet().getByText('C’est un classeur.').waitFor()
  await choose(Buffer.from('ffd8ffe0', 'hex'))
  await sheet().getByText('Ce n’est pas un tableau.').waitFor()
  await choose(bytes)
  await sheet().getByText('Ce que contient chaque colonne').waitFor(WAIT)
  const column = (name) => tab.page.getByLabel(`Colonne « ${name} »`)
  assert.equal(await column('Points').inputValue(), 'points')
  assert.equal(await column('Vu le').inputValue(), '')
  assert.ok(await sheet().getByText('Zoé · Élise · Léo').isVisible())
  await checkState('2-columns')

  await column('Téléphone').selectOption('')
  await button('Vérifier le fichier').click()
  await sheet().getByText('Une colonne doit être le téléphone').waitFor(WAIT)
  await column('Téléphone').selectOption('phone')
  await button('Vérifier le fichier').click()
  await sheet().getByText('2 nouveaux clients · 1 ligne refusée').waitFor(WAIT)
  assert.ok(await sheet().getByText('Ce n’est pas un numéro de téléphone valable.').isVisible())
  assert.equal(await pointsOf('+33612345101'), undefined) // nothing is done yet
  await checkState('3-found')

  const download = tab.page.waitForEvent('download')
  await tab.page.getByRole('link', { name: 'Télécharger ces lignes' }).click()
  const table = await readFile(await (await download).path(), 'utf8')
  assert.match(table, /^4;Téléphone;06 12;.*;PHONE_NUMBER_INVALID;06 12;Léo;Petit;3;\r$/m)

  await button('Importer 2 clients').click()
  await sheet().getByText('Import terminé').waitFor(WAIT)
  assert.equal(await pointsOf('+33612345101'), 1250)
  assert.equal(await pointsOf('+33612345102'), 40)
  await checkState('4-done')

  await button('Importer un autre fichier').click()
  await choose(bytes)
  await sheet().getByText('Comme pour le dernier fichier').waitFor(WAIT)
  await button('Vérifier le fichier').click()
  await sheet().getByText('Il n’y a rien à importer dans ce fichier.').waitFor(WAIT)
  assert.ok(await sheet().getByText('2 lignes déjà importées').isVisible())
  assert.deepEqual(tab.complaints, [])
})

test('an import that was left open is found again, and cancelled', async () => {
  tab = await openDesk(browser, server, { path: '/customers/import' })
  await choose(Buffer.from(TABLE))
  await sheet().getByText('Ce que contient chaque colonne').waitFor(WAIT)
  await tab.page.reload()
  await sheet().getByText('Ce que contient chaque colonne').waitFor(WAIT)
  await button('Annuler l’import').click()
  await button('Importer un autre fichier').click()
  assert.ok(await sheet().getByText('Choisir un fichier').isVisible())
})

test('who may not change many customers at once is offered no import', async () => {
  tab = await openDesk(browser, server, { role: 'cashier', path: '/customers' })
  await tab.page.getByRole('heading', { level: 1 }).waitFor()
  assert.equal(await tab.page.getByRole('link', { name: 'Importer', exact: true }).count(), 0)
})
