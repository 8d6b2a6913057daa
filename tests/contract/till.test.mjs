/*
 * Our own till: what it sells is counted once, goes the way of a POS's order, and gives points to
 * whoever it is for; who stands there, and how they come into the app.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { cookieOf } from '../support/cookies.mjs'
import { OpenApi } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { article, ok } from '../support/story.mjs'
import { familyOf } from '../support/till.mjs'

const api = new OpenApi()
let server, merchant, cashier, manager, notice, place

/* Somebody's requests, each reply checked against openapi.yaml. */
async function signIn(role) {
  const { email, password } = merchant.staff.find((person) => person.role === role)
  const reply = await server.ask('POST', '/v2/session', { body: { email, password } })
  const headers = { cookie: cookieOf(reply), 'x-habitue-csrf': ok(reply).csrf_token }
  return { id: ok(reply).session.team_member.id, ask: as(headers) }
}
const as = (headers) => async (method, path, body) => {
  const reply = await server.ask(method, path, { body, headers })
  const operation = api.find(method, path)
  assert.equal(api.wrongReply(operation, reply.status, reply.body), '', JSON.stringify(reply.body))
  return reply
}

before(async () => {
  server = await Server.start()
  merchant = server.demo.merchants[0]
  place = merchant.locations[0].id
  cashier = await signIn('cashier')
  manager = await signIn('manager')
  notice = ok(await cashier.ask('POST', '/v2/till/open', {})).notice
})
after(() => server?.remove())

let phones = 0
let phone
beforeEach(() => (phone = `06 31 00 00 ${String(++phones).padStart(2, '0')}`))

const euros = (amount) => ({ amount, currency: 'EUR' })
const goods = (amount, more = {}) => ({ name: 'Panier', price_money: euros(amount), ...more })
const sell = (lines, more = {}, { key = randomUUID(), who = cashier, at = place } = {}) =>
  who.ask('POST', '/v2/till/sales', {
    location_id: at,
    sale: { lines: [lines].flat(), ...more },
    idempotency_key: key,
  })
const consent = () => ({ notice_version: notice.version, language: notice.language })
const claim = (order, more = {}, who = cashier) =>
  who.ask('POST', `/v2/till/sales/${order.id}/claim`, {
    phone_number: phone,
    consent: consent(),
    idempotency_key: randomUUID(),
    ...more,
  })
const identify = (who) => cashier.ask('POST', '/v2/till/identify', who)

/* Somebody who has just joined with so many euros. */
async function newcomer(amount = 100) {
  const { order } = ok(await sell(goods(amount)))
  return ok(await claim(order)).claim
}

function refused(reply, status, code, field) {
  const [error] = reply.body.errors ?? [{}]
  assert.deepEqual([reply.status, error.code, error.field], [status, code, field])
}

describe('opening', () => {
  test('gives all that a till needs, to all who work there', async () => {
    const object = article('Millefeuille', 450, { position: 0 })
    object.item_data.category_id = await familyOf(server, 'Pâtisserie')
    const { catalog_object: item } = ok(
      await manager.ask('POST', '/v2/catalog/object', { object, idempotency_key: randomUUID() }),
    )
    const opened = ok(await cashier.ask('POST', '/v2/till/open', { location_id: place }))
    assert.equal(opened.till.location.id, place)
    assert.equal(opened.till.register.name, 'Caisse Habitué')
    const key = opened.items.find(({ id }) => id === item.id)
    assert.deepEqual(
      [key.name, key.category.name, key.variations.map(({ price_money }) => price_money.amount)],
      ['Millefeuille', 'Pâtisserie', [450]],
    )
    assert.equal(opened.program.id, merchant.programs[0].id)
    assert.match(opened.notice.text, new RegExp(merchant.name))
    assert.deepEqual(
      opened.locations.map(({ id }) => id),
      merchant.locations.map(({ id }) => id),
    )
  })

  test('many at once open one till', async () => {
    const other = merchant.locations.at(-1).id
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        (i % 2 ? cashier : manager).ask('POST', '/v2/till/open', { location_id: other }),
      ),
    )
    const registers = new Set(all.map((reply) => ok(reply).till.register.id))
    assert.equal(registers.size, 1)
  })

  test('another’s location is not there', async () => {
    const { locations } = server.demo.merchants[1]
    const reply = await cashier.ask('POST', '/v2/till/open', { location_id: locations[0].id })
    refused(reply, 404, 'LOCATION_UNKNOWN', undefined)
  })
})

