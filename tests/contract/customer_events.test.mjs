/*
 * What happened to a customer, over HTTP: each filter alone, all of them together, page by page; and
 * that every event is of exactly one kind.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { cookieOf } from '../support/cookies.mjs'
import { OpenApi } from '../support/openapi.mjs'
import { addCashback, addTier, euros, takeReward } from '../support/purse.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'

const api = new OpenApi()
const PATH = '/v2/loyalty/events/search'
const KINDS = ['EARNED', 'REWARD', 'CORRECTION', 'REFUND', 'SPENT', 'EXPIRED', 'MERGED']
let server, merchant, owner, manager, customer, account, purse, all

const post = async (path, body, headers) => {
  const reply = await server.ask('POST', path, {
    body: { idempotency_key: randomUUID(), ...body },
    headers: headers ?? { authorization: `Bearer ${merchant.api_key}` },
  })
  return ok(reply)
}

/* The reply is as openapi.yaml says, or this fails. */
async function search(filter, more) {
  const reply = await server.api('POST', PATH, { query: { filter }, ...more })
  const wrong = api.wrongReply(api.find('POST', PATH), reply.status, reply.body)
  assert.equal(wrong, '', JSON.stringify(reply.body))
  return reply
}
const found = async (filter, more) => {
  const whose = { customer_filter: { customer_id: customer.id } }
  return ok(await search({ ...whose, ...filter }, more)).events
}
const ofKinds = (...kinds) => found({ kind_filter: { kinds } })
const typesOf = (events) => events.map(({ type }) => type)

async function signIn({ email, password }) {
  const reply = await server.ask('POST', '/v2/session', { body: { email, password } })
  const { csrf_token, member } = ok(reply)
  return { headers: { cookie: cookieOf(reply), 'x-habitue-csrf': csrf_token }, member }
}

async function join(given_name) {
  const { customer } = await post('/v2/customers', { given_name })
  const loyalty_account = { program_id: merchant.programs[0].id, customer_id: customer.id }
  const reply = await post('/v2/loyalty/accounts', { loyalty_account })
  return { customer, account: reply.loyalty_account }
}

const sell = (sale, location) =>
  post('/v2/till/sales', {
    location_id: location.id,
    sale: { customer_id: customer.id, ...sale },
  })
const goods = (amount) => ({ lines: [{ name: 'Panier', price_money: euros(amount) }] })

/* Two places, two members, two programs; one event of each kind that the shop's own hand can make. */
before(async () => {
  server = await Server.start()
  merchant = server.demo.merchants[0]
  ;[owner, manager] = await Promise.all(merchant.staff.slice(0, 2).map(signIn))
  ;({ customer, account } = await join('Amélie'))
  purse = await addCashback(server)
  const tier = await addTier(server, { name: 'Un café', points: 10 })

  const { order: back } = await sell(goods(20_00), merchant.locations[0])
  await post(`/v2/till/sales/${back.id}/refund`, { amount_money: euros(10_00) })
  await sell(goods(40_00), merchant.locations[1] ?? merchant.locations[0])
  const adjust = `/v2/loyalty/accounts/${account.id}/adjust`
  await post(adjust, { adjust_points: { points: 5, reason: 'refund' } }, owner.headers)
  await post(adjust, { adjust_points: { points: -2 } }, manager.headers)
  const reward = await takeReward(server, account.id, tier)
  const use = { location_id: merchant.locations[0].id }
  await post(`/v2/loyalty/rewards/${reward.id}/redeem`, use, manager.headers)
  await post(`/v2/loyalty/rewards/${reward.id}/put-back`, {}, manager.headers)
  const { accounts } = ok(await server.api('GET', `/v2/customers/${customer.id}/summary`))
  const kitty = accounts.find(({ program }) => program.id === purse.id)
  await post(`/v2/loyalty/accounts/${kitty.id}/spend`, { amount_money: euros(100) })
  all = await found({})
})
after(() => server?.remove())

