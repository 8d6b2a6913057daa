/*
 * callers — everybody who can ask: nobody, each role, keys, a tablet; of two merchants.
 */
import { cookieOf } from './cookies.mjs'
import { ok } from './story.mjs'

/* Asks with a cookie and its CSRF token; signs in again when the session was ended. */
class Staff {
  constructor(server, person) {
    Object.assign(this, { server, person })
  }

  async signIn() {
    const { email, password } = this.person
    const reply = await this.server.ask('POST', '/v2/session', {
      body: { email, password },
    })
    const { csrf_token } = ok(reply)
    this.cookie = cookieOf(reply)
    this.headers = { cookie: this.cookie, 'x-habitue-csrf': csrf_token }
    return this
  }

  async renew() {
    const reply = await this.server.ask('GET', '/v2/session', {
      headers: this.headers,
    })
    if (reply.status !== 200) await this.signIn()
  }
}

/*
 * [{ name, headers, permissions, isOurs, cookie }]: permissions undefined for those who prove
 * nothing. isOurs: of the first merchant.
 */
export async function everybody(server, roles) {
  const [ours, others] = server.demo.merchants
  const staff = async (merchant, role, isOurs) => {
    const person = merchant.staff.find((p) => p.role === role)
    const caller = await new Staff(server, person).signIn()
    return Object.assign(caller, {
      name: isOurs ? role : `another's ${role}`,
      permissions: roles[role],
      isOurs,
    })
  }
  const key = async (role) => ({
    name: `key of a ${role}`,
    headers: await keyOf(server, ours, role),
    permissions: roles[role],
    isOurs: true,
  })
  const tablet = async (merchant, isOurs) => ({
    ...(await tabletOf(server, merchant.tablets[0].pairing_code)),
    name: isOurs ? 'tablet' : "another's tablet",
    permissions: roles.tablet,
    isOurs,
  })
  return [
    { name: 'nobody', headers: {} },
    {
      name: 'a wrong key',
      headers: { authorization: `Bearer ${ours.api_key.slice(0, -4)}zzzz` },
    },
    {
      name: 'a wrong cookie',
      headers: { cookie: `habitue_session=ses_${'0'.repeat(39)}` },
    },
    await staff(others, 'owner', false),
    {
      name: "another's key",
      headers: bearer(others.api_key),
      permissions: roles.owner,
      isOurs: false,
    },
    await staff(ours, 'owner', true),
    await staff(ours, 'manager', true),
    await staff(ours, 'cashier', true),
    await key('owner'),
    await key('cashier'),
    await tablet(ours, true),
    await tablet(others, false),
  ]
}

/* { headers, cookie } of a device that was activated with this code. */
export async function tabletOf(server, code) {
  const reply = await server.ask('POST', '/v2/tablets/activate', { body: { code } })
  const cookie = cookieOf(reply)
  return { cookie, headers: { cookie, 'x-habitue-csrf': ok(reply).csrf_token } }
}

const bearer = (token) => ({ authorization: `Bearer ${token}` })

async function keyOf(server, merchant, role) {
  const printed = await server.habitue(
    'key',
    'add',
    '--merchant',
    merchant.id,
    '--name',
    `test ${role}`,
    '--role',
    role,
  )
  return bearer(printed.trim().split(/\s+/).at(-1))
}
