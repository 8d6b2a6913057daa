/*
 * Figures for home and for a customer's sheet, from a real day's sales; and who did what.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { cookieOf } from '../support/cookies.mjs'
import { OpenApi } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { ok, sale } from '../support/story.mjs'

const api = new OpenApi()
const DAY_MS = 86400000
let server, merchant, tablet, staff, account

/* The same through openapi.yaml: a reply that is not described is a failure. */
async function ask(method, path, body, headers) {
  const reply = await server.ask(method, path, {
    body,
    headers: headers ?? { authorization: `Bearer ${merchant.api_key}` },
  })
  const operation = api.find(method, path)
  assert.equal(api.wrongReply(operation, reply.status, reply.body), '', JSON.stringify(reply.body))
  return reply
}
const refusal = ({ status, body }) => [status, body.errors[0].code, body.errors[0].field]
const post = async (path, body, headers) =>
  ok(await ask('POST', path, { idempotency_key: randomUUID(), ...body }, headers))

/* A claimed order of 40.00, one of 10.00 that nobody claims, points by hand, a reward used. */
before(async () => {
  server = await Server.start()
  merchant = server.demo.merchants[0]
  tablet = await tabletOf(server, merchant.tablets[0].pairing_code)
  const { email, password } = merchant.staff[1]
  const signedIn = await server.ask('POST', '/v2/session', { body: { email, password } })
  staff = { cookie: cookieOf(signedIn), 'x-habitue-csrf': ok(signedIn).csrf_token }

  const [register] = merchant.locations[0].registers
  const { order } = ok(await server.feed(sale(register.vendor_register, 4000)))
  const { notice } = ok(await server.ask('GET', '/v2/tablet', { headers: tablet.headers }))
  const { claim } = await post(
    '/v2/tablet/claims',
    {
      order_id: order.id,
      phone_number: '06 12 34 56 78',
      consent: { notice_version: notice.version, language: notice.language },
    },
    tablet.headers,
  )
  ok(await server.feed(sale(register.vendor_register, 1000)))
  const path = `/v2/loyalty/accounts/${claim.account.id}`
  account = ok(await ask('GET', path)).loyalty_account
  await post(`${path}/adjust`, { adjust_points: { points: 5, reason: 'Geste' } }, staff)
  const [tier] = merchant.programs[0].reward_tiers
  const { reward } = await post('/v2/loyalty/rewards', {
    reward: { loyalty_account_id: account.id, reward_tier_id: tier.id },
  })
  await post(
    `/v2/loyalty/rewards/${reward.id}/redeem`,
    { location_id: merchant.locations[0].id },
    staff,
  )
})
after(() => server?.remove())

/* Today in Paris, and so many days from it. */
const day = (from = 0) =>
  new Date(Date.now() + from * DAY_MS).toLocaleDateString('sv', { timeZone: 'Europe/Paris' })

test('days: the last thirty, today last, with what happened', async () => {
  const { days, totals, previous } = ok(await ask('GET', '/v2/insight/days'))
  assert.equal(days.length, 30)
  const today = days.at(-1)
  assert.equal(today.day, day())
  const { day: _, ...figures } = today
  assert.deepEqual(figures, totals)
  assert.deepEqual(totals, {
    orders: 2,
    visits: 1,
    revenue_money: { amount: 5000, currency: 'EUR' },
    points_earned: 40,
    points_spent: 20,
    rewards_used: 1,
    customers_new: 1,
  })
  assert.equal(previous.orders, 0)
})

test('days: a period, and one that has the whole of the other before it', async () => {
  const before = ok(await ask('GET', `/v2/insight/days?from=${day(-6)}&to=${day(-1)}`))
  assert.deepEqual([before.days.length, before.totals.orders], [6, 0])
  const after = ok(await ask('GET', `/v2/insight/days?from=${day(1)}&to=${day(2)}`))
  assert.deepEqual([after.totals.orders, after.previous.orders], [0, 2])
  const long = ok(await ask('GET', `/v2/insight/days?from=${day(-399)}`))
  assert.equal(long.days.length, 400)
})