test('an event is of one kind, and every event of some', async () => {
  const each = await Promise.all(KINDS.map((kind) => ofKinds(kind)))
  const ids = each.flat().map(({ id }) => id)
  assert.deepEqual(ids.toSorted(), all.map(({ id }) => id).toSorted())
  assert.equal(new Set(ids).size, ids.length)
})

test('kinds are what they say', async () => {
  const earned = await ofKinds('EARNED')
  assert.deepEqual([...new Set(typesOf(earned))], ['ACCUMULATE_POINTS'])
  assert.equal(earned.length, 4, 'two purchases in two programs')
  assert.deepEqual(typesOf(await ofKinds('REWARD')), ['OTHER', 'REDEEM_REWARD', 'CREATE_REWARD'])
  // Somebody's own word for a correction makes no refund of it.
  const corrections = await ofKinds('CORRECTION')
  assert.deepEqual(
    corrections.map(({ adjust_points }) => adjust_points.points),
    [-2, 5],
  )
  const refunds = await ofKinds('REFUND')
  assert.equal(refunds.length, 2, 'one in each program')
  for (const { type, adjust_points } of refunds) {
    assert.equal(type, 'ADJUST_POINTS')
    assert.ok(adjust_points.points < 0)
  }
  const [spent, ...others] = await ofKinds('SPENT')
  assert.deepEqual([spent.type, spent.other_event.points, others], ['OTHER', -100, []])
  assert.deepEqual(await ofKinds('EXPIRED', 'MERGED'), [])
  assert.equal((await ofKinds('SPENT', 'CORRECTION')).length, 3)
})

test('who did it: a kind of actor, and one person', async () => {
  const by = (actor_filter) => found({ actor_filter })
  const staff = all.filter(({ actor }) => actor.kind === 'STAFF')
  assert.deepEqual(await by({ kinds: ['STAFF'] }), staff)
  assert.equal(staff.length, 4)
  const others = all.filter(({ actor }) => actor.kind === 'KEY')
  assert.deepEqual(await by({ kinds: ['KEY', 'TABLET'] }), others)
  assert.equal(others.length + staff.length, all.length)
  assert.deepEqual(await by({ kinds: ['CUSTOMER', 'POS', 'SYSTEM'] }), [])
  const [{ actor }] = staff.filter(({ adjust_points }) => adjust_points?.points === 5)
  const hers = await by({ team_member_id: actor.id })
  assert.deepEqual(
    hers.map(({ adjust_points }) => adjust_points?.points),
    [5],
  )
  assert.deepEqual(await by({ kinds: ['KEY'], team_member_id: actor.id }), [])
  assert.deepEqual(await by({ team_member_id: 'tem_0000000000001' }), [])
})

test('a program, a place, a time, a type', async () => {
  const ofPurse = all.filter((event) => event.loyalty_account_id !== account.id)
  assert.deepEqual(await found({ program_filter: { program_id: purse.id } }), ofPurse)
  assert.ok(ofPurse.length > 0)
  for (const { id } of merchant.locations) {
    const here = all.filter(({ location_id }) => location_id === id)
    assert.deepEqual(await found({ location_filter: { location_ids: [id] } }), here)
  }
  const location_ids = merchant.locations.map(({ id }) => id)
  const placed = all.filter(({ location_id }) => location_id)
  assert.deepEqual(await found({ location_filter: { location_ids } }), placed)
  assert.ok(placed.length > 0)
  const { created_at } = all[3]
  const end_at = { date_time_filter: { created_at: { end_at: created_at } } }
  const start_at = { date_time_filter: { created_at: { start_at: created_at } } }
  const [older, newer] = await Promise.all([found(end_at), found(start_at)])
  assert.deepEqual([...newer, ...older], all)
  assert.ok(newer.length >= 4 && older.length > 0)
  const types = ['ACCUMULATE_PROMOTION_POINTS']
  assert.deepEqual(await found({ type_filter: { types } }), [])
})

