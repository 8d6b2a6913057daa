/*
 * The counter tablet's side of the story: what its stream tells, what a claim gives, and what a
 * number typed by a stranger does not.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { tabletOf } from '../support/callers.mjs'
import { OpenApi } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { listen } from '../support/stream.mjs'
import { ok, sale } from '../support/story.mjs'

const api = new OpenApi()
let server, merchant, tablets, notice

before(async () => {
  /* A sign of life each second, so that a test can wait for several. */
  server = await Server.start({ args: ['--stream-keepalive-s', '1'] })
  merchant = server.demo.merchants[0]
  const codes = merchant.tablets.map(({ pairing_code }) => pairing_code)
  tablets = [await tabletOf(server, codes[0]), await tabletOf(server, codes[1])]
  notice = ok(await ask('GET', '/v2/tablet')).notice
})
after(() => server?.remove())

const registers = () => merchant.locations[0].registers
const ask = (method, path, body, tablet = tablets[0]) =>
  server.ask(method, path, { body, headers: tablet.headers })

/* A sale of so many cents on the first tablet's register; gives the message and our order's id. */
async function sell(total, more) {
  const message = sale(registers()[0].vendor_register, total, more)
  return { message, id: ok(await server.feed(message)).order.id }
}

const consent = () => ({
  notice_version: notice.version,
  language: notice.language,
})
const claim = (order_id, phone_number, more = {}, tablet) =>
  ask(
    'POST',
    '/v2/tablet/claims',
    {
      order_id,
      phone_number,
      consent: consent(),
      idempotency_key: randomUUID(),
      ...more,
    },
    tablet,
  )

/* Fails unless the reply is this refusal, and tells nothing of any account or customer. */
function refused(reply, status, code, field) {
  const [error] = reply.body.errors
  assert.deepEqual([reply.status, error.code, error.field], [status, code, field])
  assert.doesNotMatch(JSON.stringify(reply.body), /acc_|cus_|balance|name/)
}

const openStream = (tablet, after) => listen(server, tablet, after)

describe('a claim', () => {
  test('of a new number gives the points, and the account its balance and next reward', async () => {
    const order = await sell(1500)
    const reply = ok(await claim(order.id, '06 20 00 00 01'))
    const [cheapest] = merchant.programs[0].reward_tiers
    const { sign_in, ...told } = reply.claim
    assert.match(sign_in.url, /^http:.*\/app\/le-fournil\/#in=[0-9a-z]{26}$/)
    assert.deepEqual(
      { ...told, account: { balance: told.account.balance } },
      {
        order_id: order.id,
        points: 15,
        is_new: true,
        account: { balance: 15 },
        next_reward: {
          name: cheapest.name,
          points: cheapest.points,
          missing: cheapest.points - 15,
        },
        reward_available: null,
      },
    )
  })

  test('of a new number shows a way in, that opens the card it made, once', async () => {
    const { sign_in, account } = ok(await claim((await sell(1500)).id, '06 20 00 00 09')).claim
    const token = new URL(sign_in.url).hash.replace('#in=', '')
    const follow = () => server.ask('POST', '/v2/app/le-fournil/session/link', { body: { token } })
    const { session } = ok(await follow())
    assert.equal(session.customer.phone_number, '+33620000009')
    assert.deepEqual([session.accounts[0].id, session.accounts[0].balance], [account.id, 15])
    assert.equal((await follow()).body.errors[0].code, 'LINK_EXPIRED')
  })

  test('vouches for nobody whose number was known, with an account or without', async () => {
    const known = '+33620000008'
    const customer = { given_name: 'Anna', phone_number: known, idempotency_key: randomUUID() }
    ok(await server.api('POST', '/v2/customers', customer))
    const first = ok(await claim((await sell(1000)).id, known)).claim
    assert.deepEqual([first.is_new, first.sign_in], [true, undefined])
    const second = ok(await claim((await sell(1000)).id, known)).claim
    assert.deepEqual([second.is_new, second.sign_in], [false, undefined])
  })

  test('of a known number adds to its account and needs no notice', async () => {
    const first = ok(await claim((await sell(1000)).id, '06 20 00 00 02')).claim
    const second = ok(
      await claim((await sell(2000)).id, '+33 620000002', {
        consent: undefined,
      }),
    )
    assert.equal(second.claim.is_new, false)
    assert.equal(second.claim.account.id, first.account.id)
    assert.equal(second.claim.account.balance, 30)
    assert.equal(second.claim.reward_available.points, 20)
  })

  test('is done once for a key, however often it is sent', async () => {
    const order = await sell(700)
    const key = { idempotency_key: randomUUID() }
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => claim(order.id, '06 20 00 00 03', key)),
    )
    for (const reply of replies) assert.deepEqual(ok(reply), ok(replies[0]))
    assert.equal(ok(replies[0]).claim.account.balance, 7)
  })

  test('of two people at once is one of theirs', async () => {
    const order = await sell(900)
    const both = await Promise.all([
      claim(order.id, '06 20 00 00 04'),
      claim(order.id, '06 20 00 00 05'),
    ])
    const [won, lost] = both.sort((a, b) => a.status - b.status)
    assert.equal(ok(won).claim.points, 9)
    refused(lost, 400, 'ORDER_ALREADY_CLAIMED', undefined)
  })
})

