/*
 * The dashboard's catalog: articles with their sizes and prices, categories and taxes, a file taken
 * in after it was looked at, and the file that comes out.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { checkAccess, checkWidth, doubleText, openBrowser } from '../support/browser.mjs'
import { ask, openDesk } from '../support/desk.mjs'
import { Server } from '../support/server.mjs'
import { settle, THEMES, WIDTHS } from '../support/walk.mjs'

let server
let browser
let tab

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())
beforeEach(async () => {
  server = await Server.start()
  await importTable(GOODS)
})
afterEach(async () => {
  await tab?.close()
  await server?.remove()
})

const button = (name) => tab.page.getByRole('button', { name, exact: true })
const link = (name) => tab.page.getByRole('link', { name, exact: true })
const sheet = () => tab.page.getByRole('dialog')
const listed = async (type) => (await ask(server, 'GET', `/v2/catalog/list?types=${type}`)).objects
const itemNamed = async (name) =>
  (await listed('ITEM')).find(({ item_data }) => item_data.name === name)
const file = (text, name = 'articles.csv') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
})
const choose = (page, text) => page.locator('input[type="file"]').setInputFiles(file(text))

const GOODS =
  'nom;famille;prix;ref\nPain;Pains;1,20;P1\nBrioche;Pains;6;\nThé;Boissons;2,50;\nSac;;0,10;\n'

async function importTable(table) {
  const headers = { authorization: `Bearer ${server.demo.merchants[0].api_key}` }
  const sent = { method: 'POST', headers, body: table }
  assert.equal((await fetch(`${server.url}/v2/catalog/import`, sent)).status, 200)
}

/* Everything goes, so that the catalog is as on the first day. */
async function emptyCatalog() {
  for (const { id } of await listed('ITEM,CATEGORY,TAX'))
    await ask(server, 'DELETE', `/v2/catalog/object/${id}`)
}

test('an article is added with two sizes, found, changed, removed and brought back', async () => {
  tab = await openDesk(browser, server, { path: '/catalog' })
  const { page, complaints } = tab
  await link('Ajouter un article').click()
  await sheet().getByRole('button', { name: 'Ajouter un article' }).click()
  await page.getByText('Donnez-lui un nom.').waitFor()
  await sheet().getByLabel('Article', { exact: true }).fill('Chocolat viennois')
  await sheet().getByLabel('Catégorie').fill('Douceurs chaudes')
  await sheet().getByLabel('Prix').fill('trois')
  await sheet().getByRole('button', { name: 'Ajouter un article' }).click()
  await page.getByText('Écrivez un prix, comme 12,50.').waitFor()
  await sheet().getByLabel('Prix').fill('4,5')
  await button('Plusieurs tailles ou plusieurs prix').click()
  await sheet().getByRole('textbox', { name: 'Déclinaison' }).first().fill('Petit')
  await sheet().getByRole('button', { name: 'Ajouter un article' }).click()
  await page.getByText('Nommez-la, pour la distinguer des autres.').waitFor()
  await sheet().getByRole('textbox', { name: 'Déclinaison' }).nth(1).fill('Grand')
  await sheet().getByLabel('Prix').nth(1).fill('6')
  await sheet().getByLabel('Référence').nth(1).fill('VIEN-G')
  await sheet().getByRole('button', { name: 'Ajouter un article' }).dblclick()
  await page.getByText('« Chocolat viennois » est enregistré.').waitFor()
  const made = await itemNamed('Chocolat viennois')
  assert.deepEqual(
    made.item_data.variations.map(({ item_variation_data: one }) => [
      one.name,
      one.sku,
      one.price_money.amount,
    ]),
    [
      ['Petit', undefined, 450],
      ['Grand', 'VIEN-G', 600],
    ],
  )

  await page.getByRole('searchbox', { name: /^Chercher/ }).fill('vien cho')
  await page.getByText('1 article', { exact: true }).waitFor()
  await page.getByText('4,50 € – 6,00 €').waitFor()
  await page.getByRole('searchbox', { name: /^Chercher/ }).fill('')
  await button('Douceurs chaudes').click()
  await page.getByText('1 article', { exact: true }).waitFor()
  await page.getByRole('link', { name: /^Chocolat viennois/ }).click()
  await sheet().getByLabel('Prix').first().fill('4,80')
  await button('Retirer la déclinaison Grand').click()
  await button('Enregistrer').click()
  await page.getByRole('cell', { name: '4,80 €' }).waitFor()
  const changed = await itemNamed('Chocolat viennois')
  assert.equal(changed.id, made.id)
  assert.equal(changed.item_data.variations[0].id, made.item_data.variations[0].id)

  await page.getByRole('link', { name: /^Chocolat viennois/ }).click()
  await button('Retirer l’article').click()
  await page.getByText('« Chocolat viennois » est retiré du catalogue.').waitFor()
  assert.equal(await itemNamed('Chocolat viennois'), undefined)
  await button('Annuler').click()
  await page.getByRole('link', { name: /^Chocolat viennois/ }).waitFor()
  assert.equal((await itemNamed('Chocolat viennois')).id, made.id)
  assert.deepEqual(complaints, [])
})

