// A FAKE server for working on the screens without the real one. It speaks the tablet's HTTP and
// live stream, keeps everything in memory and checks next to nothing. Never used by tests of the
// product; `make run` serves the real thing.
//
//   npm run build && npm run fake        http://127.0.0.1:8080/tablet/, code 7KQ2-M9XD
//   curl -d '{"amount":1240,"points":12}' localhost:8080/fake/order
//   curl -d '{"id":"…","reason":"canceled"}' localhost:8080/fake/gone
//   curl -d '{"seconds":20}' localhost:8080/fake/away      answers nothing for a while
//   curl -d '{"language":"en","country":"GB"}' localhost:8080/fake/merchant
//
//   curl -d '{}' localhost:8080/fake/identify
//
// Phones: any ten digits work; …00 is new, …99 reaches a reward, …50 waits four seconds. PIN: 4321.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const CODE = '7KQ2M9XD'
const TRIES_MAX = 5
const LOCK_S = 300
const CLAIM_MS = 5 * 60_000
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const fake = {
  seq: 1,
  orders: [],
  log: [],
  streams: new Set(),
  wrongCodes: 0,
  lockedUntil: 0,
  awayUntil: 0,
  merchant: {
    id: 'mer_fake',
    name: 'Au Fournil de Léa',
    language: 'fr',
    currency: 'EUR',
    country: 'FR',
  },
  register: { id: 'reg_fake', name: 'Caisse 1' },
}

const NOTICE = {
  version: '1',
  language: 'fr',
  text:
    'Au Fournil de Léa enregistre votre numéro de téléphone, vos achats et vos points pour tenir votre compte ' +
    'de fidélité, et pour rien d’autre. Nous ne vous envoyons pas de publicité sans vous le demander, et nous ' +
    'ne vendons ni ne donnons vos données. Elles sont effacées quand vous quittez le programme : demandez-le ' +
    'au comptoir, quand vous voulez. Vous pouvez aussi les consulter, les corriger, ou vous adresser à ' +
    'l’autorité de protection des données.',
}

