/*
 * What our till gives back over HTTP: by lines, by an amount, as a credit note; once, by those who
 * may.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { newPhone } from '../support/guest.mjs'
import { Server } from '../support/server.mjs'
import { signInAs } from '../support/staff.mjs'
import { ok } from '../support/story.mjs'

let server, place, program
before(async () => {
  server = await Server.start()
  const [merchant] = server.demo.merchants
  place = merchant.locations[0].id
  program = merchant.programs[0]
})
after(async () => {
  const audit = server && (await server.habitue('audit'))
  await server?.remove()
  assert.match(audit, /All balances, lots and events agree/)
})

const euros = (amount) => ({ amount, currency: 'EUR' })
const post = (path, body) => server.api('POST', path, { idempotency_key: randomUUID(), ...body })
const show = async ({ id }) => ok(await server.api('GET', `/v2/orders/${id}`)).order
const LINES = [
  { name: 'Croissant', quantity: '3', price_money: euros(120) },
  { name: 'Tarte', quantity: '1', price_money: euros(640) },
]
/* 10.00, to somebody new or to nobody. */
async function sell(customer_id) {
  const sale = { lines: LINES, ...(customer_id && { customer_id }) }
  return ok(await post('/v2/till/sales', { location_id: place, sale })).order
}
async function member() {
  const mapping = { phone_number: newPhone() }
  const reply = await post('/v2/loyalty/accounts', {
    loyalty_account: { program_id: program.id, mapping },
  })
  return ok(reply).loyalty_account
}
const balanceOf = async ({ id }) =>
  ok(await server.api('GET', `/v2/loyalty/accounts/${id}`)).loyalty_account.balance
const giveBack = (order, body) => post(`/v2/till/sales/${order.id}/refund`, body)
const quoteOf = (order, body) => server.api('POST', `/v2/till/sales/${order.id}/refund-quote`, body)
function refused(reply, status, code, field) {
  const [error] = reply.body.errors ?? [{}]
  assert.deepEqual([reply.status, error.code, error.field], [status, code, field])
}

test('lines go back one by one, and the order says which, why and by whom', async () => {
  const account = await member()
  const order = await sell(account.customer_id)
  const had = await balanceOf(account)
  const one = { line_items: [{ uid: '1', quantity: '2' }], reason: 'DEFECTIVE' }
  const quote = ok(await quoteOf(order, one)).quote
  assert.deepEqual([quote.amount_money.amount, quote.left_money.amount], [240, 760])
  assert.equal((await show(order)).refunded_money.amount, 0) // a quote changes nothing

  const given = ok(await giveBack(order, one))
  assert.equal(given.refund.amount_money.amount, 240)
  assert.equal(given.credit_note, null)
  assert.equal(given.moved[0].balance, await balanceOf(account))
  assert.equal(given.moved[0].points, (await balanceOf(account)) - had)
  const seen = await show(order)
  assert.deepEqual(seen.returned_line_items, [
    { uid: '1', quantity: '2', amount_money: euros(240) },
  ])
  assert.equal(seen.refunds[0].reason, 'DEFECTIVE')
  const more = { line_items: [{ uid: '1', quantity: '2' }] }
  refused(await giveBack(order, more), 400, 'FIELD_RANGE', 'line_items[0].quantity')

  const rest = ok(await giveBack(order, { amount_money: euros(760) }))
  assert.equal(rest.order.net_amounts.total_money.amount, 0)
  assert.equal(await balanceOf(account), 0)
  assert.equal((await show(order)).returned_line_items.length, 2)
  refused(
    await giveBack(order, { amount_money: euros(1) }),
    400,
    'FIELD_RANGE',
    'amount_money.amount',
  )
})

test('as a credit note it is spent at the next sale; of nobody known, by its code', async () => {
  const order = await sell()
  const body = { amount_money: euros(500), to_credit_note: true, reason: 'CHANGED_MIND' }
  const { credit_note: note, refund, moved } = ok(await giveBack(order, body))
  assert.equal(note.balance_money.amount, 500)
  assert.deepEqual([note.reason, note.order_id, note.customer_id], ['refund', order.id, undefined])
  assert.equal(refund.credit_note_id, note.id)
  assert.deepEqual(moved, [])
  const sale = { lines: LINES, credit_notes: [{ code: note.code }] }
  const next = ok(await post('/v2/till/sales', { location_id: place, sale })).order
  assert.equal(next.total_money.amount, 500)
})