describe('a sale', () => {
  test('comes to what its lines come to', async () => {
    const { order, earned, waiting_points } = ok(
      await sell([
        goods(2490, { name: 'Comté', quantity: '0.350' }),
        goods(120, { quantity: '3' }),
        { name: 'Lot', quantity: '6', total_money: euros(500) },
        goods(0, { name: 'Offert' }),
      ]),
    )
    assert.equal(order.total_money.amount, 872 + 360 + 500)
    assert.deepEqual(
      order.line_items.map((line) => [line.name, line.quantity, line.total_money.amount]),
      [
        ['Comté', '0.350', 872],
        ['Panier', '3', 360],
        ['Lot', '6', 500],
        ['Offert', '1', 0],
      ],
    )
    assert.deepEqual(
      [order.state, order.claim_state, order.source.vendor, order.team_member_id],
      ['COMPLETED', 'WAITING', 'till', cashier.id],
    )
    assert.deepEqual([earned, waiting_points, order.points], [null, 17, 17])
  })

  test('of an article takes its name and price', async () => {
    const body = { object: article('Flan 🥧', 310), idempotency_key: randomUUID() }
    const { catalog_object: item } = ok(await manager.ask('POST', '/v2/catalog/object', body))
    const { order } = ok(await sell({ item_id: item.id, quantity: '2' }))
    assert.deepEqual([order.line_items[0].name, order.total_money.amount], ['Flan 🥧', 620])
    const [{ id: variation_id }] = item.item_data.variations
    assert.equal(ok(await sell({ variation_id, quantity: '3' })).order.total_money.amount, 930)
    const open = {
      ...item,
      item_data: { ...item.item_data, variations: [{ type: 'ITEM_VARIATION' }] },
    }
    const { catalog_object: priceless } = ok(
      await manager.ask('POST', '/v2/catalog/object', {
        object: open,
        idempotency_key: randomUUID(),
      }),
    )
    const [{ id }] = priceless.item_data.variations
    const untold = await sell({ variation_id: id })
    refused(untold, 400, 'FIELD_REQUIRED', 'sale.lines[0].price_money')
    ok(await manager.ask('DELETE', `/v2/catalog/object/${item.id}`))
    const late = ok(await sell({ item_id: item.id, price_money: euros(300) }))
    assert.deepEqual(
      [late.order.line_items[0].name, late.order.total_money.amount],
      ['Flan 🥧', 300],
    )
  })

  test('for a customer is credited at once', async () => {
    const joined = await newcomer(1500)
    const { order, earned, waiting_points } = ok(
      await sell(goods(2000), { customer_id: joined.customer_id }),
    )
    assert.equal(earned.account_id, joined.account.id)
    assert.deepEqual([earned.points, earned.balance, waiting_points], [20, 35, 0])
    assert.ok(earned.reward_available.points <= 35)
    assert.ok(earned.next_reward.missing > 0)
    assert.deepEqual(
      [order.claim_state, order.customer_id, order.paid_by.customer_id],
      ['CLAIMED', joined.customer_id, joined.customer_id],
    )
  })

  test('tapped twice, or sent again by whoever signs in next, is counted once', async () => {
    const joined = await newcomer(100)
    const key = randomUUID()
    const customer = { customer_id: joined.customer_id }
    const taps = await Promise.all(
      Array.from({ length: 6 }, () => sell(goods(1000), customer, { key })),
    )
    const [first] = taps.map(ok)
    for (const tap of taps) assert.deepEqual(ok(tap), first)
    const again = ok(await sell(goods(1000), customer, { key, who: manager }))
    assert.deepEqual([again.order.id, again.earned.points], [first.order.id, 10])
    assert.equal(again.order.team_member_id, cashier.id)
    const { accounts } = ok(await identify({ phone_number: phone }))
    assert.equal(accounts[0].balance, 11)
    for (const who of [cashier, manager]) {
      const other = await sell(goods(1100), customer, { key, who })
      refused(other, 400, 'IDEMPOTENCY_KEY_REUSED', 'idempotency_key')
    }
  })

  test('under the minimum gives nothing, and can be joined by', async () => {
    const { order, waiting_points } = ok(await sell(goods(99)))
    assert.deepEqual([waiting_points, order.claim_state], [0, 'NONE'])
    const joined = ok(await claim(order)).claim
    assert.deepEqual([joined.points, joined.is_new, joined.account.balance], [0, true, 0])
  })

  test('that is empty, negative or absurd is refused by its field', async () => {
    const line = (more) => ({ name: 'x', quantity: '1', price_money: euros(100), ...more })
    const big = 10 ** 12
    for (const [lines, code, field] of [
      [[], 'FIELD_REQUIRED', 'sale.lines'],
      [line({ quantity: '0' }), 'FIELD_RANGE', 'sale.lines[0].quantity'],
      [line({ quantity: '-1' }), 'FIELD_RANGE', 'sale.lines[0].quantity'],
      [line({ quantity: '1,5' }), 'FIELD_VALUE', 'sale.lines[0].quantity'],
      [line({ quantity: '' }), 'FIELD_VALUE', 'sale.lines[0].quantity'],
      [line({ quantity: '1e9' }), 'FIELD_VALUE', 'sale.lines[0].quantity'],
      [line({ price_money: euros(-1) }), 'FIELD_RANGE', 'sale.lines'],
      [line({ price_money: euros(1.5) }), 'FIELD_TYPE', 'sale.lines[0].price_money.amount'],
      [line({ price_money: euros(big + 1) }), 'FIELD_RANGE', 'sale.lines[0].price_money.amount'],
      [line({ price_money: euros(big), quantity: '2' }), 'FIELD_RANGE', 'sale.lines[0].quantity'],
      [[line({ price_money: euros(big) }), line()], 'FIELD_RANGE', 'sale.lines'],
      [line({ price_money: euros(0) }), 'FIELD_RANGE', 'sale.lines'],
      [line({ price_money: undefined }), 'FIELD_REQUIRED', 'sale.lines[0].price_money'],
      [line({ total_money: euros(5) }), 'FIELD_VALUE', 'sale.lines[0].total_money.currency'],
      [line({ name: '  ' }), 'FIELD_REQUIRED', 'sale.lines[0].name'],
      [
        line({ price_money: { amount: 1, currency: 'USD' } }),
        'CURRENCY_DIFFERS',
        'sale.lines[0].price_money.currency',
      ],
      [
        [line(), line({ price_money: { amount: 1, currency: 'USD' } })],
        'CURRENCY_DIFFERS',
        'sale.lines[1].price_money.currency',
      ],
      [
        line({ price_money: { amount: 1 } }),
        'FIELD_REQUIRED',
        'sale.lines[0].price_money.currency',
      ],
      [line({ surprise: 1 }), 'FIELD_UNKNOWN', 'sale.lines[0].surprise'],
      [Array(501).fill(line()), 'FIELD_TOO_LONG', 'sale.lines'],
    ]) {
      refused(await sell(lines), 400, code, field)
    }
    const nobody = { customer_id: 'cus_0000000000001' }
    refused(await sell(goods(100), nobody), 404, 'CUSTOMER_UNKNOWN', 'sale.customer_id')
    const nothing = goods(100, { item_id: 'itm_0000000000001' })
    refused(await sell(nothing), 404, 'ITEM_UNKNOWN', 'sale.lines[0].item_id')
    const none = goods(100, { variation_id: 'var_0000000000001' })
    refused(await sell(none), 404, 'VARIATION_UNKNOWN', 'sale.lines[0].variation_id')
  })

  test('is shown on a tablet only once one is set to the till’s register', async () => {
    const { headers } = await tabletOf(server, merchant.tablets[0].pairing_code)
    const waiting = async () =>
      ok(await server.ask('GET', '/v2/tablet', { headers })).orders.map(({ id }) => id)
    const { order } = ok(await sell(goods(900)))
    assert.ok(!(await waiting()).includes(order.id))
    const path = `/v2/tablets/${merchant.tablets[0].id}`
    const { till } = ok(await cashier.ask('POST', '/v2/till/open', { location_id: place }))
    const tablet = { name: 'Comptoir', location_id: place, register_id: till.register.id }
    ok(await server.api('PUT', path, { tablet }))
    assert.ok((await waiting()).includes(order.id))
  })

  test('is recorded while the program sleeps', async () => {
    const joined = await newcomer(100)
    const path = `/v2/loyalty/programs/${merchant.programs[0].id}`
    const turn = async (status) => ok(await server.api('PUT', path, { program: { status } }))
    await turn('INACTIVE')
    try {
      assert.equal(ok(await cashier.ask('POST', '/v2/till/open', {})).program, null)
      const sold = ok(await sell(goods(1000), { customer_id: joined.customer_id }))
      assert.deepEqual([sold.earned, sold.waiting_points], [null, 0])
      assert.equal(sold.order.total_money.amount, 1000)
    } finally {
      await turn('ACTIVE')
    }
  })
})

