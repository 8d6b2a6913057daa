/*
 * openapi.yaml is true of who works here, too: see openapi.test.mjs.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Player } from '../support/playing.mjs'
import { signInAs } from '../support/callers.mjs'
import { Server } from '../support/server.mjs'
import { live, ok } from '../support/story.mjs'

const player = new Player()
const play = (id, told) => player.play(id, told)
let server

before(async () => {
  server = await Server.start({ args: ['--demo', '1'], history: true })
  player.begin(server, await live(server))
})
after(() => server?.remove())

test('the people who work here', async () => {
  const { team_member } = ok(await play('addTeamMember'))
  const of = { with: { tem: team_member.id } }
  assert.equal((await play('addTeamMember')).body.errors[0].code, 'EMAIL_TAKEN')
  ok(await play('changeTeamMember', { ...of, body: { team_member: { active: false } } }))
  const invited = { name: 'Théo', email: 'theo@fournil.example', role: 'cashier' }
  const body = { team_member: invited, idempotency_key: 'invite-theo' }
  const { team_member: theo } = ok(await play('addTeamMember', { body }))
  assert.equal(theo.invited, true)
  ok(await play('inviteTeamMember', { with: { tem: theo.id } }))
  const listed = ok(await play('listTeamMembers')).team_members
  assert.equal(listed.find(({ id }) => id === team_member.id).active, false)
})

test('roles of the shop’s own, and limits', async () => {
  const { role } = ok(await play('addRole'))
  assert.deepEqual([role.members, role.points_a_day, role.permissions.length], [0, 20, 3])
  const of = { with: { rol: role.id } }
  assert.equal(ok(await play('changeRole', of)).role.points_a_day, 50)
  const body = { role: { points_a_day: null, name: 'Apprenti' } }
  const changed = ok(await play('changeRole', { ...of, body })).role
  assert.deepEqual([changed.name, changed.points_a_day], ['Apprenti', null])
  const { roles } = ok(await play('listRoles'))
  assert.deepEqual(
    roles.slice(0, 3).map(({ id }) => id),
    ['owner', 'manager', 'cashier'],
  )
  assert.ok(roles.some(({ id }) => id === role.id))
  ok(await play('removeRole', of))
  assert.equal((await play('removeRole', of)).status, 404)
})

test('a PIN of one’s own, and who serves', async () => {
  const [owner, , cashier] = server.demo.merchants[0].staff
  const headers = await signInAs(server, owner)
  assert.deepEqual(ok(await play('changePin', { headers })), { has_pin: true })
  const theirs = await signInAs(server, cashier)
  ok(await play('changePin', { headers: theirs, body: { pin: '4711' } }))
  const served = ok(await play('serve', { headers })).session
  assert.equal(served.team_member.email, cashier.email)
  assert.equal(served.signed_in.name, owner.name)
  const wrong = await play('serve', { headers, body: { pin: '9081' } })
  assert.deepEqual([wrong.status, wrong.body.errors[0].code], [400, 'PIN_WRONG'])
  ok(await play('serve', { headers, body: { pin: '2580' } }))
  assert.deepEqual(ok(await play('removePin', { headers })), { has_pin: false })
})

test('what they did', async () => {
  const { entries } = ok(await play('listTrail'))
  assert.ok(entries.some(({ operation }) => operation === 'member_create'))
  ok(await play('listTrailAuthors'))
})

test('what is unusual, and who says what it was', async () => {
  const listed = ok(await play('listSuspicions')).suspicions
  const burst = listed.find(({ kind }) => kind === 'burst')
  assert.ok(burst.count > 2 * burst.usual && burst.known >= 20, JSON.stringify(burst))
  const { attention } = ok(await server.api('GET', '/v2/insight/attention'))
  assert.equal(attention.find(({ kind }) => kind === 'suspicion').count, listed.length)
  const { suspicion } = ok(await play('closeSuspicion', { with: { sus: burst.id } }))
  assert.equal(suspicion.closed.word, 'The birthday of the shop; seen with her.')
  const open = ok(await play('listSuspicions')).suspicions
  assert.ok(open.every(({ id }) => id !== burst.id))
  const closed = ok(await play('listSuspicions', { query: '?state=closed' })).suspicions
  assert.deepEqual(closed, [suspicion])
  assert.equal((await play('listSuspicions', { query: '?state=new' })).status, 400)
  const unknown = await play('closeSuspicion', { with: { sus: 'sus_0000000000001' } })
  assert.equal(unknown.body.errors[0].code, 'SUSPICION_UNKNOWN')
})

test('nothing was left out', () => {
  assert.deepEqual(
    player.leftOut((tag) => tag === 'team'),
    [],
  )
})
