/*
 * What was sold, as Square's SDK reads it: orders of the feed, of Square and of our till; found by
 * day, card, customer, state and place, page by page, the newest first.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { SquareWorld, phone, refused } from '../support/square.mjs'
import { deliverSquare, ok, sale, squarePayment } from '../support/story.mjs'

const world = new SquareWorld()
let client, location, merchant, server, notice, tablet
before(async () => {
  await world.start()
  ;({ client, location, merchant, server } = world)
  notice = ok(await server.api('POST', '/v2/till/open', {})).notice
  tablet = await tabletOf(server, merchant.tablets[0].pairing_code)
})
after(() => world.stop())

const register = (i = 0) => merchant.locations[0].registers[i]
const euros = (amount) => ({ amount, currency: 'EUR' })
const tell = async (total, more = {}) =>
  ok(await server.feed(sale(register().vendor_register, total, more))).order.id
const card = (last_4, fingerprint = randomUUID()) => ({
  card: { fingerprint, brand: 'VISA', last_4 },
})
const show = async (orderId) => (await client.orders.get({ orderId })).order
const sell = async (total, more = {}) =>
  ok(
    await server.api('POST', '/v2/till/sales', {
      sale: { lines: [{ name: 'Panier', price_money: euros(total) }], ...more },
      idempotency_key: randomUUID(),
    }),
  )
const claimAtTablet = async (order_id, phone_number, card_link) =>
  ok(
    await server.ask('POST', '/v2/tablet/claims', {
      headers: tablet.headers,
      body: {
        order_id,
        phone_number,
        consent: { notice_version: notice.version, language: notice.language, card_link },
        idempotency_key: randomUUID(),
      },
    }),
  ).claim

/* Ours, without the SDK: gives the ids of a page. */
async function search(filter, more = {}) {
  const reply = await server.api('POST', '/v2/orders/search', { query: { filter }, ...more })
  return ok(reply).orders.map(({ id }) => id)
}
const refusedSearch = async (body) => {
  const { status, body: reply } = await server.api('POST', '/v2/orders/search', body)
  return [status, reply.errors?.[0].code, reply.errors?.[0].field]
}

