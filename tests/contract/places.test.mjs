/*
 * Somebody who may do everything, at one of two places. Every request of openapi.yaml that names a
 * location is tried at the other one; and what was sold and done there is not seen.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { signInAs } from '../support/callers.mjs'
import { OpenApi, fill, fillPath } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { live, ok } from '../support/story.mjs'

const api = new OpenApi()
const PHONE = '+33612345678'
let server, ids, theirs, elsewhere, owner, limited, me, account
const sold = {} // a sale at each place, by its location

/* The paths in a request's body that name a location: ['order', 'location_id']. */
function placesIn(schema, path = [], seen = []) {
  const node = api.deref(schema)
  if (!node || seen.includes(node)) return []
  const inside = [...(node.allOf ?? []), ...(node.oneOf ?? []), ...(node.anyOf ?? [])]
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([name, value]) => [
      ...(/^location_ids?$/.test(name) ? [[...path, name]] : []),
      ...placesIn(value, [...path, name], [...seen, node]),
    ]),
    ...inside.flatMap((part) => placesIn(part, path, [...seen, node])),
  ]
}

/* A body with another value at a path. */
function putAt(body, [name, ...rest], value) {
  return { ...body, [name]: rest.length ? putAt(body?.[name] ?? {}, rest, value) : value }
}

/* Customers are the merchant's, wherever they buy: so are lists of them, and what they earned. */
const OF_CUSTOMERS = [
  'searchCustomers',
  'createSegment',
  'changeSegment',
  'tagFound',
  'exportFound',
  'searchEvents',
]

const as = (person, method, path, body) =>
  server.ask(method, path, { headers: person.headers, body })
const sell = async (location_id) =>
  ok(
    await as(owner, 'POST', '/v2/till/sales', {
      location_id,
      sale: { lines: [{ name: 'Pain', price_money: { amount: 500, currency: 'EUR' } }] },
      idempotency_key: randomUUID(),
    }),
  ).order

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  const [merchant] = server.demo.merchants
  ids = await live(server)
  ;[theirs, elsewhere] = merchant.locations.map(({ id }) => id)
  owner = { headers: await signInAs(server, merchant.staff[0]) }
  const person = {
    name: 'Noé',
    email: 'noe@fournil.example',
    password: 'un long mot de passe',
    role: 'owner',
    location_ids: [theirs],
  }
  const body = { team_member: person, idempotency_key: randomUUID() }
  me = ok(await as(owner, 'POST', '/v2/team-members', body)).team_member.id
  limited = { headers: await signInAs(server, person) }
  for (const location of [theirs, elsewhere]) sold[location] = await sell(location)
  account = ids.acc
})
after(() => server?.remove())

const forbidden = (reply, of) =>
  assert.deepEqual(
    [reply.status, reply.body.errors?.[0].code],
    [403, 'LOCATION_FORBIDDEN'],
    `${of}: ${JSON.stringify(reply.body)}`,
  )

test('no request that names another place is taken', async () => {
  let tried = 0
  for (const operation of api.operations.filter(
    ({ body, id }) => body && !OF_CUSTOMERS.includes(id),
  )) {
    if (operation.needs?.some((needed) => ['TABLET', 'CUSTOMER'].includes(needed))) continue
    for (const path of placesIn(operation.body.schema)) {
      const isList = path.at(-1) === 'location_ids'
      /* A search has two names for it, and takes one. */
      const isSearch = operation.id === 'searchOrders'
      const filled = isSearch ? {} : fill(operation.body.example, { ...ids, loc: theirs })
      const body = putAt(filled, path, isList ? [elsewhere] : elsewhere)
      if (operation.id === 'createTablet' || operation.id === 'changeTablet')
        delete body.tablet.register_id
      const reply = await as(limited, operation.method, fillPath(operation, ids), body)
      tried += 1
      if (isSearch) assert.deepEqual(ok(reply).orders ?? [], [])
      else forbidden(reply, `${operation.id} ${path.join('.')}`)
    }
  }
  assert.ok(tried >= 14, `${tried} were tried`)
})