test('categories and tax rates: added, changed, removed and brought back', async () => {
  tab = await openDesk(browser, server, { path: '/catalog' })
  const { page, complaints } = tab
  await link('Catégories et TVA').click()
  await button('Ajouter une catégorie').click()
  await page.getByLabel('Nom de la catégorie').fill('Épicerie')
  await button('Enregistrer').click()
  await sheet().getByText('Épicerie').waitFor()
  await button('Ajouter une catégorie').click()
  await page.getByLabel('Nom de la catégorie').fill('EPICERIE')
  await button('Enregistrer').click()
  await page.getByText('Une catégorie porte déjà ce nom.').waitFor()
  await button('Annuler').click()
  await button('Modifier « Épicerie »').click()
  await page.getByLabel('Nom de la catégorie').fill('Épicerie fine')
  await button('Enregistrer').click()
  await button('Retirer « Épicerie fine »').click()
  await page.getByText('« Épicerie fine » est retirée. Ses articles restent.').waitFor()
  await button('Annuler').click()
  await button('Modifier « Épicerie fine »').waitFor()

  await button('Ajouter un taux').click()
  await page.getByLabel('Nom du taux').fill('TVA réduite')
  await page.getByLabel('Taux en %').fill('beaucoup')
  await button('Enregistrer').click()
  await page.getByText('Écrivez un taux de 0 à 100, comme 5,5.').waitFor()
  await page.getByLabel('Taux en %').fill('5,5 %')
  await button('Enregistrer').click()
  await sheet().getByText('TVA réduite').waitFor()
  const [vat] = await listed('TAX')
  assert.deepEqual(vat.tax_data, {
    name: 'TVA réduite',
    percentage: '5.5',
    inclusion_type: 'INCLUSIVE',
  })
  await page.keyboard.press('Escape')
  await link('Ajouter un article').click()
  await sheet().getByLabel('Article', { exact: true }).fill('Miel')
  await sheet().getByLabel('Prix').fill('7,20')
  await sheet().getByLabel('TVA').selectOption({ label: 'TVA réduite' })
  await sheet().getByRole('button', { name: 'Ajouter un article' }).click()
  await page.getByText('« Miel » est enregistré.').waitFor()
  assert.deepEqual((await itemNamed('Miel')).item_data.tax_ids, [vat.id])
  assert.deepEqual(complaints, [])
})

