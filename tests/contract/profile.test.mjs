/*
 * What members of the team set up for themselves: what is refused, what ends with it, and who is
 * asked for a second factor.
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { OpenApi } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { Authenticator, signInAs } from '../support/staff.mjs'
import { ok, picture } from '../support/story.mjs'

const api = new OpenApi()
const MANY = 5 // wrong passwords or codes that lock
let server, merchant

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  merchant = server.demo.merchants[0]
})
after(() => server?.remove())

const refusal = ({ status, body }) => [status, body.errors[0].code, body.errors[0].field]
const messages = async () => ok(await server.ask('GET', '/v2/demo/messages')).messages
let count = 0

/* Somebody new of the team: { id, email, password }. */
async function newcomer(role = 'cashier') {
  const person = {
    name: 'Zoé Marchand',
    email: `zoe.${++count}@fournil.example`,
    role,
    password: 'un long mot de passe',
  }
  const idempotency_key = `profile-${count}`
  const body = { team_member: person, idempotency_key }
  return { ...person, ...ok(await server.api('POST', '/v2/team-members', body)).team_member }
}

/* The same, whose telephone has an app: { app, codes }, too. */
async function withApp(person) {
  const me = await signInAs(server, person)
  const { password } = person
  const { offer } = ok(await me.ask('POST', '/v2/profile/second-factor', { password }))
  const app = new Authenticator(offer.secret)
  const { recovery_codes: codes } = ok(
    await me.ask('POST', '/v2/profile/second-factor/confirm', { code: await app.next() }),
  )
  return { ...person, app, codes, me, offer }
}

/* As a signed-in member, with the reply held against openapi.yaml. */
function checked(me) {
  return async (method, path, body) => {
    const reply = await me.ask(method, path, body)
    const operation = api.find(method, path)
    assert.equal(
      api.wrongReply(operation, reply.status, reply.body),
      '',
      JSON.stringify(reply.body),
    )
    return reply
  }
}

describe('the profile', () => {
  let me, ask

  beforeEach(async () => {
    me = await signInAs(server, await newcomer())
    ask = checked(me)
  })

  test('name, language and zone are told with the session, and null is the shop’s again', async () => {
    const profile = { name: 'Zoé M.', language: 'es', time_zone: 'Atlantic/Canary' }
    ok(await ask('PUT', '/v2/profile', { profile }))
    const { team_member } = ok(await ask('GET', '/v2/session')).session
    assert.deepEqual(
      [team_member.name, team_member.language, team_member.time_zone],
      ['Zoé M.', 'es', 'Atlantic/Canary'],
    )
    const nothing = { language: null, time_zone: null }
    const after = ok(await ask('PUT', '/v2/profile', { profile: nothing })).profile
    assert.deepEqual(
      [after.name, after.language, after.time_zone],
      ['Zoé M.', undefined, undefined],
    )
  })

  test('each mistake names its field', async () => {
    for (const [profile, code, field] of [
      [{ name: '   ' }, 'FIELD_VALUE', 'profile.name'],
      [{ language: 'de' }, 'FIELD_VALUE', 'profile.language'],
      [{ time_zone: 'Europe/Atlantis' }, 'FIELD_VALUE', 'profile.time_zone'],
      [{ email: 'a@b.example' }, 'FIELD_UNKNOWN', 'profile.email'],
      [{ role: 'owner' }, 'FIELD_UNKNOWN', 'profile.role'],
    ]) {
      assert.deepEqual(refusal(await ask('PUT', '/v2/profile', { profile })), [400, code, field])
    }
  })

  test('a picture is shown to colleagues and to no tablet', async () => {
    const put = (bytes) =>
      fetch(`${server.url}/v2/profile/photo`, { method: 'PUT', headers: me.headers, body: bytes })
    assert.equal((await put(Buffer.from('<svg/>'))).status, 400)
    assert.equal((await put(Buffer.alloc((2 << 20) + 1))).status, 413)
    const bytes = picture()
    assert.equal((await put(bytes)).status, 200)
    const { photo_path } = ok(await ask('GET', '/v2/profile')).profile
    const colleague = await signInAs(server, await newcomer())
    const seen = await fetch(server.url + photo_path, { headers: colleague.headers })
    assert.ok(bytes.equals(Buffer.from(await seen.arrayBuffer())))
    const other = await signInAs(server, server.demo.merchants[1].staff[0])
    assert.equal((await other.ask('GET', photo_path)).status, 404)
    const tablet = await tabletOf(server, merchant.tablets[0].pairing_code)
    const path = photo_path.replace('/v2/files', '/v2/tablet/files')
    const { headers } = tablet
    assert.equal((await server.ask('GET', path, { headers })).status, 404)
    ok(await ask('DELETE', '/v2/profile/photo'))
    assert.equal((await me.ask('GET', photo_path)).status, 404)
  })
})

