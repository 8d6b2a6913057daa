/*
 * Counter tablets as the team arranges them: which there are, who is one, the PIN that opens their
 * staff menu, and what reaches their screens without a reload.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { cookieLineOf, cookieOf } from '../support/cookies.mjs'
import { Server } from '../support/server.mjs'
import { listen } from '../support/stream.mjs'
import { ok, picture, sale } from '../support/story.mjs'

let server, merchant, device

before(async () => {
  server = await Server.start()
  merchant = server.demo.merchants[0]
  device = await tabletOf(server, merchant.tablets[0].pairing_code)
})
after(() => server?.remove())

const ourTablet = () => merchant.tablets[0].id
const state = async (of = device) =>
  ok(await server.ask('GET', '/v2/tablet', { headers: of.headers }))
const unlock = (pin, of = device) =>
  server.ask('POST', '/v2/tablet/unlock', { body: { pin }, headers: of.headers })
const choosePin = async (tablet_pin) =>
  ok(await server.api('PUT', '/v2/merchants/me', { merchant: { tablet_pin } }))
const add = async (tablet) =>
  server.api('POST', '/v2/tablets', { tablet, idempotency_key: randomUUID() })
const listed = async (id) =>
  ok(await server.api('GET', '/v2/tablets')).tablets.find((tablet) => tablet.id === id)

/* What a reply was refused with. */
const refusal = ({ status, body }) => [status, body.errors[0].code, body.errors[0].field]

/* A person who signed in on the device itself. */
async function signIn(role = 'owner') {
  const { email, password } = merchant.staff.find((person) => person.role === role)
  const reply = await server.ask('POST', '/v2/session', { body: { email, password } })
  return { cookie: cookieOf(reply), 'x-habitue-csrf': ok(reply).csrf_token }
}

describe('which there are', () => {
  test('a tablet is listed with its place, whether a device is it, and whether that is there', async () => {
    const tablet = await listed(ourTablet())
    assert.equal(tablet.location.id, merchant.tablets[0].location_id)
    assert.equal(tablet.register.id, merchant.tablets[0].register_id)
    assert.deepEqual([tablet.paired, tablet.online], [true, true])
    const other = await listed(merchant.tablets[1].id)
    assert.deepEqual([other.paired, other.online, other.seen_at], [false, false, undefined])
  })

  test('the same key adds one, and a name is needed', async () => {
    const body = {
      tablet: { name: 'Terrasse', location_id: merchant.locations[0].id },
      idempotency_key: randomUUID(),
    }
    const first = ok(await server.api('POST', '/v2/tablets', body)).tablet
    assert.equal(ok(await server.api('POST', '/v2/tablets', body)).tablet.id, first.id)
    const nameless = await add({ name: '', location_id: merchant.locations[0].id })
    assert.deepEqual(refusal(nameless), [400, 'FIELD_REQUIRED', 'tablet.name'])
  })

  test('a register is its location’s, and can be taken away again', async () => {
    const [here, there] = merchant.locations
    const wrong = await add({
      name: 'Terrasse',
      location_id: there.id,
      register_id: here.registers[0].id,
    })
    assert.deepEqual(refusal(wrong), [400, 'FIELD_VALUE', 'tablet.register_id'])
    const { tablet } = ok(await add({ name: 'Terrasse', location_id: here.id }))
    const change = async (told) =>
      ok(await server.api('PUT', `/v2/tablets/${tablet.id}`, { tablet: told })).tablet
    const register = here.registers[0].id
    assert.equal((await change({ register_id: register })).register.id, register)
    assert.equal((await change({ name: 'Entrée' })).register.id, register)
    assert.deepEqual((await change({ register_id: null })).register, null)
  })
})

describe('who is one', () => {
  test('whoever signed in on a device makes it the tablet, and signs out again', async () => {
    const { tablet } = ok(await add({ name: 'Entrée', location_id: merchant.locations[0].id }))
    const headers = await signIn()
    const path = `/v2/tablets/${tablet.id}/activation`
    const reply = await server.ask('POST', path, { headers })
    const cookie = cookieOf(reply)
    assert.match(cookieLineOf(reply), /^habitue_device=dev_\w{39}; Path=\/v2\/tablet; /)
    ok(await server.ask('DELETE', '/v2/session', { headers }))
    const mine = { headers: { cookie, 'x-habitue-csrf': ok(reply).csrf_token } }
    assert.equal((await state(mine)).tablet.id, tablet.id)
    assert.equal((await server.ask('GET', '/v2/session', { headers })).status, 401)

    const left = await server.ask('DELETE', '/v2/tablet/activation', mine)
    assert.match(cookieLineOf(left), /^habitue_device=; .*Max-Age=0/)
    assert.equal((await server.ask('GET', '/v2/tablet', mine)).status, 401)
    assert.equal((await listed(tablet.id)).paired, false)
  })

  test('a cashier may not, and a stranger’s page cannot', async () => {
    const path = `/v2/tablets/${ourTablet()}/activation`
    const asCashier = await server.ask('POST', path, { headers: await signIn('cashier') })
    assert.deepEqual(refusal(asCashier).slice(0, 2), [403, 'FORBIDDEN'])
    const { cookie } = await signIn()
    const forged = await server.ask('POST', path, { headers: { cookie } })
    assert.deepEqual(refusal(forged).slice(0, 2), [403, 'CSRF'])
  })
})