test('what was sold elsewhere is not seen, changed or given back', async () => {
  const { id } = sold[elsewhere]
  for (const [method, path, body] of [
    ['GET', `/v2/orders/${id}`],
    ['POST', `/v2/till/sales/${id}/refund`, { reason: 'MISTAKE', idempotency_key: randomUUID() }],
    ['POST', `/v2/till/sales/${id}/refund-quote`, { reason: 'MISTAKE' }],
    ['POST', `/v2/till/sales/${id}/claim`, { phone_number: PHONE, idempotency_key: randomUUID() }],
    [
      'POST',
      `/v2/orders/${id}/move-credit`,
      { customer_id: ids.cus, idempotency_key: randomUUID() },
    ],
  ])
    forbidden(await as(limited, method, path, body), path)
  const listed = ok(await as(limited, 'POST', '/v2/orders/search', {})).orders.map((o) => o.id)
  assert.ok(listed.includes(sold[theirs].id))
  assert.ok(!listed.includes(id))
  ok(await as(limited, 'GET', `/v2/orders/${sold[theirs].id}`))
})

test('figures are those of their own place', async () => {
  const revenue = async (person) =>
    ok(await as(person, 'GET', '/v2/insight/days')).totals.revenue_money.amount
  const [whole, own] = [await revenue(owner), await revenue(limited)]
  assert.equal(whole - own, sold[elsewhere].total_money.amount)
  forbidden(await as(limited, 'POST', '/v2/till/day', { location_id: elsewhere }), 'day')
  const { day } = ok(await as(limited, 'POST', '/v2/till/day', {}))
  assert.equal(day.location_id, theirs)
})

test('their till opens where they work, and nowhere else', async () => {
  const till = ok(await as(limited, 'POST', '/v2/till/open', {}))
  assert.deepEqual([till.till.location.id, till.locations.length], [theirs, 1])
})

test('the trail tells what was done there, and what they did themselves', async () => {
  const give = (person, location_id) =>
    as(person, 'POST', `/v2/loyalty/accounts/${account}/accumulate`, {
      accumulate_points: { points: 1 },
      ...(location_id && { location_id }),
      idempotency_key: randomUUID(),
    })
  ok(await give(owner, elsewhere))
  ok(await give(owner, theirs))
  ok(await as(limited, 'GET', `/v2/customers/${ids.cus}`))
  const whole = ok(await as(owner, 'GET', '/v2/trail')).entries
  const seen = ok(await as(limited, 'GET', '/v2/trail')).entries
  assert.ok(whole.some((entry) => entry.location_id === elsewhere))
  assert.ok(seen.every((entry) => entry.location_id === theirs || entry.author.id === me))
  assert.ok(seen.some((entry) => entry.location_id === theirs && entry.author.id !== me))
  assert.ok(seen.some(({ operation }) => operation === 'customer_show'))
  for (const query of [`location_id=${elsewhere}`, `customer_id=${ids.cus}`, `author_id=${me}`]) {
    const { entries } = ok(await as(limited, 'GET', `/v2/trail?${query}`))
    assert.ok(
      entries.every((entry) => entry.location_id !== elsewhere),
      query,
    )
  }
})

test('tablets of other places are not theirs to set up', async () => {
  const tablet = { name: 'Ailleurs', location_id: elsewhere }
  const body = { tablet, idempotency_key: randomUUID() }
  const { id } = ok(await as(owner, 'POST', '/v2/tablets', body)).tablet
  for (const [method, path, told] of [
    ['PUT', `/v2/tablets/${id}`, { tablet: { location_id: theirs } }],
    ['DELETE', `/v2/tablets/${id}`],
    ['POST', `/v2/tablets/${id}/pairing-code`, {}],
    ['POST', `/v2/tablets/${id}/activation`, {}],
    ['POST', `/v2/tablets/${id}/identify`, {}],
  ])
    forbidden(await as(limited, method, path, told), path)
})

test('nobody sends somebody else further than they go', async () => {
  const change = (location_ids, person = limited) =>
    as(person, 'PUT', `/v2/team-members/${ids.tem}`, { team_member: { location_ids } })
  forbidden(await change([theirs]), 'who works everywhere goes further')
  ok(await change([theirs], owner))
  forbidden(await change([elsewhere]), 'elsewhere')
  forbidden(await change([]), 'everywhere')
  ok(await change([theirs]))
})