describe('the password', () => {
  test('the present one is asked for, guesses are counted, and other sessions end', async () => {
    const person = await newcomer()
    const me = await signInAs(server, person)
    const ask = checked(me)
    const elsewhere = await signInAs(server, person)
    const put = (password, new_password) =>
      ask('PUT', '/v2/profile/password', { password, new_password })
    assert.deepEqual(refusal(await put('not it', 'un autre mot de passe')), [
      400,
      'PASSWORD_WRONG',
      'password',
    ])
    assert.deepEqual(refusal(await put(person.password, 'court')), [
      400,
      'FIELD_RANGE',
      'new_password',
    ])
    ok(await put(person.password, 'un autre mot de passe'))
    assert.equal((await me.ask('GET', '/v2/session')).status, 200)
    assert.equal((await elsewhere.ask('GET', '/v2/session')).status, 401)
    assert.equal((await signInAs(server, person)).status, 401)
    ok(await signInAs(server, { ...person, password: 'un autre mot de passe' }))
    const told = (await messages()).find(({ purpose }) => purpose === 'password_changed')
    assert.equal(told.address, person.email)

    for (let i = 1; i < MANY; i++)
      assert.equal(refusal(await put('not it', 'un autre mot de passe'))[1], 'PASSWORD_WRONG')
    const locked = await put('not it', 'un autre mot de passe')
    assert.deepEqual(refusal(locked).slice(0, 2), [429, 'PASSWORD_LOCKED'])
    assert.ok(Number(locked.headers.get('retry-after')) > 800)
    assert.equal((await put('un autre mot de passe', 'encore un autre')).status, 429)
  })

  test('who forgot theirs is answered as a stranger is', async () => {
    const person = await newcomer()
    const ask = (email) => server.ask('POST', '/v2/password/link', { body: { email } })
    const [known, unknown] = [await ask(person.email), await ask('nobody@fournil.example')]
    assert.deepEqual([known.status, known.body], [unknown.status, unknown.body])
    const sent = (await messages()).filter(({ purpose }) => purpose === 'password_link')
    assert.ok(!sent.some(({ address }) => address === 'nobody@fournil.example'))
    for (const address of [person.email, 'nobody@fournil.example']) {
      for (let i = 0; i < 2; i++) ok(await ask(address))
      assert.deepEqual(refusal(await ask(address)).slice(0, 2), [429, 'CODE_TOO_MANY'])
    }
  })

  test('a link that is none changes nothing', async () => {
    for (const token of ['x', `pwd_${'0'.repeat(39)}`, `ses_${'0'.repeat(39)}`]) {
      const body = { token, new_password: 'un autre mot de passe' }
      const reply = await server.ask('POST', '/v2/password/reset', { body })
      assert.deepEqual(refusal(reply).slice(0, 2), [400, 'LINK_EXPIRED'])
    }
  })
})

