/* The served program from outside: web files, what watches over it, its log, and its end. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { Server } from '../support/server.mjs'

let server

/* A request whose bytes are left as they came; gives { status, headers, body }. */
function get(path, headers = {}, method = 'GET') {
  return new Promise((done, failed) => {
    const call = request(server.url + path, { method, headers }, (reply) => {
      const parts = []
      reply.on('data', (part) => parts.push(part))
      reply.on('end', () =>
        done({ status: reply.statusCode, headers: reply.headers, body: Buffer.concat(parts) }),
      )
    })
    call.on('error', failed)
    call.end()
  })
}

before(async () => {
  server = await Server.start()
})
after(() => server.remove())

test('a page is sent with a strict policy, and not again when it is unchanged', async () => {
  const page = await get('/tablet/')
  assert.equal(page.status, 200)
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  assert.equal(page.headers['cache-control'], 'no-cache')
  assert.match(page.headers['content-security-policy'], /default-src 'self'/)
  assert.match(page.headers['content-security-policy'], /frame-ancestors 'none'/)
  assert.doesNotMatch(page.headers['content-security-policy'], /unsafe-inline/)
  assert.equal(page.headers['x-content-type-options'], 'nosniff')
  assert.match(page.headers['permissions-policy'], /camera=\(self\)/)
  assert.equal(page.headers['cross-origin-opener-policy'], 'same-origin')

  const again = await get('/tablet/', { 'if-none-match': `"other", ${page.headers.etag}` })
  assert.equal(again.status, 304)
  assert.equal(again.body.length, 0)
  assert.equal(again.headers.etag, page.headers.etag)
  assert.equal((await get('/tablet/', { 'if-none-match': '"other"' })).status, 200)
})

test('a folder without its slash sends there, and there is a start page', async () => {
  const reply = await get('/tablet')
  assert.equal(reply.status, 301)
  assert.equal(reply.headers.location, '/tablet/')
  assert.equal((await get('/')).status, 200)
  assert.equal((await get('/tablet/../../etc/passwd')).status, 404)
})

test('files come compressed to those who can read it, and hashed ones forever', async () => {
  const page = (await get('/tablet/')).body.toString()
  const [, script] = page.match(/src="([^"]+\.js)"/)
  const plain = await get(new URL(script, `${server.url}/tablet/`).pathname)
  assert.equal(plain.status, 200)
  assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.equal(plain.headers.vary, 'Accept-Encoding')
  const path = new URL(script, `${server.url}/tablet/`).pathname
  const packed = await get(path, { 'accept-encoding': 'gzip' })
  assert.equal(packed.headers['content-encoding'], 'gzip')
  assert.ok(packed.body.length < plain.body.length)
  assert.equal(
    (await get(path, { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding'],
    undefined,
  )
  const head = await get(path, {}, 'HEAD')
  assert.equal(head.status, 200)
  assert.equal(head.body.length, 0)
  assert.equal(Number(head.headers['content-length']), plain.body.length)
})

test('whoever watches over it is told how it is', async () => {
  assert.deepEqual((await server.ask('GET', '/healthz')).body, { status: 'ok' })
  assert.deepEqual((await server.ask('GET', '/readyz')).body, { status: 'ready' })
  const metrics = await get('/metrics')
  assert.match(metrics.headers['content-type'], /^text\/plain; version=0\.0\.4/)
  assert.match(
    metrics.body.toString(),
    /habitue_requests_total\{method="GET",route="\/healthz",status="200"\} \d+/,
  )
  assert.match(
    metrics.body.toString(),
    /habitue_request_seconds_bucket\{lane="write",le="\+Inf"\} \d+/,
  )
})

test('the log tells of requests, and nothing of persons', async () => {
  const phone = '+33612345678'
  const made = await server.api('POST', '/v2/customers', {
    idempotency_key: randomUUID(),
    given_name: 'Ottilie',
    phone_number: phone,
    email_address: 'ottilie@example.org',
  })
  assert.equal(made.status, 200)
  await server.api('GET', `/v2/customers/${made.body.customer.id}?secret=hunter2`)
  await server.ask('GET', '/v2/locations', { headers: { authorization: 'Bearer key_wrong' } })
  const lines = server.log.trim().split('\n')
  assert.ok(lines.length > 3)
  for (const line of lines) assert.equal(typeof JSON.parse(line).event, 'string')
  assert.match(server.log, /"route":"\/v2\/customers\/\{customer\}"/)
  const key = server.demo.merchants[0].api_key
  for (const word of [
    'Ottilie',
    '612345678',
    'ottilie',
    'hunter2',
    key,
    'key_wrong',
    made.body.customer.id,
  ]) {
    assert.ok(!server.log.includes(word), `the log has ${word}`)
  }
})

test('a server that is told to stop does what it accepted, and answers it', async () => {
  const phones = Array.from({ length: 60 }, (_, i) => `+3361100${String(1000 + i)}`)
  const asked = phones.map((phone_number) =>
    server
      .api('POST', '/v2/loyalty/accounts', {
        idempotency_key: randomUUID(),
        loyalty_account: {
          program_id: server.demo.merchants[0].programs[0].id,
          mapping: { phone_number },
        },
      })
      .then(
        (reply) => reply,
        () => undefined,
      ),
  )
  await Promise.race(asked) /* the first was answered, the others are at every stage */
  await server.end('SIGTERM')
  const replies = await Promise.all(asked)
  assert.match(server.log, /"event":"stopped"/)
  await server.run()
  const found = await Promise.all(
    phones.map((phone) =>
      server.api('POST', '/v2/loyalty/accounts/search', {
        query: { mappings: [{ phone_number: phone }] },
      }),
    ),
  )
  replies.forEach((reply, i) => {
    if (reply?.status === 200) assert.equal(found[i].body.loyalty_accounts.length, 1)
    else assert.ok(reply === undefined || reply.status === 503)
  })
  assert.ok(replies.filter((reply) => reply?.status === 200).length > 0)
})
