/*
 * The trail: what staff change is in it, and whose sheet they looked at; nothing else, nothing twice,
 * and nothing about anybody but their ids.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { everybody } from '../support/callers.mjs'
import { OpenApi, fill, fillPath } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { live, ok } from '../support/story.mjs'

const api = new OpenApi()
let server, merchant, ids, table, owner, cashier, others

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  merchant = server.demo.merchants[0]
  ids = await live(server)
  table = JSON.parse(await server.habitue('help', 'routes', '--json'))
  const callers = await everybody(server, table.roles)
  const named = (name) => callers.find((caller) => caller.name === name)
  ;[owner, cashier, others] = [named('owner'), named('cashier'), named("another's owner")]
})
after(() => server?.remove())

const asked = (caller, method, path, body) =>
  server.ask(method, path, { headers: caller.headers, body })

/* The trail as an owner reads it, the newest first. */
async function trail(query = '', caller = owner) {
  const reply = await asked(caller, 'GET', `/v2/trail${query}`)
  assert.equal(api.wrongReply(api.find('GET', '/v2/trail'), reply.status, reply.body), '')
  return ok(reply)
}
const idOf = async (caller) => ok(await asked(caller, 'GET', '/v2/session')).session.team_member.id

/* What was written while something was done. */
async function written(action) {
  const [last] = (await trail()).entries
  await action()
  const { entries } = await trail()
  const until = entries.findIndex(({ id }) => id === last?.id)
  return until < 0 ? entries : entries.slice(0, until)
}

const adjust = (caller, idempotency_key = randomUUID(), points = 5) =>
  asked(caller, 'POST', `/v2/loyalty/accounts/${ids.acc}/adjust`, {
    adjust_points: { points, reason: 'un mot secret' },
    idempotency_key,
  })

test('a change is written once: who, what, on what, for whom', async () => {
  const key = randomUUID()
  const [entry, ...more] = await written(async () => {
    ok(await adjust(owner, key))
    ok(await adjust(owner, key)) // the kept reply: nothing was done
  })
  assert.deepEqual(more, [])
  assert.deepEqual(
    [entry.kind, entry.operation, entry.subject_id, entry.customer.id, entry.author.id],
    ['gave', 'account_adjust', ids.acc, ids.cus, await idOf(owner)],
  )
  assert.ok(entry.author.name.length > 0)
  assert.ok(!JSON.stringify(entry).includes('secret'))
})

test('what was refused is not written', async () => {
  const nothing = await written(async () => {
    assert.equal((await adjust(cashier)).status, 403)
    assert.equal((await adjust(owner, randomUUID(), -100_000_000)).status, 400)
  })
  assert.deepEqual(nothing, [])
})

test('a look at a sheet is written before it is seen, and once in a quarter of an hour', async () => {
  const looks = await written(async () => {
    ok(await asked(cashier, 'GET', `/v2/customers/${ids.cus}/summary`))
    ok(await asked(cashier, 'GET', `/v2/customers/${ids.cus}`))
    ok(await asked(cashier, 'GET', `/v2/loyalty/accounts/${ids.acc}`))
    ok(await asked(cashier, 'POST', '/v2/till/identify', { phone_number: '+33612345678' }))
  })
  assert.deepEqual(
    looks.map((e) => [e.kind, e.operation, e.customer.id, e.author.id]),
    [['looked', 'customer_summary', ids.cus, await idOf(cashier)]],
  )
})

test('a cashier who tries every id finds nothing, and nothing of anybody else', async () => {
  const next = (id, by) => id.slice(0, -1) + '0123456789abcdefghjkmnpqrstvwxyz'[by]
  const none = await written(async () => {
    for (let by = 0; by < 32; by++) {
      const id = next(ids.cus, by)
      if (id === ids.cus) continue
      const reply = await asked(cashier, 'GET', `/v2/customers/${id}`)
      assert.deepEqual([reply.status, reply.body.errors[0].code], [404, 'CUSTOMER_UNKNOWN'])
    }
    assert.equal((await asked(others, 'GET', `/v2/customers/${ids.cus}`)).status, 404)
  })
  assert.deepEqual(none, [])
})