describe('somebody who joins', () => {
  test('tells a number, and more if they like; what was shown to them is recorded', async () => {
    const { order } = ok(await sell(goods(1500)))
    const customer = {
      given_name: 'Zoé',
      family_name: 'ابن خلدون',
      email_address: 'zoe@example.org',
      birthday: '1990-02-28',
    }
    const joined = ok(await claim(order, { customer })).claim
    assert.deepEqual([joined.points, joined.is_new, joined.account.balance], [15, true, 15])
    const found = ok(await identify({ phone_number: phone }))
    assert.equal(found.customer.id, joined.customer_id)
    for (const [name, value] of Object.entries(customer)) assert.equal(found.customer[name], value)
  })

  test('must be shown the notice; somebody known need not, and keeps their name', async () => {
    const joined = await newcomer(100)
    const { order } = ok(await sell(goods(500)))
    const named = { consent: undefined, customer: { given_name: 'Léa' } }
    const second = ok(await claim(order, named)).claim
    assert.deepEqual([second.customer_id, second.is_new], [joined.customer_id, false])
    const third = ok(await sell(goods(500))).order
    ok(await claim(third, { customer: { given_name: 'Jean' } }))
    const { customer } = ok(await identify({ phone_number: phone }))
    assert.equal(customer.given_name, 'Léa')
    phone = '06 32 00 00 01'
    const last = ok(await sell(goods(500))).order
    refused(await claim(last, { consent: undefined }), 400, 'NOTICE_REQUIRED', undefined)
    const made_up = { notice_version: '1', language: 'fr' }
    refused(await claim(last, { consent: made_up }), 400, 'FIELD_VALUE', 'consent.notice_version')
  })

  test('is refused by the field that is wrong, and nothing is kept of it', async () => {
    const { order } = ok(await sell(goods(500)))
    for (const [customer, code, field] of [
      [{ email_address: 'nobody' }, 'EMAIL_INVALID', 'customer.email_address'],
      [{ birthday: '2021-02-30' }, 'FIELD_VALUE', 'customer.birthday'],
      [{ given_name: 'x'.repeat(301) }, 'FIELD_TOO_LONG', 'customer.given_name'],
    ]) {
      refused(await claim(order, { customer }), 400, code, field)
    }
    refused(await claim(order, { phone_number: '12' }), 400, 'PHONE_NUMBER_INVALID', 'phone_number')
    refused(await identify({ phone_number: phone }), 404, 'CUSTOMER_UNKNOWN', undefined)
    ok(await claim(order))
  })

  test('at two tills at once joins at one', async () => {
    const { order } = ok(await sell(goods(900)))
    const both = await Promise.all([
      claim(order),
      claim(order, { phone_number: '06 32 00 00 02' }, manager),
    ])
    const [won, lost] = both.sort((a, b) => a.status - b.status)
    assert.equal(ok(won).claim.points, 9)
    refused(lost, 400, 'ORDER_ALREADY_CLAIMED', undefined)
  })

  test('taps twice and joins once', async () => {
    const { order } = ok(await sell(goods(900)))
    const once = { idempotency_key: randomUUID() }
    const taps = await Promise.all([claim(order, once), claim(order, once), claim(order, once)])
    for (const tap of taps) assert.deepEqual(ok(tap), ok(taps[0]))
    assert.equal(ok(taps[0]).claim.account.balance, 9)
  })
})