describe('an order', () => {
  test('of a POS says what was sold, with which card, and waits', async () => {
    const id = await tell(1250, { tip: 100, tax: 65, ...card('4242') })
    const order = await show(id)
    assert.equal(order.id, id)
    assert.equal(order.locationId, location.id)
    assert.equal(order.state, 'COMPLETED')
    assert.equal(order.totalMoney.amount, 1350n)
    assert.equal(order.totalTipMoney.amount, 100n)
    assert.equal(order.totalTaxMoney.amount, 65n)
    assert.equal(order.netAmounts.totalMoney.amount, 1350n)
    assert.deepEqual(
      [order.lineItems[0].name, order.lineItems[0].quantity, order.lineItems[0].totalMoney.amount],
      ['Baguette', '1', 1250n],
    )
    assert.equal(order.tenders[0].type, 'CARD')
    assert.deepEqual(
      [order.tenders[0].cardDetails.card.cardBrand, order.tenders[0].cardDetails.card.last4],
      ['VISA', '4242'],
    )
    assert.equal(order.customerId, undefined)
    const { body } = await server.api('GET', `/v2/orders/${id}`)
    assert.deepEqual(
      [body.order.claim_state, body.order.points, body.order.register.id, body.order.source],
      ['WAITING', 12, register().id, { name: 'feed', vendor: 'feed' }],
    )
    assert.deepEqual([body.order.refunds, body.order.loyalty_events], [[], []])
  })

  test('tells its refunds and what its points did', async () => {
    const { order, earned } = await sell(2000, {
      customer_id: (await world.newAccount()).customerId,
    })
    const message = sale(register().vendor_register, 1000)
    const { id } = ok(await server.feed(message)).order
    const number = phone()
    await claimAtTablet(id, number)
    const refund = (refund_id, amount) =>
      server.feed({
        ...sale(message.register, 0, { event: 'refunded', refund_of: message.sale_id, lines: [] }),
        refund: { id: refund_id, amount },
        total: undefined,
      })
    ok(await refund('r-1', 400))
    ok(await refund('r-2', 100))
    const shown = await show(id)
    assert.deepEqual(
      shown.refunds.map((one) => [one.id, one.amountMoney.amount, one.status]).sort(),
      [
        ['r-1', 400n, 'APPROVED'],
        ['r-2', 100n, 'APPROVED'],
      ],
    )
    assert.equal(shown.netAmounts.totalMoney.amount, 500n)
    const { body } = await server.api('GET', `/v2/orders/${id}`)
    assert.equal(body.order.refunded_money.amount, 500)
    assert.equal(body.order.points, 10)
    assert.deepEqual(
      body.order.loyalty_events.map(({ type }) => type),
      ['ACCUMULATE_POINTS', 'ADJUST_POINTS', 'ADJUST_POINTS'],
    )
    const ours = ok(await server.api('GET', `/v2/orders/${order.id}`)).order
    assert.equal(ours.loyalty_events[0].accumulate_points.points, earned.points)
    assert.deepEqual(ours.source, { name: 'Caisse Habitué', vendor: 'till' })
  })

  test('was paid by whoever the card belongs to, also when nobody claimed it', async () => {
    const fingerprint = randomUUID()
    const number = phone()
    const first = await tell(900, card('5678', fingerprint))
    await claimAtTablet(first, number, true)
    const found = ok(await server.api('POST', '/v2/till/identify', { phone_number: number }))
    const customerId = found.customer.id
    ok(
      await server.api('PUT', `/v2/customers/${customerId}`, {
        given_name: 'Marie',
        family_name: 'Curie',
      }),
    )
    const second = await tell(800, card('5678', fingerprint))
    const { body } = await server.api('GET', `/v2/orders/${second}`)
    assert.deepEqual(body.order.paid_by, { customer_id: customerId, name: 'Marie Curie' })
    assert.deepEqual([body.order.claim_state, body.order.customer_id], ['WAITING', undefined])
    const other = ok(await server.api('GET', `/v2/orders/${first}`)).order
    assert.deepEqual([other.customer_id, other.paid_by.name], [customerId, 'Marie Curie'])
  })

  test('of Square is one, too', async () => {
    const told = ok(await deliverSquare(server, squarePayment(server, 800)))
    const { body } = await server.api('GET', `/v2/orders/${told.order.id}`)
    assert.deepEqual(body.order.source, { name: 'Square', vendor: 'square' })
    assert.deepEqual([body.order.total_money.amount, body.order.line_items], [800, []])
  })

  test('of a place that nobody knows has none', async () => {
    const message = sale('1', 700, { establishment: `somewhere ${randomUUID()}` })
    const { id } = ok(await server.feed(message)).order
    const { body } = await server.api('GET', `/v2/orders/${id}`)
    assert.deepEqual(
      [body.order.location_id, body.order.register, body.order.claim_state],
      [undefined, undefined, 'NONE'],
    )
    assert.equal((await show(id)).totalMoney.amount, 700n)
  })

  test('of another merchant is not there', async () => {
    const id = await tell(100)
    const others = world.clientOf(server.demo.merchants[1].api_key)
    await refused(others.orders.get({ orderId: id }), 404, 'ORDER_UNKNOWN', undefined)
    const found = await others.orders.search({})
    assert.ok(found.orders.every((order) => order.id !== id))
  })
})

