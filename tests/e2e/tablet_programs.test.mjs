/*
 * The tablet beside a shop's programs: cashback in money, several programs at once, what is still on
 * its way, the offer of the day, and a shop that has no program yet.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { checkAccess, openBrowser, openPage } from '../support/browser.mjs'
import { activate, counterOf, touchKeys } from '../support/counter.mjs'
import { addCashback, euros, mainProgram } from '../support/purse.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'
import { THEMES, WIDTHS } from '../support/walk.mjs'

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

async function open(size, counter = counterOf(server)) {
  tab = await openPage(browser, { size })
  page = tab.page
  await activate(page, server, counter.code, counter.merchant)
  return counter
}

async function claim(button) {
  await page
    .getByRole('heading', { name: /points?|€/ })
    .first()
    .waitFor()
  await touchKeys(page, PHONE)
  await page.getByRole('button', { name: button }).tap()
}

async function inBothThemes(what) {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme })
    await checkAccess(page, `${what}, ${colorScheme}`)
  }
}

for (const [name, size] of Object.entries(WIDTHS)) {
  test(`${name}: one purchase fills points and cashback, each told in its own unit`, async () => {
    await addCashback(server)
    const counter = await open(size)
    await counter.sell(1240)
    await claim(/^Donner 12\spoints/)
    await page.getByText(/^\+ 12\spoints · \+ 0,60\s€$/).waitFor()
    await inBothThemes('the thank-you')
  })
}

test('points that ripen later are given, and said to be on their way', async () => {
  const { id } = await mainProgram(server)
  ok(await server.api('PUT', `/v2/loyalty/programs/${id}`, { program: { ripen_days: 14 } }))
  const counter = await open(WIDTHS.tablet)
  await counter.sell(1240)
  await claim(/^Donner 12\spoints/)
  await page.getByText(/^En attente\s: à vous le /).waitFor()
})

test('the offer of the moment stands on the idle screen', async () => {
  const { id } = await mainProgram(server)
  const event =
    'BEGIN:VEVENT\nDTSTART:20200101T000000\nDURATION:PT24H\nRRULE:FREQ=DAILY\nEND:VEVENT'
  const loyalty_promotion = {
    name: 'Mardi double',
    incentive: { type: 'POINTS_MULTIPLIER', points_multiplier_data: { multiplier: '2' } },
    available_time: { time_periods: [event] },
    minimum_spend_amount_money: euros(1000),
  }
  const path = `/v2/loyalty/programs/${id}/promotions`
  ok(await server.api('POST', path, { loyalty_promotion, idempotency_key: 'double' }))
  await open(WIDTHS.tablet)
  await page.getByText('Mardi double').waitFor()
  await inBothThemes('an offer on the idle screen')
})

test('a shop without a program shows the way to its card, and nothing else', async () => {
  await open(WIDTHS.tablet)
  await page.route('**/v2/tablet', async (route) => {
    const reply = await route.fetch()
    const state = { ...(await reply.json()), program: null, programs: [] }
    await route.fulfill({ response: reply, json: state })
  })
  await page.reload()
  await page.getByText('Votre carte de fidélité, gratuite, en une minute.').waitFor()
  await inBothThemes('no program')
})
