/*
 * What an order earns, over HTTP: in every program at once, explained rule by rule; pending points,
 * a promotion's event, refunds of lines, limits.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Server } from '../support/server.mjs'
import { article, ok, sale } from '../support/story.mjs'

let server, location, register, main, coffee
let phones = 0

const euros = (amount) => ({ amount, currency: 'EUR' })
const post = async (path, body) =>
  ok(await server.api('POST', path, { idempotency_key: randomUUID(), ...body }))
const calculate = async ({ id }, body) =>
  ok(await server.api('POST', `/v2/loyalty/programs/${id}/calculate`, body))
const addProgram = async (program) =>
  (
    await post('/v2/loyalty/programs', {
      program: { terminology: { one: 'point', other: 'points' }, reward_tiers: [], ...program },
    })
  ).program
const join = async () =>
  (
    await post('/v2/loyalty/accounts', {
      loyalty_account: {
        program_id: main.id,
        mapping: { phone_number: `+336123402${String(++phones).padStart(2, '0')}` },
      },
    })
  ).loyalty_account
const coffees = (count, total = count * 200) => ({
  sku: coffee.id,
  name: 'Café',
  qty: String(count),
  total,
})
const tart = { name: 'Tarte', qty: '1', total: 350 }
/* Tells a sale of these; gives its id, and the till's name for it. */
const tell = async (lines) => {
  const total = lines.reduce((sum, line) => sum + line.total, 0)
  const message = sale(register, total, { lines })
  return { id: ok(await server.feed(message)).order.id, sale_id: message.sale_id }
}
const giveBack = async ({ sale_id }, amount, lines) =>
  ok(
    await server.feed({
      event: 'refunded',
      sale_id: randomUUID(),
      closed_at: new Date().toISOString(),
      refund_of: sale_id,
      refund: { id: randomUUID(), amount, lines },
    }),
  )
const accumulate = (account, order_id) =>
  server.api('POST', `/v2/loyalty/accounts/${account.id}/accumulate`, {
    idempotency_key: randomUUID(),
    location_id: location,
    accumulate_points: { order_id },
  })
const accountIn = async (program, { customer_id }) => {
  const query = { customer_ids: [customer_id] }
  const { loyalty_accounts } = ok(
    await server.api('POST', '/v2/loyalty/accounts/search', { query }),
  )
  return loyalty_accounts.find(({ program_id }) => program_id === program.id)
}
const explained = async (account, order) =>
  ok(await server.api('GET', `/v2/loyalty/accounts/${account.id}/earnings/${order}`)).earning

/* What the demo's shop has beside its main program would be counted here, too. */
async function sleepAllBut({ id: kept }, programs) {
  for (const { id } of programs.filter((program) => program.id !== kept)) {
    const program = { status: 'INACTIVE' }
    ok(await server.api('PUT', `/v2/loyalty/programs/${id}`, { program }))
  }
  const path = `/v2/loyalty/programs/${kept}/promotions`
  const { loyalty_promotions } = ok(await server.api('GET', `${path}?status=ACTIVE`))
  for (const { id } of loyalty_promotions) {
    ok(await server.api('POST', `${path}/${id}/cancel`, {}))
  }
}

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  const merchant = server.demo.merchants[0]
  location = merchant.locations[0].id
  register = merchant.locations[0].registers[0].vendor_register
  const { programs } = ok(await server.api('GET', '/v2/loyalty/programs'))
  main = programs.find(({ is_main }) => is_main)
  await sleepAllBut(main, programs)
  const { catalog_object } = await post('/v2/catalog/object', { object: article('Café', 200) })
  coffee = catalog_object.item_data.variations[0]
})
after(() => server?.remove())