describe('a search', () => {
  test('gives the newest first, page by page, each once', async () => {
    const at = (minute) => new Date(Date.UTC(2026, 4, 1, 10, minute)).toISOString()
    const told = []
    /* Not in the order in which they were closed; two at the same moment. */
    for (const minute of [3, 1, 4, 1, 5, 9, 2]) {
      told.push({ id: await tell(500, { closed_at: at(minute) }), minute })
    }
    const wanted = told
      .toSorted((a, b) => b.minute - a.minute || (a.id < b.id ? 1 : -1))
      .map(({ id }) => id)
    const found = []
    let cursor
    do {
      const page = await client.orders.search({
        locationIds: [location.id],
        query: {
          filter: { dateTimeFilter: { closedAt: { startAt: at(0), endAt: at(30) } } },
          sort: { sortField: 'CLOSED_AT', sortOrder: 'DESC' },
        },
        limit: 2,
        cursor,
      })
      found.push(...page.orders.map(({ id }) => id))
      ;({ cursor } = page)
    } while (cursor)
    assert.deepEqual(found, wanted)
    const closed_at = { start_at: at(3), end_at: at(5) }
    assert.equal((await search({ closed_at })).length, 2) // from the third minute, until the fifth
  })

  test('finds by card, customer, state and place, and by several of them', async () => {
    const last_4 = '9137'
    const paid = await tell(1100, card(last_4))
    const again = await tell(300, card(last_4))
    await tell(400, card('9138'))
    assert.deepEqual(await search({ card_last_4: last_4 }), [again, paid])

    const { customerId: customer_id } = await world.newAccount()
    const mine = (await sell(1200, { customer_id })).order.id
    const later = (await sell(200, { customer_id })).order.id
    assert.deepEqual(await search({ customer_id }), [later, mine])
    assert.deepEqual(await search({ customer_id }, { limit: 1 }), [later])
    assert.deepEqual(await search({ customer_id, card_last_4: last_4 }), [])
    const bySquare = await client.orders.search({
      query: { filter: { customerFilter: { customerIds: [customer_id] } } },
    })
    assert.deepEqual(
      bySquare.orders.map(({ id }) => id),
      [later, mine],
    )

    assert.deepEqual(await search({ card_last_4: last_4, claim_state: 'WAITING' }), [again, paid])
    assert.deepEqual(await search({ card_last_4: last_4, claim_state: 'CLAIMED' }), [])
    const elsewhere = { customer_id, location_ids: [merchant.locations[1].id] }
    assert.deepEqual(await search(elsewhere), [])
    const here = [merchant.locations[1].id, location.id]
    assert.deepEqual(await search({ customer_id }, { location_ids: here }), [later, mine])
    assert.deepEqual(await search({ customer_id: 'cus_0000000000001' }), [])
  })

  test('that means nothing is refused by its field', async () => {
    const time = { start_at: '2026-01-01T00:00:00Z' }
    const of = 'query.filter'
    for (const [filter, code, field] of [
      [{ claim_state: 'waiting' }, 'FIELD_VALUE', `${of}.claim_state`],
      [{ card_last_4: '42424' }, 'FIELD_TOO_LONG', `${of}.card_last_4`],
      [{ closed_at: { start_at: 'today' } }, 'TIME_MALFORMED', `${of}.closed_at.start_at`],
      [
        { closed_at: time, date_time_filter: { closed_at: time } },
        'FIELD_VALUE',
        `${of}.date_time_filter.closed_at`,
      ],
      [
        { customer_filter: { customer_ids: ['cus_0000000000001', 'cus_0000000000002'] } },
        'FIELD_VALUE',
        `${of}.customer_filter.customer_ids`,
      ],
      [{ location_ids: Array(9).fill(location.id) }, 'FIELD_TOO_LONG', `${of}.location_ids`],
    ]) {
      assert.deepEqual(await refusedSearch({ query: { filter } }), [400, code, field])
    }
    const both = { location_ids: [location.id], query: { filter: { location_ids: [location.id] } } }
    assert.deepEqual(await refusedSearch(both), [400, 'FIELD_VALUE', 'location_ids'])
    assert.deepEqual(await refusedSearch({ limit: 101 }), [400, 'FIELD_RANGE', 'limit'])
    assert.deepEqual(await refusedSearch({ cursor: 'x' }), [400, 'CURSOR_MALFORMED', 'cursor'])
    const sort = { query: { sort: { sort_field: 'CREATED_AT' } } }
    assert.deepEqual(await refusedSearch(sort), [400, 'FIELD_VALUE', 'query.sort.sort_field'])
  })
})