test('a file is looked at, its mistakes told row by row, then imported, once', async () => {
  await emptyCatalog()
  tab = await openDesk(browser, server, { path: '/catalog' })
  const { page, complaints } = tab
  await page.getByText('Votre catalogue est vide').waitFor()
  await link('Importer un fichier').click()
  await choose(page, 'Prix;Rayon\n1;Pains\n')
  await page.getByText('Aucune colonne ne s’appelle « Article » ou « Nom ».').waitFor()
  const table =
    'Nom;Taille;Prix;Rayon;Couleur\nCafé;Petit;1,50;Boissons;noir\nCafé;Grand;2,50;;\n' +
    'Thé;;beaucoup;Boissons;\nCafé;Grand;9;;\n'
  await choose(page, table)
  await page.getByText('2 nouveaux · 2 refusés').waitFor()
  await page.getByText('Colonnes laissées de côté').waitFor()
  await page.getByText('Ce n’est pas un prix. Écrivez par exemple 12,50.').waitFor()
  await page.getByText('Le même article est déjà plus haut dans le fichier.').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button('Télécharger cette liste').click(),
  ])
  const refused = (await readFile(await download.path(), 'utf8')).split('\r\n')
  assert.equal(refused[1], '4;Prix;Ce n’est pas un prix. Écrivez par exemple 12,50.;beaucoup')
  assert.deepEqual(await listed('ITEM'), [])
  await button('Importer 2 lignes').click()
  await page.getByText('C’est fait. Nouveaux').waitFor()
  await page.getByRole('link', { name: /^Café/ }).waitFor()
  assert.equal((await itemNamed('Café')).item_data.variations.length, 2)

  await link('Importer').click()
  await choose(page, table)
  await page.getByText('Ce fichier ne change rien').waitFor()
  assert.equal(await page.getByRole('button', { name: /^Importer \d/ }).count(), 0)
  await page.keyboard.press('Escape')
  const [exported] = await Promise.all([page.waitForEvent('download'), link('Exporter').click()])
  assert.equal(exported.suggestedFilename(), 'catalogue.csv')
  const rows = (await readFile(await exported.path(), 'utf8')).trimEnd().split('\r\n')
  assert.match(rows[1], /^Café;Petit;;Boissons;1,50;;var_/)
  assert.deepEqual(complaints, [])
})

test('a cashier reads the catalog and changes nothing', async () => {
  tab = await openDesk(browser, server, { path: '/catalog', role: 'cashier' })
  const { page } = tab
  await page.getByRole('table', { name: 'Catalogue' }).waitFor()
  assert.equal(await link('Ajouter un article').count(), 0)
  await page.getByRole('table', { name: 'Catalogue' }).getByRole('link').first().click()
  await sheet().getByLabel('Article', { exact: true }).waitFor()
  assert.ok(await sheet().getByLabel('Article', { exact: true }).isDisabled())
  assert.equal(await button('Retirer l’article').count(), 0)
})

for (const [width, size] of Object.entries(WIDTHS)) {
  test(`every state of the catalog, ${width}: axe finds nothing, and nothing overflows`, async () => {
    tab = await openDesk(browser, server, { path: '/catalog', size })
    const { page } = tab
    const ready = {
      '/catalog': () => page.getByRole('table', { name: 'Catalogue' }).waitFor(),
      '/catalog/new': () => sheet().getByLabel('Prix').waitFor(),
      '/catalog/families': () => button('Ajouter un taux').waitFor(),
      '/catalog/import': () => sheet().getByText('ou déposez-le ici').waitFor(),
    }
    for (const [path, isReady] of Object.entries(ready)) {
      await page.goto(`${server.url}/dashboard${path}`)
      await isReady()
      if (path === '/catalog/new') await button('Plusieurs tailles ou plusieurs prix').click()
      if (path === '/catalog/families') await button('Ajouter un taux').click()
      if (path === '/catalog/import') {
        await choose(page, `nom;prix\n${'Très long nom '.repeat(9)};12,50\nThé;beaucoup\n`)
        await sheet().getByText('1 nouveau').waitFor()
      }
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme })
        await settle(page)
        await checkAccess(page, `${path}, ${theme}`)
      }
    }
    await doubleText(page)
    await checkWidth(page, 'its text doubled')
  })
}
