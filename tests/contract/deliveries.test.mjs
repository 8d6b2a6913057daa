/*
 * A POS tells everything more than once, out of order and all at once, on PostgreSQL to two servers
 * of one database: each sale counts once, and one of several claims at the same moment wins.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { Server } from '../support/server.mjs'
import { ok, sale } from '../support/story.mjs'

const SALES = 20
const TIMES = 3
const TOTAL = 2000
const REFUND = 500

let server, nodes, tablet, notice, register

before(async () => {
  server = await Server.start()
  nodes = [server, await server.beside(2)].filter(Boolean)
  const merchant = server.demo.merchants[0]
  register = merchant.locations[0].registers[0].vendor_register
  tablet = await tabletOf(server, merchant.tablets[0].pairing_code)
  notice = ok(await ask('GET', '/v2/tablet')).notice
})
after(async () => {
  await Promise.all(nodes.slice(1).map((node) => node.end()))
  await server.remove()
})

const ask = (method, path, body, node = server) =>
  node.ask(method, path, { body, headers: tablet.headers })

const refundOf = ({ sale_id, closed_at }) => ({
  event: 'refunded',
  sale_id: randomUUID(),
  refund_of: sale_id,
  closed_at,
  total: REFUND,
})

function shuffled(list) {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[list[i], list[j]] = [list[j], list[i]]
  }
  return list
}

test('every sale and refund told many times at once counts once', async () => {
  const sent_at = new Date().toISOString()
  const sales = Array.from({ length: SALES }, () => sale(register, TOTAL, { sent_at }))
  const messages = sales.flatMap((told) => [told, { ...refundOf(told), sent_at }])
  const deliveries = shuffled(
    nodes.flatMap((node) => Array(TIMES).fill(messages.map((m) => ({ node, m })))).flat(),
  )
  const replies = await Promise.all(deliveries.map(({ node, m }) => node.feed(m)))

  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200])
  const { orders } = ok(await ask('GET', '/v2/tablet'))
  assert.equal(orders.length, SALES)
  assert.equal(new Set(orders.map(({ id }) => id)).size, SALES)
  const left = (TOTAL - REFUND) / 100
  assert.deepEqual([...new Set(orders.map(({ points }) => points))], [left])
})

test('of several claims of one order at once, one is given its points', async () => {
  const [order] = ok(await ask('GET', '/v2/tablet')).orders
  const phones = ['06 12 34 56 70', '06 12 34 56 71', '06 12 34 56 72', '06 12 34 56 73']
  const replies = await Promise.all(
    phones.map((phone_number, i) =>
      ask(
        'POST',
        '/v2/tablet/claims',
        {
          order_id: order.id,
          phone_number,
          consent: { notice_version: notice.version, language: notice.language },
          idempotency_key: randomUUID(),
        },
        nodes[i % nodes.length],
      ),
    ),
  )
  const given = replies.filter(({ status }) => status === 200)
  const refused = replies.filter(({ status }) => status !== 200)

  assert.equal(given.length, 1)
  assert.equal(given[0].body.claim.account.balance, order.points)
  for (const { body } of refused) assert.equal(body.errors[0].code, 'ORDER_ALREADY_CLAIMED')
})

test('afterwards the books agree', async () => {
  assert.match(await server.habitue('audit'), /agree/)
})
