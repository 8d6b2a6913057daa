/*
 * The start page speaks the browser's language and leads on; in a demo it says what to try, and the
 * messages that nobody is sent are read on a page. Every state is examined by access_start.test.mjs.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { checkAccess, openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { Server } from '../support/server.mjs'

let server
let browser
let tab

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())
afterEach(async () => {
  await tab?.close()
  await server?.remove()
})

test('the start page speaks the browser’s language and leads to the apps', async () => {
  server = await Server.start()
  for (const [locale, sentence] of [
    ['fr-FR', 'Pour que vos clients reviennent.'],
    ['en-GB', 'So that your customers come back.'],
    ['es-ES', 'Para que sus clientes vuelvan.'],
  ]) {
    const { page, complaints, close } = await openPage(browser, { locale, size: SIZES.phone })
    await page.goto(`${server.url}/`)
    await page.getByText(sentence).waitFor()
    await checkAccess(page, `start, ${locale}`)
    const links = await page.getByRole('link').evaluateAll((all) => all.map((a) => a.pathname))
    assert.deepEqual(links, ['/dashboard/', '/till/', '/tablet/'])
    for (const path of links) assert.equal((await fetch(server.url + path)).status, 200, path)
    await page.locator('a[href="/tablet/"]').click()
    await page.getByRole('textbox').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  }
})

test('a server that is no demo says nothing of one, and shows nobody’s messages', async () => {
  server = await Server.start()
  tab = await openPage(browser)
  await tab.page.goto(`${server.url}/`)
  await tab.page.getByText('le code de sa borne y mène').waitFor()
  await tab.page.waitForLoadState('networkidle')
  assert.equal(await tab.page.getByText('démonstration').count(), 0)
  await tab.page.goto(`${server.url}/demo/messages`)
  await tab.page.getByText('Ce serveur n’est pas une démonstration.').waitFor()
})

test('in a demo a visitor is let in; elsewhere nobody is', async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  tab = await openPage(browser)
  const { page, complaints } = tab
  await page.goto(`${server.url}/`)
  await page.getByText('Ceci est une démonstration').waitFor()
  await page.getByRole('link', { name: 'Le tableau de bord' }).click()
  await page.getByRole('heading', { name: /^Bonjour/ }).waitFor()
  await page.goto(`${server.url}/`)
  await page.getByText('Ceci est une démonstration').waitFor()
  await page.getByRole('link', { name: 'La caisse' }).click()
  await page.getByRole('heading', { name: 'Où se trouve cette caisse ?' }).waitFor()
  assert.deepEqual(complaints, [])

  const others = server.demo.merchants[1].id
  const chosen = await server.ask('POST', '/v2/demo/session', { body: { merchant_id: others } })
  assert.equal(chosen.body.session.merchant.id, others)
  assert.equal(chosen.body.session.team_member.role, 'owner')
  await server.remove()
  server = await Server.start()
  const refused = await server.ask('POST', '/v2/demo/session', { body: {} })
  assert.equal(refused.status, 404)
  assert.equal(refused.headers.get('set-cookie'), null)
})

test('in a demo a code arrives on the page of messages by itself, large enough to copy', async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  tab = await openPage(browser, { size: SIZES.phone })
  const { page, complaints } = tab
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${server.url}/`)
  const shops = page.getByRole('link', { name: 'Le Fournil' })
  assert.equal(await shops.getAttribute('href'), '/app/le-fournil/')
  await page.getByRole('link', { name: 'Lire les messages' }).click()
  await page.getByText('Aucun message pour l’instant.').waitFor()

  const body = { phone_number: '+33612345678', language: 'fr' }
  assert.equal((await server.ask('POST', '/v2/app/le-fournil/codes', { body })).status, 200)
  const message = page.getByRole('article', { name: 'Message pour +33612345678' })
  const code = await message.locator('strong').innerText()
  assert.match(code, /^\d{6}$/)
  assert.ok((await message.locator('strong').boundingBox()).height >= 40)
  await message.getByRole('button', { name: 'Copier le code' }).click()
  await message.getByRole('button', { name: 'Code copié' }).waitFor()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code)

  const told = { phone_number: body.phone_number, code, consent: await consentOf() }
  const session = await server.ask('POST', '/v2/app/le-fournil/session', { body: told })
  assert.equal(session.status, 200, JSON.stringify(session.body))
  assert.deepEqual(complaints, [])
})

async function consentOf() {
  const { notice } = (await server.ask('GET', '/v2/app/le-fournil')).body
  return { notice_version: notice.version, language: notice.language }
}