test('an order earns a stamp for each coffee beside the points, and says why', async () => {
  const stamps = await addProgram({
    name: 'Cafés',
    type: 'stamps',
    minimum_amount_money: euros(0),
    accrual_rules: [
      {
        accrual_type: 'ITEM_VARIATION',
        points: 1,
        item_variation_data: { item_variation_id: coffee.id },
      },
    ],
  })
  const account = await join()
  const order = await tell([coffees(2), tart])
  const would = await calculate(stamps, { order_id: order.id })
  assert.deepEqual([would.points, would.explanation[0].basis_count], [2, 2])

  const { events } = ok(await accumulate(account, order.id))
  assert.deepEqual(
    events.map(({ type, accumulate_points }) => [type, accumulate_points.points]),
    [['ACCUMULATE_POINTS', 7]],
  )
  const other = await accountIn(stamps, account)
  assert.equal(other.balance, 2)
  const { explanation } = await explained(other, order.id)
  assert.deepEqual([explanation[0].source, explanation[0].basis_count], ['RULE', 2])

  await giveBack(order, 200, [{ line: 0, amount: 200 }])
  const earning = await explained(other, order.id)
  assert.deepEqual([earning.points, earning.taken_back], [1, 1])
  assert.equal((await explained(account, order.id)).points, 6) // 7 less floor(7 x 2.00 / 7.50)
  const nobody = await join()
  const path = `/v2/loyalty/accounts/${nobody.id}/earnings/${order.id}`
  assert.equal((await server.api('GET', path)).status, 404)
})

test('what only another program gives is given all the same; what none gives is refused', async () => {
  const account = await join()
  const order = await tell([coffees(1, 90)]) // below the main program's minimum
  const { event, events } = ok(await accumulate(account, order.id))
  assert.equal(events.length, 1)
  assert.notEqual(event.loyalty_account_id, account.id)
  const nothing = await tell([{ name: 'Bonbon', qty: '1', total: 50 }])
  assert.equal((await accumulate(account, nothing.id)).body.errors[0].code, 'ORDER_EARNS_NOTHING')
})

test('a promotion’s points are an event of their own', async () => {
  const account = await join()
  const always = 'DTSTART:20200101T000000\nDURATION:PT24H\nRRULE:FREQ=DAILY'
  const { loyalty_promotion } = await post(`/v2/loyalty/programs/${main.id}/promotions`, {
    loyalty_promotion: {
      name: 'Le double',
      incentive: { type: 'POINTS_MULTIPLIER', points_multiplier_data: { multiplier: '2.0' } },
      available_time: { time_periods: [always] },
      minimum_spend_amount_money: euros(1000),
    },
  })
  const order = await tell([tart, tart, tart])
  const { events } = ok(await accumulate(account, order.id))
  assert.deepEqual(
    events.map((event) => [event.type, event.accumulate_promotion_points?.points]),
    [
      ['ACCUMULATE_POINTS', undefined],
      ['ACCUMULATE_PROMOTION_POINTS', 10],
    ],
  )
  const { points, promotion_points, explanation } = await explained(account, order.id)
  assert.deepEqual([points, promotion_points], [10, 10])
  assert.equal(explanation.at(-1).promotion_name, 'Le double')
  const small = await calculate(main, { transaction_amount_money: euros(500) })
  assert.deepEqual(
    [small.points, small.promotion_points, small.explanation.at(-1).reason],
    [5, 0, 'SPEND_MINIMUM'],
  )
  const path = `/v2/loyalty/programs/${main.id}/promotions/${loyalty_promotion.id}/cancel`
  ok(await server.api('POST', path, {}))
})

test('points may be pending first, and have limits', async () => {
  const slow = await addProgram({
    name: 'Plus tard',
    type: 'points',
    ripen_days: 14,
    limits: { points_per_purchase: 3 },
    accrual_rules: [{ accrual_type: 'SPEND', points: 1, spend_data: { amount_money: euros(100) } }],
  })
  const account = await join()
  const order = await tell([tart, tart])
  ok(await accumulate(account, order.id))
  const pending = await accountIn(slow, account)
  assert.deepEqual([pending.balance, pending.pending_points], [0, 3])
  assert.equal(pending.pending[0].points, 3)
  const earning = await explained(pending, order.id)
  assert.equal(earning.pending_until, pending.pending[0].ripe_at)
  const [rule] = earning.explanation
  assert.deepEqual([rule.points, rule.capped_points, rule.reason], [3, 4, 'CAP_PURCHASE'])
})