describe('the e-mail address', () => {
  test('it changes when the code comes back, and not before', async () => {
    const person = await newcomer()
    const ask = checked(await signInAs(server, person))
    const email = `zoe.${++count}@maison.example`
    const { password } = person
    assert.deepEqual(
      refusal(await ask('POST', '/v2/profile/email', { email, password: 'not it' })),
      [400, 'PASSWORD_WRONG', 'password'],
    )
    const taken = { email: merchant.staff[0].email, password }
    assert.deepEqual(refusal(await ask('POST', '/v2/profile/email', taken)), [
      409,
      'EMAIL_TAKEN',
      'email',
    ])
    ok(await ask('POST', '/v2/profile/email', { email, password }))
    assert.equal(ok(await ask('GET', '/v2/profile')).profile.email_change.email, email)
    assert.deepEqual(refusal(await ask('POST', '/v2/profile/email/confirm', { code: 'nothing' })), [
      400,
      'CODE_WRONG',
      'code',
    ])
    ok(await signInAs(server, person))
    const code = (await messages()).find(({ address }) => address === email).subject.slice(0, 6)
    ok(await ask('POST', '/v2/profile/email/confirm', { code }))
    assert.equal((await signInAs(server, person)).status, 401)
    ok(await signInAs(server, { ...person, email }))
    const told = (await messages()).find(({ purpose }) => purpose === 'email_changed')
    assert.equal(told.address, person.email)
  })
})

describe('sessions', () => {
  test('each is told by its device, and ended by nobody else', async () => {
    const person = await newcomer()
    const agent = 'Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0'
    const me = await signInAs(server, person, { headers: { 'user-agent': agent } })
    const ask = checked(me)
    const elsewhere = await signInAs(server, person)
    const { sessions } = ok(await ask('GET', '/v2/profile/sessions'))
    assert.deepEqual(
      sessions.map(({ device, current }) => [device, current]),
      [
        [undefined, false],
        ['Firefox, Windows', true],
      ],
    )
    const stranger = await signInAs(server, await newcomer())
    const path = `/v2/profile/sessions/${sessions[0].id}`
    assert.equal((await stranger.ask('DELETE', path)).status, 404)
    ok(await ask('DELETE', path))
    assert.equal((await elsewhere.ask('GET', '/v2/session')).status, 401)
    const again = await signInAs(server, person)
    ok(await ask('POST', '/v2/profile/sessions/end-others'))
    assert.equal((await again.ask('GET', '/v2/session')).status, 401)
    assert.equal(ok(await ask('GET', '/v2/profile/sessions')).sessions.length, 1)
  })
})

