/*
 * The till when things are not simple: no network, two taps, two pages, a session that ends, a
 * reward that somebody else used, names in every script, and more articles than fit.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { checkWidth, openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'
import {
  accountOf,
  cardOf,
  cashier,
  makeArticles,
  member,
  openTill,
  owner,
  salesOf,
  scan,
  signIn,
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
  tab = await openPage(browser, { size: SIZES.landscape })
  page = tab.page
})
afterEach(async () => {
  assert.deepEqual(tab?.complaints, [])
  await tab?.close()
  await server?.remove()
})

const button = (name) => page.getByRole('button', { name })
const seen = (text) => page.getByText(text).filter({ visible: true }).first().waitFor()
const amounts = async () => (await salesOf(server)).map(({ total_money }) => total_money.amount)

test('without a network sales are kept, told, and recorded once each when it is back', async () => {
  await openTill(page, server, cashier(server))
  await touchPad(page, ['4', '00'])
  await button('Ajouter au panier').tap()
  await server.end()
  await button('Encaisser').tap()
  await page.getByRole('heading', { name: 'Pas de réponse du réseau' }).waitFor()
  await button('Vente suivante').tap()
  await touchPad(page, ['7', '00'])
  await button('Encaisser').tap()
  await page.getByRole('heading', { name: 'Pas de réponse du réseau' }).waitFor()
  await button('Vente suivante').tap()
  await seen('2 ventes attendent le réseau.')
  await button('Ventes du jour').tap()
  await seen(/Vente de 4,00/)
  await page.keyboard.press('Escape')

  await touchPad(page, ['1', '00']) // a basket that was begun meanwhile
  await button('Ajouter au panier').tap()
  await server.run()
  await page
    .getByText('2 ventes attendent le réseau.')
    .waitFor({ state: 'detached', timeout: 60_000 })
  assert.deepEqual(await amounts(), [700, 400])
  await seen('1,00 €')
})

test('a sale whose answer was lost is not made twice, even by a reloaded page', async () => {
  await openTill(page, server, cashier(server))
  await page.route('**/v2/till/sales', async (route) => {
    await route.fetch() // the server records it, and its answer never comes
    await route.abort()
  })
  await touchPad(page, ['9', '00'])
  await button('Encaisser').tap()
  await page.getByRole('heading', { name: 'Pas de réponse du réseau' }).waitFor()
  assert.deepEqual(await amounts(), [900])
  await page.unroute('**/v2/till/sales')
  await page.reload()
  await button('Fermer la caisse').waitFor()
  await page.getByText('Une vente gardée vient d’être enregistrée.').waitFor()
  assert.deepEqual(await amounts(), [900])
  assert.match(await server.habitue('audit'), /\S/)
})

test('two taps make one sale, and the second answers no question', async () => {
  await openTill(page, server, cashier(server))
  await touchPad(page, ['6', '00'])
  const { x, y, width, height } = await button('Encaisser').boundingBox()
  for (let taps = 0; taps < 3; taps += 1) await page.touchscreen.tap(x + width / 2, y + height / 2)
  await page.getByRole('heading', { name: 'Adhérer ?' }).waitFor()
  await type(page, 'n')
  await seen('6,00 € enregistrés')
  assert.deepEqual(await amounts(), [600])
})

test('two pages of one till have one basket, and close it once', async () => {
  await openTill(page, server, cashier(server))
  await touchPad(page, ['5', '00'])
  await button('Ajouter au panier').tap()
  const second = await page.context().newPage()
  await second.goto(`${server.url}/till/`)
  const close = (on) => on.getByRole('button', { name: 'Encaisser 5,00' })
  await close(second).waitFor()
  // Whichever is first empties the other's basket; both at once send the same key.
  await Promise.allSettled([page, second].map((on) => close(on).click({ timeout: 2000 })))
  const asked = (on) => on.getByRole('heading', { name: 'Adhérer ?' }).waitFor()
  await Promise.any([asked(page), asked(second)])
  assert.deepEqual(await amounts(), [500])
  await second.reload()
  await second.getByText('Au suivant.').waitFor()
})

