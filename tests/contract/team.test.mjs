/*
 * Who works here, as an owner changes it: what is refused, and that access ends at once.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { cookieOf } from '../support/cookies.mjs'
import { OpenApi } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'

const api = new OpenApi()
const PATH = '/v2/team-members'
let server, merchant

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  merchant = server.demo.merchants[0]
})
after(() => server?.remove())

async function ask(method, path, body) {
  const reply = await server.api(method, path, body)
  const operation = api.find(method, path)
  assert.equal(api.wrongReply(operation, reply.status, reply.body), '', JSON.stringify(reply.body))
  return reply
}
const refusal = ({ status, body }) => [status, body.errors[0].code, body.errors[0].field]
const person = (more = {}) => ({
  name: 'Zoé Marchand',
  email: 'zoe@fournil.example',
  role: 'cashier',
  password: 'un long mot de passe',
  ...more,
})
const add = (team_member, idempotency_key = randomUUID()) =>
  ask('POST', PATH, { team_member, idempotency_key })
const change = (id, team_member) => ask('PUT', `${PATH}/${id}`, { team_member })
const signIn = (email, password) => server.ask('POST', '/v2/session', { body: { email, password } })
const session = (signedIn) =>
  server.ask('GET', '/v2/session', { headers: { cookie: cookieOf(signedIn) } })

test('somebody new signs in, and no longer once switched off', async () => {
  const key = randomUUID()
  const { team_member } = ok(await add(person(), key))
  assert.deepEqual(ok(await add(person(), key)).team_member, team_member)
  assert.deepEqual([team_member.role, team_member.active], ['cashier', true])
  const signedIn = await signIn('Zoe@Fournil.example', person().password)
  assert.equal(ok(await session(signedIn)).session.team_member.name, 'Zoé Marchand')
  assert.equal(ok(await change(team_member.id, { active: false })).team_member.active, false)
  assert.equal((await session(signedIn)).status, 401)
  assert.equal((await signIn('zoe@fournil.example', person().password)).status, 401)
  ok(await change(team_member.id, { active: true, password: 'un autre mot de passe' }))
  assert.equal((await signIn('zoe@fournil.example', person().password)).status, 401)
  ok(await signIn('zoe@fournil.example', 'un autre mot de passe'))
})

test('a password is never told', async () => {
  const listed = await ask('GET', PATH)
  assert.equal(ok(listed).team_members.length, merchant.staff.length + 1)
  assert.ok(!JSON.stringify(listed.body).includes('argon2'))
})

test('what nobody can be is refused with its field', async () => {
  for (const [more, code, field] of [
    [{ name: '' }, 'FIELD_REQUIRED', 'team_member.name'],
    [{ email: 'nobody' }, 'EMAIL_INVALID', 'team_member.email'],
    [{ role: 'boss' }, 'FIELD_VALUE', 'team_member.role'],
    [{ password: 'court' }, 'FIELD_RANGE', 'team_member.password'],
    [{ active: true }, 'FIELD_UNKNOWN', 'team_member.active'],
  ]) {
    const told = person({ email: 'new@fournil.example', ...more })
    assert.deepEqual(refusal(await add(told)), [400, code, field])
  }
  const taken = person({ email: server.demo.merchants[1].staff[0].email })
  assert.deepEqual(refusal(await add(taken)), [409, 'EMAIL_TAKEN', 'team_member.email'])
})

test('the last owner stays one', async () => {
  const { team_members } = ok(await ask('GET', PATH))
  const owner = team_members.find(({ role }) => role === 'owner')
  const manager = team_members.find(({ role }) => role === 'manager')
  for (const [told, field] of [
    [{ role: 'manager' }, 'team_member.role'],
    [{ active: false }, 'team_member.active'],
  ]) {
    assert.deepEqual(refusal(await change(owner.id, told)), [400, 'LAST_OWNER', field])
  }
  ok(await change(manager.id, { role: 'owner' }))
  ok(await change(owner.id, { role: 'manager' }))
  assert.deepEqual(refusal(await change(manager.id, { active: false }))[1], 'LAST_OWNER')
})

test('who is invited by e-mail chooses a password, once, and signs in', async () => {
  const invited = { name: 'Théo', email: 'theo@fournil.example', role: 'cashier' }
  const { team_member } = ok(await add(invited))
  assert.equal(team_member.invited, true)
  assert.equal((await signIn(invited.email, '')).status, 400)
  assert.equal((await signIn(invited.email, 'un mot au hasard')).status, 401)
  const letter = async () =>
    ok(await server.ask('GET', '/v2/demo/messages')).messages.find(
      ({ address }) => address === invited.email,
    )
  const { body, purpose } = await letter()
  assert.equal(purpose, 'invitation')
  const first = /\/dashboard\/password#(\S+)/.exec(body)[1]
  ok(await ask('POST', `${PATH}/${team_member.id}/invitation`, {}))
  const second = /#(\S+)/.exec((await letter()).body)[1]
  const choose = (token) =>
    server.ask('POST', '/v2/password/reset', { body: { token, new_password: 'mon premier mot' } })
  assert.equal((await choose(first)).body.errors[0].code, 'LINK_EXPIRED')
  ok(await choose(second))
  ok(await signIn(invited.email, 'mon premier mot'))
  const again = await ask('POST', `${PATH}/${team_member.id}/invitation`, {})
  assert.equal(again.body.errors[0].code, 'INVITATION_TAKEN')
})

test('a member of a role and a place of their own may no more than these', async () => {
  const permissions = ['SALES', 'CUSTOMERS_READ', 'LOYALTY_READ', 'LOYALTY_WRITE']
  const role = { name: 'Extra', permissions, points_a_day: 10 }
  const made = ok(await ask('POST', '/v2/team-roles', { role, idempotency_key: randomUUID() })).role
  const extra = person({ email: 'extra@fournil.example', role: made.id })
  const { team_member } = ok(await add(extra))
  assert.deepEqual([team_member.role, team_member.role_name], [made.id, 'Extra'])
  const signedIn = await signIn(extra.email, extra.password)
  const headers = { cookie: cookieOf(signedIn), 'x-habitue-csrf': ok(signedIn).csrf_token }
  const as = (method, path, body) => server.ask(method, path, { headers, body })
  assert.equal((await as('GET', PATH)).status, 403)
  const [location] = merchant.locations
  const program = merchant.programs[0].id
  const mapping = { phone_number: '+33612349988' }
  const { loyalty_account } = ok(
    await as('POST', '/v2/loyalty/accounts', {
      loyalty_account: { program_id: program, mapping },
      idempotency_key: randomUUID(),
    }),
  )
  const give = (points) =>
    as('POST', `/v2/loyalty/accounts/${loyalty_account.id}/accumulate`, {
      accumulate_points: { points },
      location_id: location.id,
      idempotency_key: randomUUID(),
    })
  ok(await give(10))
  assert.deepEqual(refusal(await give(1)).slice(0, 2), [400, 'GIVEN_LIMIT'])
  const elsewhere = merchant.locations[1]?.id
  if (elsewhere === undefined) return
  ok(await change(team_member.id, { location_ids: [elsewhere] }))
  assert.deepEqual(refusal(await give(1)).slice(0, 2), [403, 'LOCATION_FORBIDDEN'])
  const open = await as('POST', '/v2/till/open', { location_id: location.id })
  assert.deepEqual([open.status, open.body.errors[0].code], [403, 'LOCATION_FORBIDDEN'])
  const theirs = ok(await as('POST', '/v2/till/open', {}))
  assert.equal(theirs.till.location.id, elsewhere)
  assert.deepEqual(
    theirs.locations.map(({ id }) => id),
    [elsewhere],
  )
})
