/*
 * What customers pay with beside money, at the till: rewards, cashback and credit notes come off
 * before they pay, by a tap or under the scanner, and what the sale earns is told with its reasons.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { checkAccess, openBrowser, openPage } from '../support/browser.mjs'
import {
  addTier,
  balanceOfNote,
  balancesOf,
  euros,
  giveNote,
  richMember,
  takeReward,
} from '../support/purse.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'
import { cashier, makeArticles, member, openTill, salesOf, scan, type } from '../support/till.mjs'
import { WIDTHS } from '../support/walk.mjs'

const PHONE = '0612345678'
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

async function open(size = WIDTHS.desktop) {
  tab = await openPage(browser, { size })
  page = tab.page
  await openTill(page, server)
}

const button = (name) => page.getByRole('button', { name }).filter({ visible: true }).first()
const seen = (text) => page.getByText(text).filter({ visible: true }).first().waitFor()

async function comes(phone = PHONE) {
  await button('Client').click()
  await page.getByLabel('Numéro de téléphone').fill(phone)
  await page.keyboard.press('Enter')
  await button(/^Utiliser : /).waitFor()
}

/* On a wide screen what they have stands beside the articles; elsewhere it lies over them. */
async function goOn(size) {
  if (size.width < 1400) await button('Continuer la vente').click()
}

for (const [name, size] of Object.entries(WIDTHS)) {
  test(`${name}: a reward, cashback and a credit note come off before paying`, async () => {
    const { purse, note } = await richMember(server, PHONE)
    await open(size)
    await type(page, '2000+')
    await comes()
    await seen('valable jusqu’au')
    await button('Utiliser : Trois euros de moins').click()
    await button(`Utiliser : ${purse.name}`).click()
    await button(/^Utiliser : Avoir de 10,00/).click()
    await checkAccess(page, 'everything used')
    await goOn(size)
    if (size.width < 700) await button(/articles?/).click()
    await seen(/^2,00\s€$/)
    await seen('−3,00 €')
    await seen('−5,00 €')
    await seen('−10,00 €')
    await checkAccess(page, 'the basket')
    await button(/^Encaisser 2,00/).click()
    await page.getByRole('heading', { name: '2 points de plus.' }).waitFor()
    await seen('+0,10 €')
    await seen('2,00 € enregistrés')

    const [order] = await salesOf(server)
    assert.equal(order.total_money.amount, 200)
    const [points, cashback] = [126 + 2, 10]
    assert.deepEqual(await balancesOf(server, PHONE), { points, cashback })
    assert.equal(await balanceOfNote(server, note), 0)
  })
}

test('why a sale earns what it earns is one tap away, program by program', async () => {
  await richMember(server, PHONE)
  await open()
  await comes()
  await type(page, '1250+')
  await button(/\+12\spoints · \+0,60\s€/).click()
  const dialog = page.getByRole('dialog', { name: 'Ce que donne cette vente' })
  await dialog.getByText('1 point par euro').waitFor()
  await dialog.getByText('5 % de cagnotte').waitFor()
  await checkAccess(page, 'why')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
})

test('a credit note under the scanner pays, on a French keyboard too, and needs no customer', async () => {
  const note = await giveNote(server, 1000)
  await open()
  await type(page, '400+')
  await scan(page, `HABITUE:N:${note.code}`, { french: true })
  await button(/^Retirer .?Avoir/).waitFor()
  await seen(/^0,00\s€$/)
  await page.keyboard.press('Enter')
  await seen('0,00 € enregistrés')
  assert.equal(await balanceOfNote(server, note), 600)
})

test('a used-up credit note and a code from elsewhere are told, and change nothing', async () => {
  const note = await giveNote(server, 1000)
  ok(await server.api('POST', `/v2/credit-notes/${note.id}/end`, {}))
  await open()
  await scan(page, `HABITUE:N:${note.code}`)
  await seen('Cet avoir est épuisé ou n’est plus valable.')
  await scan(page, `HABITUE:N:${'0'.repeat(26)}`)
  await seen('Ce code n’est pas connu ici.')
  assert.equal(await button(/^Retirer/).count(), 0)
})

test('a reward under the scanner says who stands there, and comes off', async () => {
  const { reward } = await richMember(server, PHONE)
  await open()
  await type(page, '2000+')
  await scan(page, `HABITUE:R:${reward.code}`)
  await seen('Marie Dupont')
  await seen('−3,00 €')
  await seen(/^17,00\s€$/)
})

