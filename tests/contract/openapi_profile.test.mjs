/*
 * openapi.yaml is true of what members set up for themselves, too: see openapi.test.mjs.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Player } from '../support/playing.mjs'
import { Server } from '../support/server.mjs'
import { Authenticator, signInAs } from '../support/staff.mjs'
import { live, ok, picture } from '../support/story.mjs'

const player = new Player()
const { api } = player
let server, person, me

/* Plays an operation as a manager, who is signed in. */
const play = (id, told) => player.play(id, { headers: me.headers, ...told })
const refusal = ({ status, body }) => [status, body.errors[0].code]

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  player.begin(server, await live(server))
  person = server.demo.merchants[0].staff.find(({ role }) => role === 'manager')
  me = await signInAs(server, person)
})
after(() => server?.remove())

test('the profile and its picture', async () => {
  assert.equal(ok(await play('showProfile')).profile.email, person.email)
  const { profile } = ok(await play('changeProfile'))
  assert.deepEqual([profile.language, profile.time_zone], ['fr', 'Europe/Paris'])
  const reply = await fetch(`${server.url}/v2/profile/photo`, {
    method: 'PUT',
    headers: me.headers,
    body: picture(),
  })
  const body = await reply.json()
  const putPhoto = api.operations.find(({ id }) => id === 'putPhoto')
  assert.equal(api.wrongReply(putPhoto, reply.status, body), '')
  player.played.add('putPhoto')
  assert.equal(ok(await play('showProfile')).profile.photo_path, `/v2/files/${body.file.id}`)
  ok(await play('removePhoto'))
})

test('another e-mail address', async () => {
  const email = 'maud@example.com'
  const begin = { body: { email, password: person.password } }
  assert.equal(ok(await play('beginEmailChange', begin)).email_change.email, email)
  const { messages } = ok(await server.ask('GET', '/v2/demo/messages'))
  const code = messages.find(({ address }) => address === email).subject.slice(0, 6)
  assert.equal(ok(await play('confirmEmailChange', { body: { code } })).profile.email, email)
  person = { ...person, email }
})

test('sessions', async () => {
  const other = await signInAs(server, person)
  const { sessions } = ok(await play('listSessions'))
  const { id } = sessions.find(({ current }) => !current)
  ok(await play('endSession', { with: { ses: id } }))
  assert.equal((await other.ask('GET', '/v2/session')).status, 401)
  ok(await play('endOtherSessions'))
})

test('another password, one’s own and by a link', async () => {
  const body = { password: person.password, new_password: 'un tout autre mot de passe' }
  ok(await play('changePassword', { body }))
  const headers = {}
  ok(await play('sendPasswordLink', { headers, body: { email: person.email } }))
  const { messages } = ok(await server.ask('GET', '/v2/demo/messages'))
  const letter = messages.find(({ purpose }) => purpose === 'password_link')
  const [, token] = /\/dashboard\/password#(pwd_\w{39})\n/.exec(letter.body)
  const reset = { headers, body: { token, new_password: person.password } }
  ok(await play('resetPassword', reset))
  assert.deepEqual(refusal(await play('resetPassword', reset)), [400, 'LINK_EXPIRED'])
  me = await signInAs(server, person)
})

test('a second factor, from its offer to its end', async () => {
  const { password } = person
  const { offer } = ok(await play('offerSecondFactor', { body: { password } }))
  const app = new Authenticator(offer.secret)
  const code = await app.next()
  const { recovery_codes } = ok(await play('confirmSecondFactor', { body: { code } }))
  const asked = await player.play('signIn', {
    headers: {},
    body: { email: person.email, password },
  })
  assert.deepEqual(refusal(asked), [401, 'SECOND_FACTOR_ASKED'])
  ok(await play('showProfile'))
  const renewed = await play('renewRecoveryCodes', {
    body: { password, code: recovery_codes[0] },
  })
  ok(await play('endSecondFactor', { body: { password, code: ok(renewed).recovery_codes[9] } }))
})

test('the team’s second factors', async () => {
  const { headers } = player
  assert.equal(ok(await play('showSecondFactorRule', { headers })).second_factor.required, false)
  ok(await play('requireSecondFactor', { headers }))
  ok(await play('resetSecondFactor', { headers }))
})

test('nothing was left out', () => {
  assert.deepEqual(
    player.leftOut((tag) => tag === 'profile'),
    [],
  )
})
