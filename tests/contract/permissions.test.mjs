/*
 * Who may ask what, for every row of the route table and everybody there is. The table comes from
 * the server itself, requests from the examples of openapi.yaml: nothing here lists addresses.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { everybody } from '../support/callers.mjs'
import { OpenApi, fill, fillPath } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { live } from '../support/story.mjs'

const api = new OpenApi()
const server = await Server.create({ args: ['--demo', '1'] })
const table = JSON.parse(await server.habitue('help', 'routes', '--json'))
const operationOf = (route) =>
  api.operations.find((o) => o.method === route.method && o.path === route.path)
let callers, ids

before(async () => {
  await server.run()
  ids = await live(server)
  callers = await everybody(server, table.roles)
})
after(() => server.remove())

/* Sends a route's example with our first merchant's ids; a stream is left as soon as it answers. */
async function ask(route, headers) {
  const operation = operationOf(route)
  const stop = new AbortController()
  const example = operation.body?.example
  const reply = await fetch(server.url + fillPath(operation, ids), {
    method: route.method,
    headers: {
      ...headers,
      ...(example && { 'content-type': 'application/json' }),
    },
    body: example && JSON.stringify(fill(example, ids)),
    signal: stop.signal,
  })
  const isStream = reply.headers.get('content-type')?.startsWith('text/event-stream')
  const text = isStream ? '' : await reply.text()
  stop.abort()
  const isJson = reply.headers.get('content-type')?.startsWith('application/json')
  return {
    status: reply.status,
    text,
    code: isJson ? JSON.parse(text).errors?.[0].code : undefined,
  }
}

/* Whether a route's example, with ids filled in, names anything of the first merchant. */
const namesOurs = (route) => {
  const operation = operationOf(route)
  const told = fillPath(operation, ids) + JSON.stringify(fill(operation.body?.example ?? {}, ids))
  return Object.values(ids).some((id) => told.includes(id))
}

const may = (route, caller) => route.needs.every((needed) => caller.permissions?.includes(needed))

test('openapi.yaml names the permissions of the table', () => {
  for (const route of table.routes) {
    assert.deepEqual(
      operationOf(route)?.needs ?? 'not described',
      route.needs,
      `${route.method} ${route.path}`,
    )
  }
})

test('what needs a credential needs a permission, too', () => {
  for (const route of table.routes) {
    assert.equal(route.auth === 'NONE', route.needs.length === 0, `${route.method} ${route.path}`)
  }
})

test('every role can do less than the one above, and nobody can be a tablet', () => {
  const { owner, manager, cashier, tablet, customer } = table.roles
  assert.ok(manager.every((p) => owner.includes(p)))
  assert.ok(cashier.every((p) => manager.includes(p)) && cashier.length < manager.length)
  assert.ok(![...owner, ...manager, ...cashier].includes('TABLET'))
  assert.deepEqual(tablet.slice().sort(), ['SELF', 'TABLET'])
  assert.deepEqual(customer, ['CUSTOMER'])
  assert.ok(![...owner, ...manager, ...cashier].includes('CUSTOMER'))
})

for (const route of table.routes) {
  const called = `${route.method} ${route.path}`

  if (route.auth === 'NONE') {
    test(`${called} asks nobody who they are`, async () => {
      const { status, code } = await ask(route, {})
      assert.ok(!['UNAUTHENTICATED', 'FORBIDDEN', 'CSRF'].includes(code), `${status} ${code}`)
    })
    continue
  }

  describe(called, () => {
    test('401 for those who prove nothing', async () => {
      for (const caller of callers.filter((c) => c.permissions === undefined)) {
        const { status, code } = await ask(route, caller.headers)
        assert.deepEqual([status, code], [401, 'UNAUTHENTICATED'], caller.name)
      }
    })

    test('403 without the permission', async () => {
      for (const caller of callers.filter((c) => c.permissions !== undefined && !may(route, c))) {
        const { status, code } = await ask(route, caller.headers)
        assert.deepEqual([status, code], [403, 'FORBIDDEN'], caller.name)
      }
    })

    test("another merchant's things do not exist", async () => {
      for (const caller of callers.filter(
        (c) => c.permissions !== undefined && !c.isOurs && may(route, c),
      )) {
        const { status, text } = await ask(route, caller.headers)
        await caller.renew?.() // it may have signed out
        assert.ok(!Object.values(ids).some((id) => text.includes(id)), `${caller.name}: ${text}`)
        if (!namesOurs(route)) continue
        /* At another shop a customer is nobody; a search finds nothing; all else is not there. */
        const isCustomers = route.needs.includes('CUSTOMER')
        const isSearch = /\/(search|search-catalog-items|batch-retrieve)$/.test(route.path)
        const expected = isCustomers ? 401 : isSearch ? 200 : 404
        assert.equal(status, expected, `${caller.name}: ${text}`)
      }
    })

    test('a cookie alone changes nothing: CSRF', async () => {
      if (route.method === 'GET') return
      for (const caller of callers.filter((c) => c.cookie !== undefined)) {
        /* The device's cookie is not sent here by a browser. */
        if (caller.permissions.includes('TABLET') && !route.needs.includes('TABLET')) continue
        /* Nor is a customer's, at another shop. */
        const isCustomers = route.needs.includes('CUSTOMER')
        if (isCustomers && may(route, caller) && !caller.isOurs) continue
        for (const headers of [
          { cookie: caller.cookie },
          { cookie: caller.cookie, 'x-habitue-csrf': 'wrong' },
        ]) {
          const { status, code } = await ask(route, headers)
          assert.deepEqual([status, code], [403, 'CSRF'], caller.name)
        }
      }
    })

    test('not refused with the permission', async () => {
      for (const caller of callers.filter((c) => c.isOurs && may(route, c))) {
        const { status, text } = await ask(route, caller.headers)
        assert.ok(
          status !== 401 && status !== 403 && status < 500,
          `${caller.name}: ${status} ${text}`,
        )
        await caller.renew?.()
      }
    })
  })
}
