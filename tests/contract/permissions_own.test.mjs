/*
 * Roles of a shop's own, for every row of the route table: who may do nothing but what a route needs
 * may use it, and who may do everything but that may not. And nobody gives what they lack.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { signInAs } from '../support/callers.mjs'
import { OpenApi, fill, fillPath } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { live, ok } from '../support/story.mjs'

const api = new OpenApi()
const server = await Server.create({ args: ['--demo', '1'] })
const table = JSON.parse(await server.habitue('help', 'routes', '--json'))
/* Everybody who works there has these, whatever their role is made of. */
const OF_EVERYBODY = ['SELF', 'PROFILE', 'LIVE', 'LOCATIONS_READ']
const GRANTABLE = table.roles.owner.filter((permission) => !OF_EVERYBODY.includes(permission))
/* A role's people, by its name: 'only SALES', 'all but SALES'. */
const people = new Map()
let ids

const addRole = (permissions, headers) =>
  server.ask('POST', '/v2/team-roles', {
    headers: headers ?? { authorization: `Bearer ${server.demo.merchants[0].api_key}` },
    body: { role: { name: randomUUID().slice(0, 20), permissions }, idempotency_key: randomUUID() },
  })

/* Somebody with a role of just these. */
async function addPerson(permissions) {
  const { role } = ok(await addRole(permissions))
  const email = `${randomUUID().slice(0, 8)}@fournil.example`
  const person = { name: 'Une personne', email, role: role.id, password: 'un long mot de passe' }
  const body = { team_member: person, idempotency_key: randomUUID() }
  ok(await server.api('POST', '/v2/team-members', body))
  return { ...person, headers: await signInAs(server, person) }
}

/* Signs in again when what was tried ended the session. */
async function headersOf(name) {
  const person = people.get(name)
  const { status } = await server.ask('GET', '/v2/session', { headers: person.headers })
  if (status !== 200) person.headers = await signInAs(server, person)
  return person.headers
}

before(async () => {
  await server.run()
  ids = await live(server)
  for (const permission of GRANTABLE) {
    people.set(`only ${permission}`, await addPerson([permission]))
    const others = GRANTABLE.filter((other) => other !== permission)
    people.set(`all but ${permission}`, await addPerson(others))
  }
})
after(() => server.remove())

async function ask(route, headers) {
  const operation = api.operations.find((o) => o.method === route.method && o.path === route.path)
  const example = operation.body?.example
  const reply = await fetch(server.url + fillPath(operation, ids), {
    method: route.method,
    headers: { ...headers, ...(example && { 'content-type': 'application/json' }) },
    body: example && JSON.stringify(fill(example, ids)),
  })
  const text = await reply.text()
  const isJson = reply.headers.get('content-type')?.startsWith('application/json')
  return {
    status: reply.status,
    text,
    code: isJson ? JSON.parse(text).errors?.[0].code : undefined,
  }
}

const ofOwnRoles = table.routes.filter(
  ({ needs }) => needs.length > 0 && needs.every((needed) => GRANTABLE.includes(needed)),
)

test('most routes need what a role can be made of, and each just one thing', () => {
  assert.ok(ofOwnRoles.length > 100, `${ofOwnRoles.length}`)
  assert.ok(ofOwnRoles.every(({ needs }) => needs.length === 1))
})

for (const route of ofOwnRoles) {
  const [needed] = route.needs
  describe(`${route.method} ${route.path}`, () => {
    test('is for who may do nothing else', async () => {
      const { status, text, code } = await ask(route, await headersOf(`only ${needed}`))
      /* Nobody gives what they lack: the example's roles are mightier than theirs. */
      if (code === 'PERMISSION_LACKED') return assert.equal(needed, 'TEAM_WRITE')
      return assert.ok(status !== 401 && status !== 403 && status < 500, `${status} ${text}`)
    })

    test('is not for who may do all but that', async () => {
      const { status, code } = await ask(route, await headersOf(`all but ${needed}`))
      assert.deepEqual([status, code], [403, 'FORBIDDEN'])
    })
  })
}

test('nobody gives what they lack, in a role, to a person, or by changing either', async () => {
  const headers = await headersOf('only TEAM_WRITE')
  const refused = async (reply) => {
    const { status, body } = await reply
    assert.deepEqual([status, body.errors[0].code], [403, 'PERMISSION_LACKED'])
  }
  for (const permission of GRANTABLE.filter((other) => other !== 'TEAM_WRITE'))
    await refused(addRole([permission], headers))
  const { role } = ok(await addRole(['TEAM_WRITE'], headers))
  const told = (method, path, body) => server.ask(method, path, { headers, body })
  const more = { role: { permissions: ['TEAM_WRITE', 'SALES'] } }
  await refused(told('PUT', `/v2/team-roles/${role.id}`, more))
  const person = { name: 'Léo', email: 'leo@fournil.example', password: 'un long mot de passe' }
  const add = (as) =>
    told('POST', '/v2/team-members', {
      team_member: { ...person, role: as },
      idempotency_key: randomUUID(),
    })
  for (const preset of ['owner', 'manager', 'cashier']) await refused(add(preset))
  const { team_member } = ok(await add(role.id))
  const change = (id, told_) => told('PUT', `/v2/team-members/${id}`, { team_member: told_ })
  await refused(change(team_member.id, { role: 'cashier' }))
  await refused(change(ids.tem, { active: false }))
  ok(await change(team_member.id, { active: false }))
})