test('sent many times at once, by anybody, it is one refund and one note', async () => {
  const order = await sell((await member()).customer_id)
  const body = { amount_money: euros(300), to_credit_note: true, idempotency_key: randomUUID() }
  const replies = await Promise.all(Array.from({ length: 6 }, () => giveBack(order, body)))
  assert.equal(new Set(replies.map((reply) => ok(reply).credit_note.id)).size, 1)
  assert.equal((await show(order)).refunds.length, 1)
  const other = await sell()
  refused(await giveBack(other, body), 400, 'IDEMPOTENCY_KEY_REUSED', 'idempotency_key')
})

test('of two refunds at once that are more than all of it, one is refused', async () => {
  const order = await sell()
  const replies = await Promise.all(
    [600, 600].map((amount) => giveBack(order, { amount_money: euros(amount) })),
  )
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400])
  assert.equal((await show(order)).refunded_money.amount, 600)
})

test('what makes no sense is refused, with the field', async () => {
  const order = await sell()
  const lines = (...line_items) => ({ line_items })
  const line = (uid, quantity = '1') => ({ uid, quantity })
  for (const [body, field] of [
    [lines(line('3')), 'line_items[0].uid'],
    [lines(line('0')), 'line_items[0].uid'],
    [lines(line('un')), 'line_items[0].uid'],
    [lines(line('1'), line('1')), 'line_items[1].uid'],
    [lines(line('1', '0')), 'line_items[0].quantity'],
    [lines(line('1', '1,5')), 'line_items[0].quantity'],
    [{ to_credit_note: true }, 'to_credit_note'],
    [{ reason: 'BORED', amount_money: euros(1) }, 'reason'],
    [{ ...lines(line('1')), amount_money: euros(1) }, 'line_items'],
  ]) {
    refused(await giveBack(order, body), 400, 'FIELD_VALUE', field)
    refused(await quoteOf(order, body), 400, 'FIELD_VALUE', field)
  }
  assert.equal((await show(order)).refunded_money.amount, 0)
})

test('who sold by mistake undoes it, without the right to refund; nobody else does', async () => {
  const [, , one] = server.demo.merchants[0].staff
  const cashier = await signInAs(server, one)
  const account = await member()
  const sale = { lines: LINES, customer_id: account.customer_id }
  const told = { location_id: place, sale, idempotency_key: randomUUID() }
  const { order } = ok(await cashier.ask('POST', '/v2/till/sales', told))
  assert.ok(order.undo_until > order.closed_at)
  const path = `/v2/till/sales/${order.id}`
  const why = { reason: 'MISTAKE', idempotency_key: randomUUID() }
  assert.equal((await cashier.ask('POST', `${path}/refund`, why)).status, 403)
  refused(await post(`${path}/void`, why), 400, 'SALE_OF_ANOTHER')
  const nameless = { idempotency_key: randomUUID() }
  refused(await cashier.ask('POST', `${path}/void`, nameless), 400, 'FIELD_REQUIRED', 'reason')

  const undone = ok(await cashier.ask('POST', `${path}/void`, why))
  assert.equal(undone.order.state, 'CANCELED')
  assert.equal(undone.moved[0].balance, 0)
  ok(await cashier.ask('POST', `${path}/void`, { ...why, idempotency_key: randomUUID() }))
  const list = { query: { filter: { location_ids: [place] } }, limit: 5 }
  const { orders } = ok(await server.api('POST', '/v2/orders/search', list))
  const { void: gone } = orders.find(({ id }) => id === order.id)
  assert.deepEqual([gone.reason, gone.team_member_name], ['MISTAKE', one.name])

  const filter = { customer_filter: { customer_id: account.customer_id } }
  const found = await server.api('POST', '/v2/loyalty/events/search', { query: { filter } })
  const back = ok(found).events.filter(({ order_return }) => order_return)
  assert.ok(back.length > 0)
  for (const { order_return, actor } of back) {
    assert.deepEqual(order_return, { kind: 'VOID', reason: 'MISTAKE' })
    assert.equal(actor.name, one.name)
  }
})
