/* Square's official SDK makes orders, pays them, and gives their points. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SquareWorld, key, refused } from '../support/square.mjs'
import { article, ok } from '../support/story.mjs'

const world = new SquareWorld()
let client, location, server
before(async () => {
  await world.start()
  ;({ client, location, server } = world)
})
after(() => world.stop())

const euros = (amount) => ({ amount: BigInt(amount), currency: 'EUR' })
const line = (more = {}) => ({
  name: 'Croissant',
  quantity: '2',
  basePriceMoney: euros(120),
  ...more,
})
const open = (order, idempotencyKey = key()) =>
  client.orders.create({
    order: { locationId: location.id, lineItems: [line()], ...order },
    idempotencyKey,
  })

test('create gives an open order that comes to its lines less its discounts', async () => {
  const { order } = await open({
    referenceId: 'table-7',
    lineItems: [line(), line({ name: 'Comté', quantity: '0.350', basePriceMoney: euros(2490) })],
    discounts: [{ name: 'Geste', amountMoney: euros(112) }],
  })
  assert.match(order.id, /^ord_/)
  assert.deepEqual(
    [order.state, order.referenceId, order.locationId],
    ['OPEN', 'table-7', location.id],
  )
  assert.equal(order.totalMoney.amount, 1000n)
  assert.deepEqual(
    order.lineItems.map(({ name, quantity }) => [name, quantity]),
    [
      ['Croissant', '2'],
      ['Comté', '0.350'],
    ],
  )
  assert.equal(order.closedAt, undefined)
  const read = await client.orders.get({ orderId: order.id })
  assert.equal(read.order.state, 'OPEN')
  assert.equal(read.order.referenceId, 'table-7')
})

test('a line takes the price of the article that it names', async () => {
  const { catalog_object: item } = ok(
    await server.api('POST', '/v2/catalog/object', {
      object: article('Tarte', 450),
      idempotency_key: key(),
    }),
  )
  const [variation] = item.item_data.variations
  const { order } = await open({ lineItems: [{ quantity: '2', catalogObjectId: variation.id }] })
  assert.equal(order.lineItems[0].name, 'Tarte')
  assert.equal(order.totalMoney.amount, 900n)
})

test('the same key makes one order', async () => {
  const once = key()
  const first = await open({}, once)
  const second = await open({}, once)
  assert.equal(second.order.id, first.order.id)
})

test('pay completes it, and its points are given to whom one says', async () => {
  const account = await world.newAccount()
  const { order } = await open({ lineItems: [line({ quantity: '10' })] })
  const accumulate = () =>
    client.loyalty.accounts.accumulatePoints({
      accountId: account.id,
      accumulatePoints: { orderId: order.id },
      idempotencyKey: key(),
      locationId: location.id,
    })
  await refused(accumulate(), 400, 'ORDER_EARNS_NOTHING', undefined) // it is open
  const paid = await client.orders.pay({ orderId: order.id, idempotencyKey: key(), paymentIds: [] })
  assert.equal(paid.order.state, 'COMPLETED')
  assert.ok(paid.order.closedAt)
  const again = await client.orders.pay({ orderId: order.id, idempotencyKey: key() })
  assert.equal(again.order.state, 'COMPLETED')
  const { events } = await accumulate()
  assert.equal(events[0].accumulatePoints.points, 12)
  await refused(accumulate(), 400, 'ORDER_ALREADY_CLAIMED', undefined)
  assert.equal(await world.balanceOf(account.id), 12)
})

test('what cannot be is refused by its field', async () => {
  const none = { locationId: 'loc_0000000000001' }
  await refused(open(none), 404, 'LOCATION_UNKNOWN', undefined)
  await refused(open({ lineItems: [] }), 400, 'FIELD_REQUIRED', 'order.line_items')
  const dollars = line({ basePriceMoney: { amount: 1n, currency: 'USD' } })
  const money = 'order.line_items[0].base_price_money.currency'
  await refused(open({ lineItems: [dollars] }), 400, 'CURRENCY_DIFFERS', money)
  const quantity = 'order.line_items[0].quantity'
  await refused(open({ lineItems: [line({ quantity: '1,5' })] }), 400, 'FIELD_VALUE', quantity)
  const nobodys = { quantity: '1', catalogObjectId: 'var_0000000000001' }
  const article = 'order.line_items[0].catalog_object_id'
  await refused(open({ lineItems: [nobodys] }), 404, 'VARIATION_UNKNOWN', article)
  const { order } = await open({})
  const pay = { orderId: order.id, idempotencyKey: key(), paymentIds: ['p1'] }
  await refused(client.orders.pay(pay), 400, 'FIELD_VALUE', 'payment_ids')
  const absent = { orderId: 'ord_0000000000001', idempotencyKey: key() }
  await refused(client.orders.pay(absent), 404, 'ORDER_UNKNOWN', undefined)
})