describe('the second factor', () => {
  test('sign-in asks for a code of the app, once each, and takes a recovery code', async () => {
    const person = await withApp(await newcomer())
    assert.deepEqual(refusal(await signInAs(server, person)), [401, 'SECOND_FACTOR_ASKED', 'code'])
    const wrong = { ...person, password: 'not it at all' }
    assert.deepEqual(
      refusal(await signInAs(server, wrong, { code: '123456' })).slice(0, 2),
      [401, 'SIGN_IN_WRONG'],
      'a wrong password says nothing of the code',
    )
    const code = await person.app.next()
    ok(await signInAs(server, person, { code }))
    assert.deepEqual(refusal(await signInAs(server, person, { code })), [
      400,
      'SECOND_FACTOR_WRONG',
      'code',
    ])
    const paper = ` ${person.codes[0].toUpperCase().replace('-', ' ')} `
    const me = await signInAs(server, person, { code: paper })
    const { second_factor } = ok(await me.ask('GET', '/v2/profile')).profile
    assert.deepEqual([second_factor.active, second_factor.recovery_codes_left], [true, 9])
    assert.equal((await signInAs(server, person, { code: paper })).status, 400)
  })

  test('of two sign-ins with one code at the same moment one is let in', async () => {
    const person = await withApp(await newcomer())
    const code = await person.app.next()
    const tries = await Promise.all(
      Array.from({ length: 4 }, () => signInAs(server, person, { code })),
    )
    assert.deepEqual(tries.map(({ status }) => status).sort(), [200, 400, 400, 400])
  })

  test('five wrong codes lock it from everywhere', async () => {
    const person = await withApp(await newcomer())
    for (let i = 1; i < MANY; i++)
      assert.equal((await signInAs(server, person, { code: '000 00' })).status, 400)
    const locked = await signInAs(server, person, { code: '000 00' })
    assert.deepEqual(refusal(locked).slice(0, 2), [429, 'SECOND_FACTOR_LOCKED'])
    assert.equal((await signInAs(server, person, { code: await person.app.next() })).status, 429)
    assert.equal((await signInAs(server, person, { code: person.codes[0] })).status, 429)
  })

  test('a password alone takes it from nobody', async () => {
    const person = await withApp(await newcomer())
    const { password } = person
    for (const path of ['second-factor', 'second-factor/end', 'recovery-codes']) {
      const reply = await person.me.ask('POST', `/v2/profile/${path}`, { password })
      assert.deepEqual(refusal(reply), [401, 'SECOND_FACTOR_ASKED', 'code'], path)
    }
    const { address } = person.offer
    assert.match(address, /^otpauth:\/\/totp\/Le%20Fournil:zoe\.\d+%40fournil\.example\?secret=/)
    const code = person.codes[1]
    ok(await person.me.ask('POST', '/v2/profile/second-factor/end', { password, code }))
    ok(await signInAs(server, person))
  })

  test('who is locked out is let in again by the owner, and told', async () => {
    const person = await withApp(await newcomer('manager'))
    const path = `/v2/team-members/${person.id}/second-factor`
    const colleague = await signInAs(server, await newcomer('manager'))
    assert.equal((await colleague.ask('DELETE', path)).status, 403)
    const listed = ok(await server.api('GET', '/v2/team/second-factor')).second_factor
    assert.ok(listed.team_member_ids.includes(person.id))
    ok(await server.api('DELETE', path))
    assert.equal((await person.me.ask('GET', '/v2/session')).status, 401)
    ok(await signInAs(server, person))
    const told = (await messages()).find(({ purpose }) => purpose === 'second_factor_reset')
    assert.equal(told.address, person.email)
    assert.equal(
      (await server.api('DELETE', path.replace(/.{4}\/second/, '0000/second'))).status,
      404,
    )
  })

  test('the command line lets in again, too', async () => {
    const person = await withApp(await newcomer())
    const told = ['--merchant', merchant.id, '--email', person.email]
    const printed = await server.habitue('user', 'second-factor', ...told)
    assert.match(printed, /second factor removed; sessions ended/)
    ok(await signInAs(server, person))
  })
})

test('where everybody needs one, nobody does anything before they have it', async () => {
  const shop = server.demo.merchants[2]
  const [owner, cashier] = ['owner', 'cashier'].map((role) =>
    shop.staff.find((person) => person.role === role),
  )
  const boss = await signInAs(server, owner)
  const rule = (required) => boss.ask('PUT', '/v2/team/second-factor', { required })
  const working = await signInAs(server, cashier)
  assert.deepEqual(refusal(await rule(true)).slice(0, 2), [400, 'SECOND_FACTOR_OFF'])
  await withApp(owner)
  assert.equal(ok(await rule(true)).second_factor.required, true)
  ok(await working.ask('GET', '/v2/customers')) // a sale goes on

  const limited = await signInAs(server, cashier)
  const { session } = ok(limited)
  assert.equal(session.limited, true)
  assert.deepEqual(session.permissions, ['SELF', 'PROFILE'])
  assert.deepEqual(refusal(await limited.ask('GET', '/v2/customers')).slice(0, 2), [
    403,
    'FORBIDDEN',
  ])
  const { app } = await withApp(cashier)
  const whole = await signInAs(server, cashier, { code: await app.next() })
  assert.equal(ok(whole).session.limited, false)
  ok(await whole.ask('GET', '/v2/customers'))
  ok(await limited.ask('GET', '/v2/customers')) // the other one is set up, too
  const { password } = cashier
  const end = { password, code: await app.next() }
  assert.deepEqual(
    refusal(await whole.ask('POST', '/v2/profile/second-factor/end', end)).slice(0, 2),
    [400, 'SECOND_FACTOR_REQUIRED'],
  )
})

test('a server that sends no e-mails says so', async () => {
  const quiet = await Server.start()
  try {
    const { email } = quiet.demo.merchants[0].staff[0]
    const reply = await quiet.ask('POST', '/v2/password/link', { body: { email } })
    assert.deepEqual(refusal(reply).slice(0, 2), [400, 'CHANNEL_OFF'])
  } finally {
    await quiet.remove()
  }
})