test('days: what is no period is refused', async () => {
  for (const [query, code, field] of [
    ['from=2026-02-30', 'TIME_MALFORMED', 'from'],
    ['to=tomorrow', 'TIME_MALFORMED', 'to'],
    ['from=2026-03-02&to=2026-03-01', 'FIELD_RANGE', 'from'],
    ['from=2024-01-01&to=2026-03-01', 'FIELD_RANGE', 'from'],
    ['until=2026-03-01', 'FIELD_UNKNOWN', 'until'],
  ]) {
    assert.deepEqual(refusal(await ask('GET', `/v2/insight/days?${query}`)), [400, code, field])
  }
})

test('a customer’s sheet: accounts, rewards, consents, figures', async () => {
  const sheet = ok(await ask('GET', `/v2/customers/${account.customer_id}/summary`))
  assert.equal(sheet.customer.phone_number, '+33612345678')
  const [{ program, balance }] = sheet.accounts
  assert.deepEqual([program.terminology.one, balance], ['point', 25])
  assert.deepEqual(
    sheet.rewards.map(({ status }) => status),
    ['REDEEMED'],
  )
  assert.deepEqual(
    sheet.consents.map(({ purpose, state }) => [purpose, state]),
    [['loyalty_notice', 'shown']],
  )
  assert.deepEqual(sheet.cards, [])
  const { last_order_at, ...figures } = sheet.figures
  assert.ok(Date.now() - new Date(last_order_at) < DAY_MS)
  assert.deepEqual(figures, {
    orders: 1,
    average_money: { amount: 4000, currency: 'EUR' },
    total_money: { amount: 4000, currency: 'EUR' },
    rewards_taken: 1,
    rewards_used: 1,
    rewards_available: 0,
    cashback_money: { amount: 0, currency: 'EUR' },
    cashback_earned_money: { amount: 0, currency: 'EUR' },
    credit_money: { amount: 0, currency: 'EUR' },
  })
})

test('events of a customer, newest first, by whom', async () => {
  const search = (filter, more) =>
    ask('POST', '/v2/loyalty/events/search', { query: { filter }, ...more })
  const customer_filter = { customer_id: account.customer_id }
  const { events } = ok(await search({ customer_filter }))
  assert.deepEqual(
    events.map(({ type, actor }) => [type, actor.kind, actor.name]),
    [
      ['REDEEM_REWARD', 'STAFF', merchant.staff[1].name],
      ['CREATE_REWARD', 'KEY', 'demo'],
      ['ADJUST_POINTS', 'STAFF', merchant.staff[1].name],
      ['ACCUMULATE_POINTS', 'TABLET', merchant.tablets[0].name],
    ],
  )
  const first = ok(await search({ customer_filter }, { limit: 3 }))
  const rest = ok(await search({ customer_filter }, { limit: 3, cursor: first.cursor }))
  assert.deepEqual([...first.events, ...rest.events], events)
  const types = ['ADJUST_POINTS']
  const adjusted = ok(await search({ customer_filter, type_filter: { types } })).events
  assert.deepEqual(adjusted, [events[2]])
  const both = { customer_filter, loyalty_account_filter: { loyalty_account_id: account.id } }
  assert.deepEqual(refusal(await search(both)), [
    400,
    'FIELD_VALUE',
    'query.filter.customer_filter',
  ])
  const nobody = { customer_filter: { customer_id: 'cus_0000000000001' } }
  assert.deepEqual(ok(await search(nobody)).events, [])
})

test('what needs attention: tablets without a device and without a PIN', async () => {
  const list = async () => ok(await ask('GET', '/v2/insight/attention')).attention
  const kinds = async () => [...new Set((await list()).map(({ kind }) => kind))]
  assert.deepEqual(await kinds(), ['no_tablet_pin', 'tablet_unpaired'])
  const unpaired = (await list()).filter(({ kind }) => kind === 'tablet_unpaired')
  assert.deepEqual(
    unpaired.map(({ subject }) => subject),
    merchant.tablets.slice(1).map(({ id, name }) => ({ id, name })),
  )
  ok(await ask('PUT', '/v2/merchants/me', { merchant: { tablet_pin: '2580' } }))
  assert.deepEqual(await kinds(), ['tablet_unpaired'])
})
