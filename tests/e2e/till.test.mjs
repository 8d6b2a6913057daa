/*
 * The till's journey, as a baker lives it: the first article, a sale, somebody who joins, the same
 * somebody back with their card and a reward. By touch on a tablet held both ways and on a phone, and
 * by the keyboard alone.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'
import {
  accountOf,
  cardOf,
  cashier,
  member,
  openTill,
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
})
afterEach(async () => {
  assert.deepEqual(tab?.complaints, [])
  await tab?.close()
  await server?.remove()
})

async function open(size) {
  tab = await openPage(browser, { size })
  page = tab.page
}

const button = (name, exact = false) => page.getByRole('button', { name, exact })
const seen = (text) => page.getByText(text).filter({ visible: true }).first().waitFor()
const total = () => page.locator('output:visible, .due:visible').first()

/* The first opening teaches: an article is made right there. */
async function makeFirstArticle() {
  await page.getByRole('tab', { name: 'Articles' }).tap()
  await seen('Vos articles, sous la main.')
  await button('Ajouter un premier article').tap()
  await page.getByLabel('Nom').fill('Tarte aux pommes')
  await button('Ajouter l’article').tap()
  await seen('Écrivez un prix')
  await page.getByLabel('Prix').fill('10,00 €')
  await page.getByLabel('Famille').fill('Desserts')
  await button('Ajouter l’article').tap()
  await button('Tarte aux pommes').first().waitFor()
}

/* Two tarts and 2,50 €; one too many goes, and comes back. */
async function fillBasket(isPhone) {
  const tart = page.getByRole('tabpanel').getByRole('button', { name: 'Tarte aux pommes' })
  await tart.tap()
  await tart.tap()
  await page.getByRole('tab', { name: 'Montant' }).tap()
  await touchPad(page, ['2', 'Virgule', '5'])
  await button('Ajouter au panier').tap()
  if (isPhone) await page.getByRole('button', { name: /^3 articles/ }).tap()
  await button(/^Retirer .?Montant/)
    .filter({ visible: true })
    .tap()
  await page.getByRole('status').getByRole('button', { name: 'Annuler' }).tap()
  await seen('22,50 €')
}

const closing = () => button('Encaisser').filter({ visible: true }).first()

/* « Oui », a number, and the text that must be said; recorded with its version. */
async function join() {
  await page.getByRole('heading', { name: 'Adhérer ?' }).waitFor()
  await seen('22,50 € enregistrés')
  await button('Oui').tap()
  const notice = ok(await server.api('POST', '/v2/till/open', {})).notice
  assert.equal(await page.locator('blockquote').innerText(), notice.text)
  await page.getByLabel('Numéro de téléphone').fill('061')
  await button('Le client est d’accord : donner 22 points').tap()
  await seen('Ce numéro ne semble pas complet.')
  await page.getByLabel('Numéro de téléphone').fill(PHONE)
  await page.getByLabel('Prénom').fill('Zoé')
  await button('Le client est d’accord : donner 22 points').tap()
  await page.getByRole('heading', { name: 'Scannez pour avoir votre carte' }).waitFor()
  await page.getByRole('img', { name: /Code à scanner/ }).waitFor()
  await seen('22 points de plus.')
  return notice
}

async function consentIsRecorded(notice) {
  const account = await accountOf(server, STORED)
  assert.equal(account.balance, 22)
  const sheet = ok(await server.api('GET', `/v2/customers/${account.customer_id}/summary`))
  assert.equal(sheet.customer.given_name, 'Zoé')
  const consent = sheet.consents.find(({ purpose }) => purpose === 'loyalty_notice')
  assert.equal(consent?.notice_version, notice.version, JSON.stringify(sheet.consents))
  assert.equal(consent.language, notice.language)
  assert.equal(consent.state, 'shown')
  return account
}

/* They come back: found by their number, a reward taken and given, points for what they paid. */
async function comeBack(account) {
  await button('Vente suivante').tap()
  await button('Client').filter({ visible: true }).first().tap()
  await touchPad(page, PHONE, 'Clavier du téléphone')
  await button('Trouver le client').tap()
  await page.getByRole('heading', { name: 'Zoé' }).waitFor()
  await button('Prendre : Un café offert').tap()
  await seen('Dans le panier, à donner en encaissant')
  await seen('2 points')
  await button('Continuer la vente').tap()
  await touchPad(page, ['5', '00'])
  await closing().tap()
  await page.getByRole('heading', { name: '5 points de plus.' }).waitFor()
  await seen('Solde : 7 points')
  await seen('À donner au client')
  const search = { query: { loyalty_account_id: account.id } }
  const { rewards } = ok(await server.api('POST', '/v2/loyalty/rewards/search', search))
  assert.deepEqual(
    rewards.map(({ status }) => status),
    ['REDEEMED'],
  )
}

for (const [name, size] of Object.entries({
  'a tablet held upright': SIZES.portrait,
  'a tablet on its side': SIZES.landscape,
  'a phone': SIZES.phone,
})) {
  test(`on ${name}: first article, a sale, somebody joins and comes back for a reward`, async () => {
    await open(size)
    await openTill(page, server)
    await makeFirstArticle()
    await fillBasket(size === SIZES.phone)
    await closing().tap()
    const notice = await join()
    const account = await consentIsRecorded(notice)
    await comeBack(account)
    const sales = await salesOf(server)
    assert.deepEqual(
      sales.map(({ total_money, source }) => [total_money.amount, source.vendor]),
      [
        [500, 'till'],
        [2250, 'till'],
      ],
    )
    assert.match(await server.habitue('audit'), /\S/) // it throws unless every balance agrees
  })
}

