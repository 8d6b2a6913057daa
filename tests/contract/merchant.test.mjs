/*
 * What a merchant sets about itself: who may, what is refused, and who learns of it.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { everybody } from '../support/callers.mjs'
import { OpenApi } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'

const api = new OpenApi()
let server

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
})
after(() => server?.remove())

async function change(merchant) {
  const reply = await server.api('PUT', '/v2/merchants/me', { merchant })
  const operation = api.find('PUT', '/v2/merchants/me')
  assert.equal(api.wrongReply(operation, reply.status, reply.body), '')
  return reply
}
const show = async () => ok(await server.api('GET', '/v2/merchants/me')).merchant

test('what is told is changed, and the rest stays', async () => {
  const before = await show()
  ok(await change({ name: 'Le Fournil d’Éloïse', slug: 'fournil-eloise' }))
  const { merchant } = ok(await change({ brand_color: '#225588', language: 'en' }))
  assert.deepEqual(merchant, {
    ...before,
    name: 'Le Fournil d’Éloïse',
    slug: 'fournil-eloise',
    app_url: `${server.url}/app/fournil-eloise/`,
    brand_color: '#225588',
    language: 'en',
  })
  assert.equal(ok(await change({ brand_color: null })).merchant.brand_color, undefined)
})

test('a PIN is kept and never told', async () => {
  assert.equal((await show()).tablet_pin_set, false)
  const { merchant } = ok(await change({ tablet_pin: '2580' }))
  assert.equal(merchant.tablet_pin_set, true)
  assert.ok(!JSON.stringify(merchant).includes('2580'))
  for (const tablet_pin of ['123', '123456789', '12a4', '１２３４', ' 1234']) {
    const { status, body } = await change({ tablet_pin })
    assert.deepEqual([status, body.errors[0].field], [400, 'merchant.tablet_pin'], tablet_pin)
  }
})

test('a wrong value is refused with its field, and nothing changes', async () => {
  const before = await show()
  for (const [field, values] of Object.entries({
    name: ['', '   ', 'x'.repeat(201), 7],
    language: ['de', 'français'],
    time_zone: ['Europe/Lutetia', '+01:00', '../UTC'],
    brand_color: ['#12345', 'red', '#ABCDEF', '#12345g'],
    slug: ['ab', 'Le-Fournil', 'le fournil', '-le-', 'dashboard', 'x'.repeat(41)],
    currency: ['USD'],
  })) {
    for (const value of values) {
      const { status, body } = await change({ [field]: value })
      assert.deepEqual([status, body.errors[0].field], [400, `merchant.${field}`], String(value))
    }
  }
  assert.deepEqual(await show(), before)
})

test('another merchant’s slug is taken', async () => {
  const { status, body } = await change({ slug: 'salon-nova' })
  const [{ code, field }] = body.errors
  assert.deepEqual([status, code, field], [409, 'SLUG_TAKEN', 'merchant.slug'])
})

test('everybody of the shop may look, owners and managers change', async () => {
  const { roles } = JSON.parse(await server.habitue('help', 'routes', '--json'))
  const ofTheShop = (caller) => caller.isOurs && caller.permissions.includes('SELF')
  for (const caller of (await everybody(server, roles)).filter(ofTheShop)) {
    const asked = (method, body) =>
      server.ask(method, '/v2/merchants/me', { body, headers: caller.headers })
    const may = caller.permissions.includes('MERCHANT_WRITE')
    assert.equal((await asked('GET')).status, 200, caller.name)
    const { status } = await asked('PUT', { merchant: { language: 'fr' } })
    assert.equal(status, may ? 200 : 403, caller.name)
  }
})

test('screens that stream from the session’s sequence are told once that it changed', async () => {
  const { seq } = ok(
    await server.ask('GET', '/v2/session', {
      headers: { authorization: `Bearer ${server.demo.merchants[0].api_key}` },
    }),
  )
  ok(await change({ brand_color: '#334455' }))
  const stop = new AbortController()
  const reply = await fetch(`${server.url}/v2/stream?after=${seq}`, {
    headers: { authorization: `Bearer ${server.demo.merchants[0].api_key}` },
    signal: stop.signal,
  })
  let text = ''
  for await (const bytes of reply.body) {
    text += Buffer.from(bytes).toString()
    if (text.includes('event: settings') && text.endsWith('\n\n')) break
  }
  stop.abort()
  assert.equal(text.match(/event: settings\ndata: \{\}/g)?.length, 1, text)
})
