/*
 * The whole chain, once, as people live it: a sale is closed on the till, its points land on the
 * tablet, a phone number takes them, and they become a reward that is taken and used.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, openPage } from '../support/browser.mjs'
import { activate, counterOf, touchKeys } from '../support/counter.mjs'
import { Server } from '../support/server.mjs'

const PHONE = '0612345678'
let server
let browser
let counter
let page
let complaints
let tier

before(async () => {
  server = await Server.start()
  browser = await openBrowser()
  counter = counterOf(server)
  tier = server.demo.merchants[0].programs[0].reward_tiers.reduce((a, b) =>
    a.points < b.points ? a : b,
  )
  ;({ page, complaints } = await openPage(browser, { motion: 'no-preference' }))
})
after(async () => {
  await browser?.close()
  await server?.remove()
})

/* The API's answer, which must be a success. */
async function ask(method, path, body) {
  const reply = await server.api(method, path, body)
  assert.equal(reply.status, 200, `${method} ${path}: ${JSON.stringify(reply.body)}`)
  return reply.body
}

async function balanceOf(account) {
  return (await ask('GET', `/v2/loyalty/accounts/${account}`)).loyalty_account.balance
}

async function eventsOf(account) {
  const filter = { loyalty_account_filter: { loyalty_account_id: account } }
  return (
    await ask('POST', '/v2/loyalty/events/search', {
      query: { filter },
      limit: 30,
    })
  ).events
}

async function accountsWith(phone) {
  const query = { mappings: [{ phone_number: phone }] }
  return (await ask('POST', '/v2/loyalty/accounts/search', { query })).loyalty_accounts ?? []
}

/* The code is typed as people do: small letters, no dash. */
async function linkTablet() {
  await activate(page, server, counter.code.toLowerCase().replace('-', ''))
  await page.getByText('Après votre achat, vos points vous attendent ici.').waitFor()
}

async function saleLands() {
  await counter.sell(2250)
  await page.getByRole('heading', { name: '22 points' }).waitFor()
  await page.getByText('pour votre achat de 22,50 €', { exact: true }).waitFor()
  assert.match(await page.getByRole('region', { name: 'Vos données' }).innerText(), /Le Fournil/)
  await page.getByText('vous acceptez que Le Fournil garde ce numéro').waitFor()
}

async function phoneTakesPoints() {
  assert.deepEqual(await accountsWith('+33612345678'), [])
  await touchKeys(page, PHONE)
  assert.equal(await page.getByLabel('Votre numéro de téléphone').inputValue(), '06 12 34 56 78')
  await page.getByRole('button', { name: 'Donner 22 points' }).tap()
  await page.getByRole('heading', { name: 'Bienvenue' }).waitFor()
  await page.getByText('C’est à vous !').waitFor()
  await page.getByRole('heading', { name: tier.name, exact: true }).waitFor()
  await page.getByRole('progressbar').waitFor()

  const accounts = await accountsWith('+33612345678')
  assert.deepEqual(
    accounts.map(({ balance }) => balance),
    [22],
  )
  return accounts[0].id
}

async function tabletForgets() {
  await page.getByRole('button', { name: 'Terminer' }).tap()
  await page.getByRole('heading', { level: 1, name: 'Le Fournil' }).waitFor()
  assert.doesNotMatch(await page.content(), /12 ?34 ?56/)
}

async function rewardIsTakenAndUsed(account) {
  const wish = {
    reward: { loyalty_account_id: account, reward_tier_id: tier.id },
    idempotency_key: 'journey-take',
  }
  const { reward } = await ask('POST', '/v2/loyalty/rewards', wish)
  assert.equal(reward.status, 'ISSUED')
  assert.equal((await ask('POST', '/v2/loyalty/rewards', wish)).reward.id, reward.id) // a second tap
  assert.equal(await balanceOf(account), 22 - tier.points)

  const use = {
    location_id: counter.locationId,
    idempotency_key: 'journey-use',
  }
  await ask('POST', `/v2/loyalty/rewards/${reward.id}/redeem`, use)
  assert.equal((await ask('GET', `/v2/loyalty/rewards/${reward.id}`)).reward.status, 'REDEEMED')
}

async function eventsAgree(account) {
  const events = await eventsOf(account)
  const types = events.map(({ type }) => type).sort()
  assert.deepEqual(types, ['ACCUMULATE_POINTS', 'CREATE_REWARD', 'REDEEM_REWARD'])
  const sum = events.reduce((total, event) => {
    return total + (event.accumulate_points?.points ?? 0) + (event.create_reward?.points ?? 0)
  }, 0)
  assert.equal(sum, await balanceOf(account))
}

async function sameNumberComesBack(account) {
  await counter.sell(500)
  await page.getByRole('heading', { name: '5 points' }).waitFor()
  await page.keyboard.type(PHONE)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Merci' }).waitFor()
  await page.getByText(`Encore ${tier.points - 7}\u00a0points, et c’est à vous.`).waitFor()
  assert.equal(await balanceOf(account), 7)
}

test('a sale becomes points, and points a reward that is used', async () => {
  await linkTablet()
  await saleLands()
  const account = await phoneTakesPoints()
  await tabletForgets()
  await rewardIsTakenAndUsed(account)
  await eventsAgree(account)
  await sameNumberComesBack(account)
  assert.match(await server.habitue('audit'), /\S/) // it throws unless every balance agrees
  assert.deepEqual(complaints, [])
})