describe('what a stranger types reveals nothing', () => {
  test('whether the number is known or not, without an order of this register', async () => {
    const known = '06 20 00 00 06'
    const waiting = await sell(800)
    ok(await claim(waiting.id, known))
    const elsewhere = await sell(500)
    for (const number of [known, '06 99 00 00 00']) {
      for (const more of [{}, { consent: undefined }]) {
        refused(await claim('ord_0000000000001', number, more), 404, 'ORDER_UNKNOWN', undefined)
        refused(await claim(waiting.id, number, more), 400, 'ORDER_ALREADY_CLAIMED', undefined)
        const other = await claim(elsewhere.id, number, more, tablets[1])
        refused(other, 404, 'ORDER_UNKNOWN', undefined)
      }
    }
  })

  test('a wrong number is named', async () => {
    const order = await sell(300)
    for (const number of ['12', '06 12', '+33 0', 'abc']) {
      refused(await claim(order.id, number), 400, 'PHONE_NUMBER_INVALID', 'phone_number')
    }
  })
})

describe('the stream', () => {
  test('tells an order as the state does, its claim, and nothing of other registers', async () => {
    const { seq } = ok(await ask('GET', '/v2/tablet'))
    const stream = await openStream(tablets[0], seq)
    await server.feed(sale(registers()[1].vendor_register, 5500))
    const order = await sell(4400)

    const told = await stream.next()
    assert.equal(told.name, 'order')
    assert.ok(told.id > seq)
    const { orders } = ok(await ask('GET', '/v2/tablet'))
    assert.deepEqual(told.data, orders.at(-1))
    assert.equal(told.data.id, order.id)
    assert.equal(told.data.points, 44)
    assert.equal(api.wrong('WaitingOrder', told.data), '')

    ok(await claim(order.id, '06 20 00 00 07'))
    const gone = await stream.next()
    assert.deepEqual([gone.name, gone.data], ['order_gone', { id: order.id, reason: 'claimed' }])
    stream.close()
  })

  test('tells whether a card paid that can be known again, and nothing of the card', async () => {
    const { seq } = ok(await ask('GET', '/v2/tablet'))
    const stream = await openStream(tablets[0], seq)
    const card = { fingerprint: 'f-20', brand: 'VISA', last_4: '4242' }
    for (const [paidBy, has_card] of [
      [card, true],
      [null, false],
    ]) {
      await sell(1000, { card: paidBy })
      const { data } = await stream.next()
      assert.equal(data.has_card, has_card)
      assert.doesNotMatch(JSON.stringify(data), /4242|VISA|f-20/)
    }
    stream.close()
  })

  test('goes on where it was broken, without missing or repeating', async () => {
    const { seq } = ok(await ask('GET', '/v2/tablet'))
    const sold = [await sell(100), await sell(200), await sell(300)].map(({ id }) => id)
    const first = await openStream(tablets[0], seq)
    const one = await first.next()
    first.close()
    const second = await openStream(tablets[0], one.id)
    const rest = [await second.next(), await second.next()]
    second.close()
    assert.deepEqual(
      [one, ...rest].map(({ data }) => data.id),
      sold,
    )
  })

  test('outlives its signs of life, and then still tells what happens', async () => {
    const { seq } = ok(await ask('GET', '/v2/tablet'))
    const stream = await openStream(tablets[0], seq)
    await sleep(2500)
    const { id } = await sell(700)
    assert.equal((await stream.next()).data.id, id)
    stream.close()
  })

  test('ends when another device takes the tablet’s place', async () => {
    const { seq } = ok(await ask('GET', '/v2/tablet', undefined, tablets[1]))
    const stream = await openStream(tablets[1], seq)
    const path = `/v2/tablets/${merchant.tablets[1].id}/pairing-code`
    const headers = { authorization: `Bearer ${merchant.api_key}` }
    const { pairing_code } = ok(await server.ask('POST', path, { body: {}, headers }))
    tablets[1] = await tabletOf(server, pairing_code.code)
    await stream.end()
    assert.equal((await ask('GET', '/v2/tablet', undefined, tablets[1])).status, 200)
  })

  test('tells a part refunded as other points, and the whole as gone', async () => {
    const { seq } = ok(await ask('GET', '/v2/tablet'))
    const stream = await openStream(tablets[0], seq)
    const { message, id } = await sell(1000)
    assert.equal((await stream.next()).data.points, 10)
    const refund = (total) =>
      server.feed(
        sale(message.register, total, {
          event: 'refunded',
          refund_of: message.sale_id,
          lines: [],
        }),
      )
    ok(await refund(400))
    const less = await stream.next()
    assert.deepEqual([less.name, less.data.id, less.data.points], ['order', id, 6])
    ok(await refund(600))
    const gone = await stream.next()
    assert.deepEqual([gone.name, gone.data], ['order_gone', { id, reason: 'refunded' }])
    stream.close()
  })
})
