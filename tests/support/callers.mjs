/*
 * callers — everybody who can ask: nobody, each role, keys, a tablet, a customer; of two merchants.
 * The server has to be a demo, since a customer reads their code where a demo shows it.
 */
import { cookieOf } from './cookies.mjs'
import { Guest } from './guest.mjs'
import { ok, slugOf } from './story.mjs'

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

/* The headers of somebody of the team who has just signed in. */
export async function signInAs(server, person) {
  return (await new Staff(server, person).signIn()).headers
}

/* A customer who joins anew, as somebody else, when they have left. */
async function customerOf(server, merchant, isOurs, permissions) {
  const guest = new Guest(server, await slugOf(server, merchant))
  await guest.join()
  return Object.assign(guest, {
    name: isOurs ? 'customer' : "another's customer",
    permissions,
    isOurs,
    async renew() {
      if ((await guest.ask('GET', '/session')).status !== 200) await guest.join()
    },
  })
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
    permissions: ofKeys(roles[role]),
    isOurs: true,
  })
  /* Not the first one, which tests change and take away. */
  const tablet = async (merchant, isOurs) => {
    const { id, pairing_code } = merchant.tablets.at(-1)
    const caller = {
      ...(await tabletOf(server, pairing_code)),
      name: isOurs ? 'tablet' : "another's tablet",
      permissions: roles.tablet,
      isOurs,
      async renew() {
        const { headers } = caller
        if ((await server.ask('GET', '/v2/tablet', { headers })).status === 200) return
        const path = `/v2/tablets/${id}/pairing-code`
        const made = await server.ask('POST', path, { headers: bearer(merchant.api_key), body: {} })
        Object.assign(caller, await tabletOf(server, ok(made).pairing_code.code))
      },
    }
    return caller
  }
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
      permissions: ofKeys(roles.owner),
      isOurs: false,
    },
    await staff(ours, 'owner', true),
    await staff(ours, 'manager', true),
    await staff(ours, 'cashier', true),
    await key('owner'),
    await key('cashier'),
    await tablet(ours, true),
    await tablet(others, false),
    await customerOf(server, ours, true, roles.customer),
    await customerOf(server, others, false, roles.customer),
  ]
}

/* { headers, cookie } of a device that was activated with this code. */
export async function tabletOf(server, code) {
  const reply = await server.ask('POST', '/v2/tablets/activate', { body: { code } })
  const cookie = cookieOf(reply)
  return { cookie, headers: { cookie, 'x-habitue-csrf': ok(reply).csrf_token } }
}

/* A profile is a person's. */
const ofKeys = (permissions) => permissions.filter((permission) => permission !== 'PROFILE')

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
