/*
 * A demo with a history: sixty days in each shop, made by the same operations as real ones.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'

const DAYS = 60
let server

before(async () => {
  server = await Server.create({ empty: true })
  server.demo = JSON.parse(await server.habitue('demo', '--history', '--json'))
})
after(() => server?.remove())

const ask = async (method, path, body, of = server.demo.merchants[0]) =>
  ok(await server.ask(method, path, { body, headers: { authorization: `Bearer ${of.api_key}` } }))
const findByName = async (text) =>
  (await ask('POST', '/v2/customers/search', { query: { filter: { text: { fuzzy: text } } } }))
    .customers

test('its books are honest, before the server has seen them and after', async () => {
  assert.match(await server.habitue('audit'), /All balances, lots and events agree/)
  await server.run()
  assert.match(await server.habitue('verify'), /All seals agree/)
})

test('each shop was open on most of its days, and people joined, took and used', async () => {
  for (const merchant of server.demo.merchants) {
    const { days, totals } = await ask('GET', '/v2/insight/days', undefined, merchant)
    const open = days.filter(({ orders }) => orders > 0)
    assert.ok(open.length >= 20, merchant.name)
    for (const part of ['visits', 'points_earned', 'points_spent', 'rewards_used', 'customers_new'])
      assert.ok(totals[part] > 0, `${merchant.name}: ${part}`)
    assert.ok(totals.visits < totals.orders, 'some orders are nobody’s')
    const before = new Date(Date.now() - (DAYS + 1) * 86400000).toISOString().slice(0, 10)
    const none = await ask(
      'GET',
      `/v2/insight/days?from=${before}&to=${before}`,
      undefined,
      merchant,
    )
    assert.equal(none.totals.orders, 0)
  }
})

test('a regular’s sheet tells their life here', async () => {
  const [customer] = await findByName('amélie aubert')
  const { programs } = await ask('GET', '/v2/loyalty/programs')
  const sheet = await ask('GET', `/v2/customers/${customer.id}/summary`)
  assert.ok(sheet.figures.orders > 20)
  assert.deepEqual(
    new Set(sheet.accounts.map(({ program_id }) => program_id)),
    new Set(programs.map(({ id }) => id)),
  )
  const { events } = await ask('POST', '/v2/loyalty/events/search', {
    query: { filter: { customer_filter: { customer_id: customer.id } } },
  })
  const times = events.map(({ created_at }) => created_at)
  assert.deepEqual(times, times.toSorted().toReversed())
  assert.ok(new Set(events.map(({ actor }) => actor.kind)).size > 1)
})

test('names that screens must cope with are there', async () => {
  assert.ok((await findByName('rochefoucauld'))[0].family_name.length > 50)
  assert.match((await findByName('ליאת'))[0].given_name, /\p{Script=Hebrew}/u)
  assert.match((await findByName('ferrand'))[0].nickname, /\p{Extended_Pictographic}/u)
})

test('the till has its articles, the tablets their PIN, and codes that still work', async () => {
  const { objects } = await ask('GET', '/v2/catalog/list?types=ITEM')
  assert.ok(objects.length > 10)
  assert.equal((await ask('GET', '/v2/merchants/me')).merchant.tablet_pin_set, true)
  assert.equal(server.demo.merchants[0].tablet_pin, '2580')
  for (const { pairing_code } of server.demo.merchants[0].tablets) await server.tablet(pairing_code)
})

test('few orders wait on the tablets', async () => {
  const waiting = await ask('POST', '/v2/orders/search', {
    query: { filter: { claim_state: 'WAITING' } },
    limit: 100,
  })
  assert.ok(waiting.orders.length < 20, `${waiting.orders.length} wait`)
})
