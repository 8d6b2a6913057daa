/*
 * A merchant's logo: from an upload, through the database's chunks, to the tablet, byte for byte.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { Server } from '../support/server.mjs'
import { ok, picture } from '../support/story.mjs'

const CHUNK = 256 << 10
const SIZE_MAX = 2 << 20
let server, merchant, tablet

before(async () => {
  server = await Server.start()
  merchant = server.demo.merchants[0]
  tablet = await tabletOf(server, merchant.tablets[0].pairing_code)
})
after(() => server?.remove())

const key = (of = merchant) => ({ authorization: `Bearer ${of.api_key}` })
const logoPath = async () =>
  ok(await server.ask('GET', '/v2/tablet', { headers: tablet.headers })).merchant.logo_path
const fetchLogo = async (headers = {}) =>
  fetch(server.url + (await logoPath()), { headers: { ...tablet.headers, ...headers } })
const bytesOf = async (reply) => Buffer.from(await reply.arrayBuffer())

test('a tablet of a merchant without a logo is told of none', async () => {
  assert.equal(await logoPath(), undefined)
})

for (const size of [16, CHUNK - 1, CHUNK, CHUNK + 1, SIZE_MAX]) {
  test(`${size} bytes come back on the tablet as they were given`, async () => {
    const bytes = picture(size)
    const { file } = ok(await server.putLogo(bytes))
    assert.deepEqual([file.content_type, file.size], ['image/png', size])
    assert.equal(await logoPath(), `/v2/tablet/files/${file.id}`)
    const reply = await fetchLogo()
    assert.equal(reply.status, 200)
    assert.equal(Number(reply.headers.get('content-length')), size)
    assert.ok(bytes.equals(await bytesOf(reply)))
  })
}

test('several at once get the same', async () => {
  const bytes = picture(SIZE_MAX)
  ok(await server.putLogo(bytes))
  const replies = await Promise.all(Array.from({ length: 12 }, () => fetchLogo()))
  for (const reply of replies) assert.ok(bytes.equals(await bytesOf(reply)))
})

test('it may be kept by the browser, is only a picture, and is not sent twice', async () => {
  ok(await server.putLogo(picture(CHUNK + 1)))
  const { headers } = await fetchLogo()
  assert.equal(headers.get('content-type'), 'image/png')
  assert.equal(headers.get('cache-control'), 'private, max-age=31536000, immutable')
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal(headers.get('content-disposition'), 'inline')
  assert.match(headers.get('content-security-policy'), /^default-src 'none'/)
  const again = await fetchLogo({ 'if-none-match': headers.get('etag') })
  assert.equal(again.status, 304)
  assert.equal((await bytesOf(again)).length, 0)
})

test('staff and programs find it at their own address, another merchant at none', async () => {
  const { file } = ok(await server.putLogo(picture()))
  const session = ok(await server.ask('GET', '/v2/session', { headers: key() })).session
  assert.equal(session.merchant.logo_path, file.path)
  assert.equal((await fetch(server.url + file.path, { headers: key() })).status, 200)
  const others = await server.ask('GET', file.path, { headers: key(server.demo.merchants[1]) })
  assert.deepEqual([others.status, others.body.errors[0].code], [404, 'FILE_UNKNOWN'])
})

test('another one replaces it, and the first is gone; the same one stays', async () => {
  const bytes = picture()
  const first = ok(await server.putLogo(bytes)).file
  assert.deepEqual(ok(await server.putLogo(bytes)).file, first)
  const second = ok(await server.putLogo(picture())).file
  assert.notEqual(second.id, first.id)
  const gone = await server.ask('GET', first.path, { headers: key() })
  assert.deepEqual([gone.status, gone.body.errors[0].code], [404, 'FILE_UNKNOWN'])
})

test('what is no picture is refused by its bytes, and the logo stays', async () => {
  const before = await logoPath()
  for (const bytes of ['', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '{}']) {
    const { status, body } = await server.putLogo(Buffer.from(bytes))
    const [error] = body.errors
    assert.deepEqual([status, error.code, error.field], [400, 'FILE_TYPE', 'body'], bytes)
  }
  assert.equal(await logoPath(), before)
})

test('a byte more than 2 MB is too large', async () => {
  const { status, body } = await server.putLogo(picture(SIZE_MAX + 1))
  assert.deepEqual([status, body.errors[0].code], [413, 'BODY_TOO_LARGE'])
})

test('taken away, it is on no tablet; once more changes nothing', async () => {
  for (let i = 0; i < 2; i++) {
    assert.deepEqual(ok(await server.api('DELETE', '/v2/merchant/logo')), {})
    assert.equal(await logoPath(), undefined)
  }
})

test('a backup brings it along', async () => {
  const bytes = picture(CHUNK + 1)
  const { file } = ok(await server.putLogo(bytes))
  const path = join(server.folder, 'a.backup')
  await server.habitue('backup', path)
  const copy = await Server.create({ empty: true })
  try {
    await copy.habitue('restore', path)
    await copy.run()
    const reply = await fetch(copy.url + file.path, { headers: key() })
    assert.ok(bytes.equals(await bytesOf(reply)))
  } finally {
    await copy.remove()
  }
})