function tell(event, data) {
  fake.seq += 1
  const entry = `id: ${fake.seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
  fake.log.push({ seq: fake.seq, entry })
  for (const stream of fake.streams) stream.write(entry)
}

function refuse(response, status, code, field = '', headers = {}) {
  const body = { errors: [{ category: 'INVALID_REQUEST_ERROR', code, detail: code, field }] }
  answer(response, status, body, headers)
}

function answer(response, status, body, headers = {}) {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(JSON.stringify(body))
}

function waiting() {
  const now = Date.now()
  fake.orders = fake.orders.filter((order) => Date.parse(order.expires_at) > now)
  return fake.orders
}

function activate(response, body) {
  const left_s = Math.ceil((fake.lockedUntil - Date.now()) / 1000)
  if (left_s > 0) return refuse(response, 429, 'PAIRING_LOCKED', 'code', { 'Retry-After': left_s })
  if (
    String(body.code)
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '') !== CODE
  ) {
    fake.wrongCodes += 1
    if (fake.wrongCodes >= TRIES_MAX) {
      fake.wrongCodes = 0
      fake.lockedUntil = Date.now() + LOCK_S * 1000
    }
    return refuse(response, 400, 'PAIRING_CODE_WRONG', 'code')
  }
  const cookie = 'habitue_device=fake; Path=/; HttpOnly; SameSite=Lax'
  answer(
    response,
    200,
    { tablet: { id: 'tab_fake' }, csrf_token: 'fake-csrf' },
    { 'Set-Cookie': cookie },
  )
}

function state(response) {
  answer(response, 200, {
    tablet: {
      id: 'tab_fake',
      name: 'Comptoir',
      location: { id: 'loc_fake', name: 'Rue des Lilas' },
      register: fake.register,
    },
    merchant: fake.merchant,
    program: { id: 'pro_fake', name: 'Fidélité', terminology: { one: 'point', other: 'points' } },
    notice: NOTICE,
    app_url: 'https://habitue.example/app/fournil-de-lea/',
    pin_set: true,
    orders: waiting(),
    server_time: new Date().toISOString(),
    seq: fake.seq,
    csrf_token: 'fake-csrf',
  })
}

function stream(request, response, after) {
  const from = Number(request.headers['last-event-id'] ?? after)
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  response.write('retry: 1000\n\n')
  for (const { seq, entry } of fake.log) if (seq > from) response.write(entry)
  fake.streams.add(response)
  request.on('close', () => fake.streams.delete(response))
}

function claim(request, response, body) {
  if (request.headers['x-habitue-csrf'] !== 'fake-csrf')
    return refuse(response, 403, 'CSRF_TOKEN_WRONG')
  const order = waiting().find(({ id }) => id === body.order_id)
  if (!order) return refuse(response, 404, 'ORDER_UNKNOWN', 'order_id')
  const phone = String(body.phone_number)
  if (phone.replace(/\D/g, '').length < 10)
    return refuse(response, 400, 'PHONE_NUMBER_INVALID', 'phone_number')
  fake.orders = fake.orders.filter((other) => other !== order)
  const isNew = phone.endsWith('00')
  const balance = phone.endsWith('99') ? 104 : order.points + (isNew ? 0 : 56)
  const reached = balance >= 100
  const reply = {
    claim: {
      order_id: order.id,
      points: order.points,
      is_new: isNew,
      account: { id: 'acc_fake', balance },
      next_reward: reached
        ? { name: 'Un plateau de viennoiseries', points: 250, missing: Math.max(0, 250 - balance) }
        : { name: 'Une tarte aux pommes', points: 100, missing: 100 - balance },
      reward_available: reached ? { name: 'Une tarte aux pommes', points: 100 } : null,
      ...(isNew && {
        sign_in: {
          url: 'https://habitue.example/app/fournil-de-lea/#in=fake',
          expires_at: new Date(Date.now() + CLAIM_MS).toISOString(),
        },
      }),
    },
  }
  tell('order_gone', { id: order.id, reason: 'claimed' })
  setTimeout(() => answer(response, 200, reply), phone.endsWith('50') ? 4000 : 150)
}

const controls = {
  order(body) {
    const now = Date.now()
    const order = {
      id: `ord_fake${fake.seq}`,
      points: body.points ?? 12,
      total_money: { amount: body.amount ?? 1240, currency: fake.merchant.currency },
      closed_at: new Date(now - (body.age_ms ?? 0)).toISOString(),
      expires_at: new Date(now - (body.age_ms ?? 0) + CLAIM_MS).toISOString(),
      has_card: body.has_card ?? false,
    }
    fake.orders.push(order)
    tell('order', order)
    return order
  },
  gone(body) {
    fake.orders = fake.orders.filter(({ id }) => id !== body.id)
    tell('order_gone', body)
    return body
  },
  away(body) {
    fake.awayUntil = Date.now() + (body.seconds ?? 10) * 1000
    for (const open of fake.streams) open.destroy()
    return body
  },
  identify() {
    tell('identify', { until: new Date(Date.now() + 10_000).toISOString() })
    return {}
  },
  merchant(body) {
    Object.assign(fake.merchant, body)
    if ('register' in body) fake.register = body.register
    tell('settings', {})
    return fake.merchant
  },
  reset() {
    fake.orders = []
    fake.wrongCodes = 0
    fake.lockedUntil = 0
    fake.awayUntil = 0
    return {}
  },
}

function file(response, path) {
  const clean = normalize(path).replace(/^(\.\.[/\\])+/, '')
  const found = join(DIST, clean.endsWith('/') ? `${clean}index.html` : clean)
  if (!existsSync(found) || !statSync(found).isFile()) return refuse(response, 404, 'ROUTE_UNKNOWN')
  response.writeHead(200, {
    'Content-Type': TYPES[extname(found)] ?? 'application/octet-stream',
    'Content-Security-Policy': CSP,
  })
  createReadStream(found).pipe(response)
}

async function route(request, response) {
  const url = new URL(request.url, 'http://fake')
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {}

  const control = /^\/fake\/(\w+)$/.exec(url.pathname)
  if (control) return answer(response, 200, controls[control[1]](body))
  if (Date.now() < fake.awayUntil) return request.socket.destroy()
  if (url.pathname === '/v2/tablets/activate') return activate(response, body)
  if (
    url.pathname.startsWith('/v2/') &&
    !/habitue_device=fake/.test(request.headers.cookie ?? '')
  ) {
    return refuse(response, 401, 'AUTHENTICATION_REQUIRED')
  }
  if (url.pathname === '/v2/tablet') return state(response)
  if (url.pathname === '/v2/tablet/unlock')
    return body.pin === '4321'
      ? answer(response, 200, {})
      : refuse(response, 400, 'PIN_WRONG', 'pin')
  if (url.pathname === '/v2/tablet/activation') {
    const cookie = 'habitue_device=; Path=/; Max-Age=0'
    return answer(response, 200, {}, { 'Set-Cookie': cookie })
  }
  if (url.pathname === '/v2/tablet/stream')
    return stream(request, response, url.searchParams.get('after'))
  if (url.pathname === '/v2/tablet/claims') return claim(request, response, body)
  return file(response, url.pathname)
}

const port = Number(process.env.PORT ?? 8080)
createServer((request, response) => {
  route(request, response).catch((error) => refuse(response, 400, 'FAKE_ERROR', String(error)))
}).listen(port, '127.0.0.1', function () {
  console.log(`fake server: http://127.0.0.1:${this.address().port}/tablet/  code 7KQ2-M9XD`)
})
