/*
 * Who serves: at a till that somebody signed in, another says by PIN who they are, and what follows is
 * theirs. Whoever guesses is told how long it takes.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SIZES, checkAccess, openBrowser, openPage } from '../support/browser.mjs'
import { Server } from '../support/server.mjs'
import { signInAs } from '../support/staff.mjs'
import { ok } from '../support/story.mjs'
import { accountOf, cashier, member, openTill, owner, touchPad } from '../support/till.mjs'

const PHONE = '0612345678'
const STORED = '+33612345678'
const PINS = { owner: '2580', cashier: '4711' }
let server, browser, tab, page, theirs

before(async () => {
  browser = await openBrowser()
  server = await Server.start()
  for (const [person, pin] of [
    [owner(server), PINS.owner],
    [cashier(server), PINS.cashier],
  ]) {
    theirs = await signInAs(server, person)
    ok(await theirs.ask('PUT', '/v2/session/pin', { pin }))
  }
  await member(server, STORED)
  tab = await openPage(browser, { size: SIZES.landscape })
  page = tab.page
  await openTill(page, server)
})
after(async () => {
  assert.deepEqual(tab?.complaints, [])
  await tab?.close()
  await server?.remove()
  await browser?.close()
})

const button = (name) => page.getByRole('button', { name })
const askWho = () => button(/^Changer de vendeur/).tap()
async function typePin(pin) {
  await page.getByLabel('Votre code').fill(pin)
  await button('Prendre la caisse').tap()
}

test('who serves by PIN is the author of what follows; who signed in is told beside them', async () => {
  await askWho()
  await page.getByText(`En caisse : ${owner(server).name}`, { exact: true }).waitFor()
  await checkAccess(page, 'who serves')
  await typePin('9081')
  await page.getByText('Ce n’est pas le bon code.').waitFor()
  await typePin(PINS.cashier)
  await button(cashier(server).name).waitFor()
  await button('Client').filter({ visible: true }).first().tap()
  await touchPad(page, PHONE, 'Clavier du téléphone')
  await button('Trouver le client').tap()
  await page.getByRole('heading', { name: 'Marie' }).waitFor()
  await button('Continuer la vente').tap()
  await touchPad(page, ['5', '00'])
  await button('Encaisser').filter({ visible: true }).first().tap()
  await page.getByRole('heading', { name: '5 points de plus.' }).waitFor()

  const { entries } = ok(await server.api('GET', '/v2/trail?operation=till_sell'))
  const [entry] = entries
  assert.equal(entry.author.name, cashier(server).name)
  assert.equal(entry.signed_in.name, owner(server).name)
  const account = await accountOf(server, STORED)
  assert.equal(entry.customer.id, account.customer_id)
  assert.match(await server.habitue('audit'), /\S/) // it throws unless every balance agrees
})

test('the owner takes the till back by their own PIN', async () => {
  await button('Vente suivante').tap()
  await askWho()
  await typePin(PINS.owner)
  await button(owner(server).name).waitFor()
})

test('ten wrong PINs close the way for a quarter of an hour, and it is told how long', async () => {
  await askWho()
  for (let i = 0; i < 10; i++) {
    await page.getByLabel('Votre code').fill(`90${10 + i}`)
    const answer = page.waitForResponse(/session\/serve/)
    await button('Prendre la caisse').tap()
    await answer
  }
  await page.getByText(/Trop d’essais. Réessayez dans 1[45] minutes/).waitFor()
  await typePin(PINS.cashier) // the right one, too: who guesses does not learn that it is
  await page.getByText(/Trop d’essais. Réessayez dans 1[45] minutes/).waitFor()
})