test('filters hold together, with an account and with an order, too', async () => {
  const program_filter = { program_id: purse.id }
  const kind_filter = { kinds: ['REFUND'] }
  const [refund, ...others] = await found({ program_filter, kind_filter })
  assert.deepEqual(others, [])
  assert.deepEqual(await found({ program_filter, kind_filter: { kinds: ['REWARD'] } }), [])
  const order_filter = { order_id: refund.adjust_points.order_id }
  const ofOrder = ok(await search({ order_filter, program_filter, kind_filter })).events
  assert.deepEqual(ofOrder, [refund])
  const loyalty_account_filter = { loyalty_account_id: refund.loyalty_account_id }
  assert.deepEqual(ok(await search({ loyalty_account_filter, kind_filter })).events, [refund])
  assert.deepEqual(ok(await search({ program_filter, kind_filter })).events, [refund])
})

test('pages go on under a filter', async () => {
  const customer_filter = { customer_id: customer.id }
  const filter = { customer_filter, kind_filter: { kinds: ['EARNED', 'REWARD'] } }
  const whole = ok(await search(filter)).events
  assert.equal(whole.length, 7)
  let read = []
  let cursor
  do {
    const page = ok(await search(filter, { limit: 2, ...(cursor ? { cursor } : {}) }))
    read = [...read, ...page.events]
    cursor = page.cursor
  } while (cursor)
  assert.deepEqual(read, whole)
})

test('what is no kind, no actor and no id is refused by its name', async () => {
  for (const [filter, field] of [
    [{ kind_filter: { kinds: ['GIFT'] } }, 'query.filter.kind_filter.kinds'],
    [{ kind_filter: { kinds: ['EARNED', 'earned'] } }, 'query.filter.kind_filter.kinds'],
    [{ actor_filter: { kinds: ['NOBODY'] } }, 'query.filter.actor_filter.kinds'],
    [{ type_filter: { types: ['EARNED'] } }, 'query.filter.type_filter.types'],
  ]) {
    const { status, body } = await search(filter)
    assert.deepEqual(
      [status, body.errors[0].code, body.errors[0].field],
      [400, 'FIELD_VALUE', field],
    )
  }
  const wrong = await search({ actor_filter: { team_member_id: customer.id } })
  assert.equal(wrong.status, 400)
  assert.equal(wrong.body.errors[0].field, 'query.filter.actor_filter.team_member_id')
})

test('another merchant sees nothing of it', async () => {
  const [, { api_key }] = server.demo.merchants
  const headers = { authorization: `Bearer ${api_key}` }
  const filters = [
    { customer_filter: { customer_id: customer.id } },
    { program_filter: { program_id: purse.id } },
    { actor_filter: { team_member_id: all.find(({ actor }) => actor.kind === 'STAFF').actor.id } },
  ]
  for (const filter of filters) {
    const { events } = ok(await server.ask('POST', PATH, { body: { query: { filter } }, headers }))
    assert.deepEqual(events, [])
  }
})

test('what is pending is earned, and refunded, before it counts', async () => {
  const slow = await addCashback(server, { name: 'Plus tard', ripen_days: 14 })
  const { customer: other } = await join('Basile')
  const sale = { customer_id: other.id, ...goods(12_00) }
  const { order } = await sell(sale, merchant.locations[0])
  await post(`/v2/till/sales/${order.id}/refund`, {})
  const program_filter = { program_id: slow.id }
  const ofSlow = async (...kinds) =>
    ok(await search({ program_filter, ...(kinds.length ? { kind_filter: { kinds } } : {}) })).events
  const [given, ...more] = await ofSlow('EARNED')
  const [taken, ...others] = await ofSlow('REFUND')
  assert.deepEqual([given.other_event.reason, more], ['pending', []])
  assert.deepEqual([taken.other_event.reason, others], ['refund', []])
  assert.deepEqual(await ofSlow(), [taken, given])
})
