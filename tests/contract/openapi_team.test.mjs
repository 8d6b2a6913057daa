/*
 * openapi.yaml is true of who works here, too: see openapi.test.mjs.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Player } from '../support/playing.mjs'
import { Server } from '../support/server.mjs'
import { live, ok } from '../support/story.mjs'

const player = new Player()
const play = (id, told) => player.play(id, told)
let server

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  player.begin(server, await live(server))
})
after(() => server?.remove())

test('the people who work here', async () => {
  const { team_member } = ok(await play('addTeamMember'))
  const of = { with: { tem: team_member.id } }
  assert.equal((await play('addTeamMember')).body.errors[0].code, 'EMAIL_TAKEN')
  ok(await play('changeTeamMember', { ...of, body: { team_member: { active: false } } }))
  const listed = ok(await play('listTeamMembers')).team_members
  assert.equal(listed.find(({ id }) => id === team_member.id).active, false)
})

test('what they did', async () => {
  const { entries } = ok(await play('listTrail'))
  assert.ok(entries.some(({ operation }) => operation === 'member_create'))
  ok(await play('listTrailAuthors'))
})

test('nothing was left out', () => {
  assert.deepEqual(
    player.leftOut((tag) => tag === 'team'),
    [],
  )
})