describe('who stands there', () => {
  test('is told with their points, rewards, and what they could take', async () => {
    const joined = await newcomer(6000)
    const before = ok(await identify({ phone_number: phone }))
    const tiers = merchant.programs[0].reward_tiers.filter(({ points }) => points <= 60)
    assert.deepEqual(
      before.takeable.map(({ points }) => points),
      tiers.map(({ points }) => points),
    )
    const [account] = before.accounts
    assert.deepEqual(
      [account.id, account.balance, account.program.id],
      [joined.account.id, 60, merchant.programs[0].id],
    )
    const taken = ok(
      await cashier.ask('POST', '/v2/loyalty/rewards', {
        reward: { loyalty_account_id: account.id, reward_tier_id: before.takeable.at(-1).tier_id },
        idempotency_key: randomUUID(),
      }),
    ).reward
    const then = ok(await identify({ phone_number: phone }))
    assert.deepEqual(
      then.rewards.map(({ id }) => id),
      [taken.id],
    )
    assert.equal(then.accounts[0].balance, 60 - taken.points)
    assert.ok(then.takeable.every(({ points }) => points <= 60 - taken.points))
    ok(
      await cashier.ask('POST', `/v2/loyalty/rewards/${taken.id}/redeem`, {
        location_id: place,
        idempotency_key: randomUUID(),
      }),
    )
    assert.deepEqual(ok(await identify({ phone_number: phone })).rewards, [])
  })

  test('is asked for by one of both, and nobody else’s customer is found', async () => {
    refused(await identify({}), 400, 'FIELD_REQUIRED', 'phone_number')
    const both = { phone_number: phone, card_code: 'x' }
    refused(await identify(both), 400, 'FIELD_VALUE', 'card_code')
    for (const code of ['HABITUE:00000000000000000000000000', 'nonsense', '🤷']) {
      refused(await identify({ card_code: code }), 404, 'CUSTOMER_UNKNOWN', undefined)
    }
    await newcomer()
    const others = as({ authorization: `Bearer ${server.demo.merchants[1].api_key}` })
    const told = { phone_number: `+33${phone.replaceAll(' ', '').slice(1)}` }
    refused(await others('POST', '/v2/till/identify', told), 404, 'CUSTOMER_UNKNOWN', undefined)
  })

  test('is let into the app by an address that says who, once', async () => {
    const { customer_id } = await newcomer()
    const { sign_in } = ok(await cashier.ask('POST', '/v2/till/sign-in-link', { customer_id }))
    assert.match(sign_in.url, /\/app\/[a-z0-9-]+\/#in=.{20,}$/)
    const left = Date.parse(sign_in.expires_at) - Date.now()
    assert.ok(left > 280_000 && left <= 300_000, `${left} ms`)
    const nobody = { customer_id: 'cus_0000000000001' }
    const reply = await cashier.ask('POST', '/v2/till/sign-in-link', nobody)
    refused(reply, 404, 'CUSTOMER_UNKNOWN', undefined)

    /* The app opens it, and its card is known at the till. */
    const app = `/v2/app/${/app\/([a-z0-9-]+)\//.exec(sign_in.url)[1]}`
    const open = () =>
      server.ask('POST', `${app}/session/link`, { body: { token: sign_in.url.split('#in=')[1] } })
    const signedIn = await open()
    const headers = { cookie: cookieOf(signedIn) }
    ok(signedIn)
    assert.equal((await open()).body.errors[0].code, 'LINK_EXPIRED')
    const { card_code } = ok(await server.ask('GET', `${app}/card`, { headers }))
    for (const scanned of [`HABITUE:${card_code}`, card_code.toLowerCase(), ` ${card_code} `]) {
      const { customer } = ok(await identify({ card_code: scanned }))
      assert.equal(customer.id, customer_id)
    }
  })
})

test('a customer who is removed takes the points of the till’s sales along, not the sales', async () => {
  const joined = await newcomer(1500)
  const key = randomUUID()
  const customer = { customer_id: joined.customer_id }
  const { order } = ok(await sell(goods(1000), customer, { key }))
  ok(await server.api('DELETE', `/v2/customers/${joined.customer_id}`))
  const left = ok(await cashier.ask('GET', `/v2/orders/${order.id}`)).order
  assert.deepEqual(
    [left.total_money.amount, left.customer_id, left.paid_by],
    [1000, undefined, undefined],
  )
  refused(await sell(goods(1000), customer), 404, 'CUSTOMER_UNKNOWN', 'sale.customer_id')
  assert.equal((await sell(goods(1000), customer, { key })).body.errors[0].code, 'REPLY_REMOVED')
  await server.habitue('audit')
})

test('two servers of one database open one till, and count a sale sent to both once', async (t) => {
  const other = await server.beside(2)
  if (other === undefined) return t.skip('this database has one server')
  try {
    const { api_key, staff } = server.demo.merchants[2]
    const { email, password } = staff.find(({ role }) => role === 'owner')
    const signedIn = await server.ask('POST', '/v2/session', { body: { email, password } })
    const headers = { cookie: cookieOf(signedIn), 'x-habitue-csrf': ok(signedIn).csrf_token }
    const at = [
      (path, body) => server.ask('POST', path, { body, headers }),
      (path, body) =>
        other.ask('POST', path, { body, headers: { authorization: `Bearer ${api_key}` } }),
    ]
    const opened = await Promise.all(
      Array.from({ length: 10 }, (_, i) => at[i % 2]('/v2/till/open', {})),
    )
    assert.equal(new Set(opened.map((reply) => ok(reply).till.register.id)).size, 1)
    const body = { sale: { lines: [goods(300)] }, idempotency_key: randomUUID() }
    const sold = await Promise.all(
      Array.from({ length: 10 }, (_, i) => at[i % 2]('/v2/till/sales', body)),
    )
    assert.equal(new Set(sold.map((reply) => ok(reply).order.id)).size, 1)
  } finally {
    await other.end()
  }
})

test('a backup brings articles, sales and who closed them along', async () => {
  const body = { object: article('Saint-honoré', 520), idempotency_key: randomUUID() }
  const { catalog_object } = ok(await manager.ask('POST', '/v2/catalog/object', body))
  const { order } = ok(await sell({ item_id: catalog_object.id, quantity: '2' }))
  delete order.undo_until // for who sold it, and nobody else
  const path = join(server.folder, 'till.backup')
  await server.habitue('backup', path)
  const copy = await Server.create({ empty: true })
  try {
    await copy.habitue('restore', path)
    await copy.run()
    const headers = { authorization: `Bearer ${merchant.api_key}` }
    const ask = async (method, path) => ok(await copy.ask(method, path, { headers }))
    assert.deepEqual((await ask('GET', `/v2/orders/${order.id}`)).order, {
      ...order,
      refunds: [],
      returned_line_items: [],
      loyalty_events: [],
    })
    const { objects } = await ask('GET', '/v2/catalog/list')
    assert.deepEqual(
      objects.find(({ id }) => id === catalog_object.id),
      catalog_object,
    )
  } finally {
    await copy.remove()
  }
})