test('a free article finds its line; without one it says so, and stays for another time', async () => {
  await makeArticles(server, ['Baguette', 'Croissant'])
  const { items } = ok(await server.api('POST', '/v2/till/open', {}))
  const croissant = items.find(({ name }) => name === 'Croissant')
  const tier = await addTier(server, {
    name: 'Un croissant offert',
    points: 20,
    kind: 'item',
    item_variation_ids: [croissant.variations[0].id],
  })
  const { accountId } = await member(server, PHONE, 5600)
  await takeReward(server, accountId, tier)
  await open()
  await comes()
  await seen('Offert : Croissant')
  await button('Utiliser : Un croissant offert').click()
  await button('Baguette').click()
  await seen('Aucun article du panier n’est concerné')
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Croissant/ })
    .click()
  await seen('−2,00 €')
  await seen(/^1,50\s€$/)
  await button(/^Retirer .?Croissant/).click()
  await seen('Aucun article du panier n’est concerné')
  await button(/^Encaisser 1,50/).click()
  await page.getByRole('heading', { name: '1 point de plus.' }).waitFor()
  const search = { query: { loyalty_account_id: accountId } }
  const { rewards } = ok(await server.api('POST', '/v2/loyalty/rewards/search', search))
  assert.deepEqual(
    rewards.map(({ status }) => status),
    ['ISSUED'],
  )
})

test('taking a reward that is credit gives a note, which comes off this very sale', async () => {
  await addTier(server, {
    name: 'Cinq euros en avoir',
    points: 40,
    kind: 'credit',
    amount_money: euros(500),
  })
  await member(server, PHONE, 5600)
  await open()
  await type(page, '800+')
  await button('Client').click()
  await page.getByLabel('Numéro de téléphone').fill(PHONE)
  await page.keyboard.press('Enter')
  await button('Prendre : Cinq euros en avoir').click()
  await seen('−5,00 €')
  await button(/^Encaisser 3,00/).click()
  await page.getByRole('heading', { name: '3 points de plus.' }).waitFor()
  assert.deepEqual(await balancesOf(server, PHONE), { points: 56 - 40 + 3 })
})

test('without a network a total with discounts is not guessed; without them the sale goes on', async () => {
  const { note } = await richMember(server, PHONE)
  await open()
  await type(page, '2000+')
  await scan(page, `HABITUE:N:${note.code}`)
  await seen(/^10,00\s€$/)
  await server.end()
  await type(page, '100+')
  await seen('Les remises attendent le réseau.')
  await page.keyboard.press('Enter')
  await seen('Le total avec remises n’est pas encore connu.')
  await button(/^Retirer .?Avoir/).click()
  await seen(/^21,00\s€$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Pas de réponse du réseau' }).waitFor()
})

test('an amount typed over the articles moves none of them', async () => {
  await makeArticles(server, ['Baguette', 'Croissant', 'Éclair', 'Thé'])
  for (const size of Object.values(WIDTHS)) {
    await open(size)
    await button('Thé').waitFor()
    const places = () =>
      page.locator('main ul button').evaluateAll((all) =>
        all.map((one) => {
          const { x, y, width, height } = one.getBoundingClientRect()
          return [x, y, width, height]
        }),
      )
    const empty = await places()
    assert.equal(empty.length, 4)
    await type(page, '3*1250')
    await seen(/12,50/)
    assert.deepEqual(await places(), empty, `${size.width} px`)
    await page.keyboard.press('Escape')
    await tab.close()
  }
})

test('an article in two sizes asks which, by touch and by keyboard', async () => {
  const variation = (id, name, amount) => ({
    type: 'ITEM_VARIATION',
    id,
    item_variation_data: { name, pricing_type: 'FIXED_PRICING', price_money: euros(amount) },
  })
  const variations = [variation('#a', 'Petit', 150), variation('#b', 'Grand', 220)]
  const object = { type: 'ITEM', id: '#new', item_data: { name: 'Café', variations } }
  ok(await server.api('POST', '/v2/catalog/object', { object, idempotency_key: 'sizes' }))
  await open()
  await seen('dès 1,50 €')
  await button('Café').click()
  await page.getByRole('dialog', { name: 'Café' }).waitFor()
  await checkAccess(page, 'which size')
  await button(/Grand/).click()
  await seen('Café · Grand')
  await button(/^Encaisser 2,20/).waitFor()
})

test('an owner makes a program at the till, step by step; a cashier is not asked to', async () => {
  await open()
  await button('Programmes de fidélité').click()
  const dialog = page.getByRole('dialog', { name: 'Programmes de fidélité' })
  await dialog.getByText('1 point par euro').waitFor()
  await dialog.getByRole('button', { name: 'Créer un programme' }).click()
  await checkAccess(page, 'a new program')
  await page.keyboard.press('Escape')
  await tab.close()

  tab = await openPage(browser, { size: WIDTHS.tablet })
  page = tab.page
  await openTill(page, server, cashier(server))
  assert.equal(await page.getByRole('button', { name: 'Programmes de fidélité' }).count(), 0)
})