describe('the PIN', () => {
  test('is asked for once one was chosen', async () => {
    assert.equal((await state()).pin_set, false)
    assert.deepEqual(refusal(await unlock('4321')).slice(0, 2), [400, 'PIN_NOT_SET'])
    await choosePin('4321')
    assert.equal((await state()).pin_set, true)
    assert.deepEqual(ok(await unlock('4321')), {})
    assert.deepEqual(refusal(await unlock('1234')), [400, 'PIN_WRONG', 'pin'])
    ok(await unlock('4321'))
  })

  test('five wrong ones lock this tablet for a while, restart or not, and no other', async () => {
    for (let i = 0; i < 4; i++) assert.equal(refusal(await unlock('0000'))[1], 'PIN_WRONG')
    const last = await unlock('0000')
    assert.deepEqual(refusal(last), [429, 'PIN_LOCKED', 'pin'])
    assert.ok(Number(last.headers.get('retry-after')) > 800)
    await server.end()
    await server.run()
    assert.deepEqual(refusal(await unlock('4321')).slice(0, 2), [429, 'PIN_LOCKED'])
    const other = await tabletOf(server, merchant.tablets[1].pairing_code)
    ok(await unlock('4321', other))
  })

  test('many at once are answered as if one after another', async () => {
    const { tablet } = ok(await add({ name: 'Salle', location_id: merchant.locations[0].id }))
    const { pairing_code } = ok(await server.api('POST', `/v2/tablets/${tablet.id}/pairing-code`))
    const mine = await tabletOf(server, pairing_code.code)
    const replies = await Promise.all(Array.from({ length: 12 }, () => unlock('9999', mine)))
    const wrong = replies.filter((reply) => refusal(reply)[1] === 'PIN_WRONG')
    assert.equal(wrong.length, 4)
    assert.equal(replies.filter(({ status }) => status === 429).length, 8)
  })
})

describe('what reaches its screen by itself', () => {
  /* Listens from now on, does something, and gives the events until one has this name. */
  async function told(name, change) {
    const stream = await listen(server, device, (await state()).seq)
    await change()
    const events = []
    do events.push(await stream.next())
    while (events.at(-1).name !== name)
    stream.close()
    return events
  }

  test('the wave, until a moment that has not passed', async () => {
    const before = Date.now()
    const [{ data }] = await told('identify', async () =>
      ok(await server.api('POST', `/v2/tablets/${ourTablet()}/identify`)),
    )
    const until = Date.parse(data.until)
    assert.ok(until >= before + 9_000 && until <= Date.now() + 11_000, data.until)
  })

  test('another logo, colour or name', async () => {
    await told('settings', async () => ok(await server.putLogo(picture())))
    const look = { brand_color: '#8a3b12', name: 'Le Fournil des Halles' }
    await told('settings', async () =>
      ok(await server.api('PUT', '/v2/merchants/me', { merchant: look })),
    )
    const { merchant: shown } = await state()
    assert.deepEqual([shown.brand_color, shown.name], [look.brand_color, look.name])
  })

  test('another register: the stream is to be opened anew, and then has its orders', async () => {
    const register = merchant.locations[0].registers.find(
      ({ id }) => id !== merchant.tablets[0].register_id,
    )
    const tablet = { register_id: register.id }
    await told('resync', async () =>
      ok(await server.api('PUT', `/v2/tablets/${ourTablet()}`, { tablet })),
    )
    const { seq, tablet: shown } = await state()
    assert.equal(shown.register.id, register.id)
    const stream = await listen(server, device, seq)
    const { order } = ok(await server.feed(sale(register.vendor_register, 900)))
    assert.equal((await stream.next()).data.id, order.id)
    stream.close()
  })

  test('nothing of what other merchants or other tablets are told', async () => {
    const { seq } = await state()
    const stream = await listen(server, device, seq)
    const others = server.demo.merchants[1]
    const headers = { authorization: `Bearer ${others.api_key}` }
    const { name } = others
    ok(await server.ask('PUT', '/v2/merchants/me', { headers, body: { merchant: { name } } }))
    ok(await server.api('POST', `/v2/tablets/${merchant.tablets[1].id}/identify`))
    ok(await server.api('POST', `/v2/tablets/${ourTablet()}/identify`))
    assert.equal((await stream.next()).name, 'identify')
    assert.equal((await state()).seq, seq + 2) // ours, and the other tablet's that was not told
    stream.close()
  })

  test('that it was taken away', async () => {
    const stream = await listen(server, device, (await state()).seq)
    ok(await server.api('DELETE', `/v2/tablets/${ourTablet()}`))
    const reply = await server.ask('GET', '/v2/tablet', { headers: device.headers })
    assert.equal(reply.status, 401)
    stream.close()
  })
})