test('of a program with a key: not its daily work, but what is not', async () => {
  const entries = await written(async () => {
    ok(await server.api('GET', `/v2/customers/${ids.cus}`))
    ok(
      await server.api('POST', `/v2/loyalty/accounts/${ids.acc}/accumulate`, {
        accumulate_points: { points: 1 },
        location_id: ids.loc,
        idempotency_key: randomUUID(),
      }),
    )
    ok(
      await server.api('PUT', `/v2/team-members/${ids.tem}`, {
        team_member: { name: 'Inès Garnier' },
      }),
    )
  })
  assert.deepEqual(
    entries.map((e) => [e.operation, e.subject_id, e.author.id.slice(0, 4)]),
    [['member_change', ids.tem, 'key_']],
  )
})

test('filters: who, what, whom, where, when; and a page after the other', async () => {
  const me = await idOf(owner)
  for (let i = 0; i < 60; i++) ok(await adjust(owner))
  const first = await trail(`?author_id=${me}&operation=account_adjust`)
  assert.equal(first.entries.length, 50)
  const second = await trail(`?author_id=${me}&operation=account_adjust&cursor=${first.cursor}`)
  assert.equal(second.entries.length, 11)
  assert.ok(second.entries[0].id < first.entries.at(-1).id)
  assert.ok(
    (await trail(`?customer_id=${ids.cus}`)).entries.every((e) => e.customer.id === ids.cus),
  )
  assert.ok((await trail('?kind=looked')).entries.every((e) => e.kind === 'looked'))
  assert.deepEqual((await trail('?to=2020-01-01')).entries, [])
  assert.deepEqual((await trail('?from=2100-01-01')).entries, [])
  assert.deepEqual((await trail(`?customer_id=${ids.cus}`, others)).entries, [])
  for (const [query, code, field] of [
    ['kind=seen', 'FIELD_VALUE', 'kind'],
    ['author_id=cus_0000000000001', 'ID_MALFORMED', 'author_id'],
    ['customer_id=x', 'ID_MALFORMED', 'customer_id'],
    ['from=yesterday', 'TIME_MALFORMED', 'from'],
    ['who=me', 'FIELD_UNKNOWN', 'who'],
    ['cursor=x', 'CURSOR_MALFORMED', 'cursor'],
  ]) {
    const { status, body } = await asked(owner, 'GET', `/v2/trail?${query}`)
    assert.deepEqual([status, body.errors[0].code, body.errors[0].field], [400, code, field])
  }
})

test('whoever may be in it is named', async () => {
  const { authors } = ok(await asked(owner, 'GET', '/v2/trail/authors'))
  const me = await idOf(owner)
  assert.ok(authors.some(({ id, name }) => id === me && name.length > 0))
  assert.ok(authors.some(({ id }) => id.startsWith('key_')))
})

test('every change that staff can make leaves an entry of its own name', async () => {
  const named = new Set()
  for (const route of table.routes.filter((r) => r.lane === 'WRITE')) {
    const operation = api.operations.find((o) => o.method === route.method && o.path === route.path)
    const isOurs = route.needs.every((needed) => owner.permissions.includes(needed))
    if (route.auth === 'NONE' || !isOurs || operation.id === 'signOut') continue
    const example = operation.body?.example
    const entries = await written(async () => {
      const headers = { ...owner.headers, ...(example && { 'content-type': 'application/json' }) }
      const body = example && fill(example, ids)
      const { status } = await server.ask(route.method, fillPath(operation, ids), { headers, body })
      if (status === 200) named.add(route.name)
    })
    if (!named.has(route.name)) continue
    const expected = route.traced ? [route.name] : []
    assert.deepEqual(
      entries.map((entry) => entry.operation),
      expected,
      `${route.method} ${route.path}`,
    )
  }
  assert.ok(named.size > 20, `${named.size} routes were tried`)
})