test('a session that ends in the middle is asked for over the page, and nothing is lost', async () => {
  await openTill(page, server, cashier(server))
  await touchPad(page, ['1', '2', '5', '0'])
  await endSession()
  await button('Encaisser').tap()
  const dialog = page.getByRole('dialog', { name: 'Toujours là ?' })
  await dialog.waitFor()
  await dialog.getByLabel('Mot de passe').fill('not this one')
  await page.keyboard.press('Enter')
  await seen('L’adresse ou le mot de passe n’est pas le bon.')
  await dialog.getByLabel('Mot de passe').fill(cashier(server).password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Adhérer ?' }).waitFor()
  await type(page, 'o')
  await page.getByLabel('Numéro de téléphone').fill(PHONE)
  await endSession()
  await button('Le client est d’accord').tap()
  await signIn(dialog, owner(server)) // somebody else of the shop takes over
  await page.getByRole('heading', { name: 'Scannez pour avoir votre carte' }).waitFor()
  assert.deepEqual(await amounts(), [1250])
  assert.equal((await accountOf(server, STORED)).balance, 12)
})

/* As if thirty days had passed. */
async function endSession() {
  const cookies = await page.context().cookies()
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
  const { csrf_token } = ok(await server.ask('GET', '/v2/session', { headers }))
  ok(
    await server.ask('DELETE', '/v2/session', {
      headers: { ...headers, 'x-habitue-csrf': csrf_token },
    }),
  )
}

test('a reward that was used elsewhere stops the sale, which is a basket again', async () => {
  const { customerId, accountId } = await member(server, PHONE)
  const [tier] = server.demo.merchants[0].programs[0].reward_tiers
  const wish = { loyalty_account_id: accountId, reward_tier_id: tier.id }
  const { reward } = ok(
    await server.api('POST', '/v2/loyalty/rewards', { reward: wish, idempotency_key: 'take' }),
  )
  await openTill(page, server, cashier(server))
  await scan(page, await cardOf(server, customerId))
  await button('Retirer Marie Dupont de cette vente').waitFor()
  await button('Marie Dupont').first().tap()
  await button('Utiliser').tap()
  await button('Continuer la vente').tap()
  await touchPad(page, ['3', '00'])
  ok(await server.api('POST', `/v2/loyalty/rewards/${reward.id}/use`, { idempotency_key: 'use' }))
  await button('Encaisser').tap()
  await seen('Cette récompense a déjà servi.')
  assert.deepEqual(await amounts(), [2500])
  await button('Reprendre dans le panier').tap()
  await button('Retirer Marie Dupont de cette vente').waitFor()
  assert.equal(await page.getByText('À donner en encaissant').count(), 0)
  await button('Encaisser 3,00').tap()
  await page.getByRole('heading', { name: '3 points de plus.' }).waitFor()
})

test('a reward taken for this basket gives its points back when it is removed', async () => {
  const { customerId } = await member(server, PHONE)
  await openTill(page, server, cashier(server))
  await scan(page, await cardOf(server, customerId))
  await button('Retirer Marie Dupont de cette vente').waitFor()
  await button('Marie Dupont').first().tap()
  await button('Prendre : Un café offert').dblclick()
  await seen('Dans le panier, à donner en encaissant')
  await button('Continuer la vente').tap()
  await seen('5 points')
  await button(/^Retirer .?Un café offert/).tap()
  await seen('25 points')
  assert.equal((await accountOf(server, STORED)).balance, 25)
})

test('a number that nobody has is kept for the form to join', async () => {
  await openTill(page, server, cashier(server))
  await touchPad(page, ['2', '00'])
  await button('Client').tap()
  await page.getByLabel('Numéro de téléphone').fill(PHONE)
  await button('Trouver le client').tap()
  await seen('Pas encore de carte à ce numéro')
  await page.keyboard.press('Escape')
  await button('Encaisser').tap()
  await button('Oui').tap()
  assert.equal(await page.getByLabel('Numéro de téléphone').inputValue(), '06 12 34 56 78')
})

test('seven, and five hundred articles: found by typing, in every script, and never too wide', async () => {
  await openTill(page, server)
  const long =
    'Pain de campagne au levain naturel, farine de blé ancien du moulin de Chars, cuit au feu de bois'
  await makeArticles(server, [
    long,
    'قهوة عربية',
    'Éclair 🍫',
    'Café',
    'Thé',
    'Croissant',
    'Brioche',
  ])
  await page.reload()
  await button('Brioche').waitFor()
  await checkWidth(page, 'seven articles')
  await button('قهوة عربية').tap()
  await seen('2,00 €')
  await makeArticles(
    server,
    Array.from({ length: 493 }, (_, i) => `Article ${i + 1}`),
  )
  await page.reload()
  await button('Article 493').waitFor()
  for (const size of [SIZES.phone, SIZES.portrait, SIZES.landscape]) {
    await page.setViewportSize(size)
    await checkWidth(page, `five hundred articles, ${size.width}`)
  }
  await type(page, '3*')
  await type(page, 'a')
  await type(page, 'ecl')
  await page.keyboard.press('Enter')
  await seen('6,50 €') // 2,00 € and three of 1,50 €
  await button('Encaisser 6,50').tap()
  await button('Non merci').tap()
  await seen('6,50 € enregistrés')
  assert.deepEqual(await amounts(), [650])
})