test('the keyboard alone does a whole sale, as fast as a till with a numeric pad', async () => {
  await open({ width: 1440, height: 900 })
  await page.goto(`${server.url}/till/`)
  await page.getByLabel('Adresse e-mail').waitFor()
  const { email, password } = server.demo.merchants[0].staff.find(({ role }) => role === 'manager')
  await type(page, email)
  await page.keyboard.press('Tab')
  await type(page, password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Où se trouve cette caisse ?' }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await button('Fermer la caisse').waitFor()

  await type(page, '3*120+') // three of 1,20 €
  await seen('3,60 €')
  await type(page, '12.5+')
  await seen('16,10 €')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowRight') // four of them
  await seen('17,30 €')
  await page.keyboard.press('Delete')
  await seen('12,50 €')
  await type(page, 'z') // and back
  await seen('17,30 €')
  await type(page, '30-') // a discount of 30 cents
  await seen('17,00 €')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Adhérer ?' }).waitFor()
  await page.waitForTimeout(450) // what follows a closing at once is its own second tap
  await type(page, 'o')
  await page.getByLabel('Numéro de téléphone').waitFor()
  await type(page, PHONE)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Scannez pour avoir votre carte' }).waitFor()
  assert.equal((await accountOf(server, STORED)).balance, 17)

  await type(page, '4') // any key puts the code away, and a digit begins the next sale
  await seen('0,04 €')
  await type(page, '80')
  await seen('4,80 €')
  await type(page, 'c')
  await page.getByLabel('Numéro de téléphone').waitFor()
  await type(page, PHONE)
  await page.keyboard.press('Enter')
  await seen('17 points')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '4 points de plus.' }).waitFor()
  assert.deepEqual(
    (await salesOf(server)).map(({ total_money }) => total_money.amount),
    [480, 1700],
  )

  await page.waitForTimeout(450) // as above
  await page.keyboard.press('Escape')
  await type(page, '?')
  await page.getByRole('heading', { name: 'Toute la vente au clavier' }).waitFor()
})

test('a scanner is read wherever the focus is, on a French keyboard too, and never types', async () => {
  await open(SIZES.landscape)
  const { customerId } = await member(server, PHONE)
  const card = await cardOf(server, customerId)
  await openTill(page, server, cashier(server))
  await type(page, '75')
  await scan(page, card, { french: true })
  await seen('Marie Dupont')
  await seen('25 points')
  await seen('0,75 €')
  await button('Retirer Marie Dupont de cette vente').tap()

  await button('Client').tap()
  await page.getByLabel('Numéro de téléphone').fill('06 1')
  await scan(page, card) // into the field that has the focus
  await page.getByRole('button', { name: 'Retirer Marie Dupont' }).waitFor()
  await scan(page, '3017620422003')
  await seen('Ce code n’est pas connu ici.')
  assert.equal(await total().innerText(), '0,75\u00a0€')

  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'C’est noté.' }).waitFor() // too little for a point
})

test('who may not add articles is told whom to ask, and sells all the same', async () => {
  await open(SIZES.portrait)
  await openTill(page, server, cashier(server))
  await page.getByRole('tab', { name: 'Articles' }).tap()
  await seen('Aucun article pour l’instant.')
  assert.equal(await button('Ajouter un premier article').count(), 0)
  await button('Taper un montant').tap()
  await touchPad(page, ['9', '9'])
  await closing().tap()
  await seen('0,99 € enregistrés') // too little for a point: nobody is asked
  await touchPad(page, ['3', '00'])
  await closing().tap()
  await button('Non merci').tap()
  await seen('3,00 € enregistrés')
  assert.equal((await salesOf(server)).length, 2)
})

test('a sale without anybody can still be joined from the list of the day', async () => {
  await open(SIZES.portrait)
  await openTill(page, server, cashier(server))
  await touchPad(page, ['8', '00'])
  await closing().tap()
  await button('Non merci').tap()
  await button('Ventes du jour').tap()
  await seen('8 points en attente')
  await button('Adhérer, vente de 8,00').tap()
  await page.getByLabel('Numéro de téléphone').fill(PHONE)
  await button('Le client est d’accord : donner 8 points').tap()
  await page.getByRole('heading', { name: 'Scannez pour avoir votre carte' }).waitFor()
  assert.equal((await accountOf(server, STORED)).balance, 8)
  await button('Vente suivante').tap()
  await button('Ventes du jour').tap()
  await seen('8 points donnés')
})

test('every key is large enough for a thumb', async () => {
  await open(SIZES.portrait)
  await openTill(page, server)
  for (const size of [SIZES.portrait, SIZES.landscape, SIZES.phone]) {
    await page.setViewportSize(size)
    for (const key of await page
      .getByRole('group', { name: 'Clavier du montant' })
      .getByRole('button')
      .all()) {
      const box = await key.boundingBox()
      assert.ok(box.height >= 72 && box.width >= 72, `${box.width} × ${box.height}`)
    }
  }
})

test('the place is remembered, and can be changed; a wrong password is told in words', async () => {
  await open(SIZES.landscape)
  const [first, second] = server.demo.merchants[0].locations
  await page.goto(`${server.url}/till/`)
  await signIn(page, { email: cashier(server).email, password: 'nothing like it' })
  await seen('L’adresse ou le mot de passe n’est pas le bon.')
  await signIn(page, cashier(server))
  await button(first.name).tap()
  await button('Fermer la caisse').waitFor()
  await page.reload()
  await seen(first.name)
  await button('Changer de lieu').tap()
  await button(second.name).tap()
  await touchPad(page, ['2', '00'])
  await closing().tap()
  await button('Non merci').tap()
  assert.equal((await salesOf(server))[0].location_id, second.id)
  await button('Fermer la caisse').tap()
  await page.getByLabel('Mot de passe').waitFor()
})
