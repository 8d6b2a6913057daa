/*
 * Bad input: each is a clear error that names the field. What every body must withstand is tried on
 * every address that takes one (from openapi.yaml); the rest has a test of its own.
 */
import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { everybody } from '../support/callers.mjs'
import { ID_PREFIX, OpenApi, fill, fillPath } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { deliverSquare, live, ok, sale, squarePayment } from '../support/story.mjs'

const api = new OpenApi()
const withBody = api.operations.filter((o) => o.body && !o.path.startsWith('/hooks/'))
let server, merchant, ids, callers

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  merchant = server.demo.merchants[0]
  ids = await live(server)
  const roles = JSON.parse(await server.habitue('help', 'routes', '--json')).roles
  callers = await everybody(server, roles)
})
after(() => server?.remove())

/* Who may ask an operation: the first of ours with its permissions. */
const headersFor = (operation) =>
  callers.find((c) => c.isOurs && operation.needs.every((needed) => c.permissions.includes(needed)))
    .headers

/* Sends bytes as they are; gives [status, code, field] of the first error. */
async function send(operation, bytes, type = 'application/json') {
  const reply = await fetch(server.url + fillPath(operation, ids), {
    method: operation.method,
    headers: { ...headersFor(operation), 'content-type': type },
    body: bytes,
  })
  const body = await reply.json()
  assert.equal(api.wrongReply(operation, reply.status, body), '')
  const [error] = body.errors ?? [{}]
  return [reply.status, error.code, error.field]
}

const filled = (operation) => fill(operation.body.example, ids)
const text = (operation, more) => JSON.stringify({ ...filled(operation), ...more })

for (const operation of withBody) {
  describe(`${operation.method} ${operation.path}`, () => {
    test('what is not JSON', async () => {
      const good = text(operation)
      for (const bad of [
        good.slice(0, -1),
        `${good}x`,
        '{',
        '{"a":1,}',
        "{'a':1}",
        'nothing',
        '\0',
        '{"a":NaN}',
      ]) {
        assert.deepEqual((await send(operation, bad)).slice(0, 2), [400, 'JSON_MALFORMED'], bad)
      }
    })

    test('what is not UTF-8', async () => {
      const bytes = Buffer.concat([
        Buffer.from('{"x":"'),
        Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
        Buffer.from('"}'),
      ])
      assert.deepEqual((await send(operation, bytes)).slice(0, 2), [400, 'JSON_MALFORMED'])
    })

    test('the same name twice', async () => {
      const [name] = Object.keys(filled(operation))
      const bad = `${text(operation).slice(0, -1)},${JSON.stringify(name)}:1}`
      assert.deepEqual((await send(operation, bad)).slice(0, 2), [400, 'JSON_MALFORMED'])
    })

    test('nested too deeply', async () => {
      for (const depth of [33, 100_000]) {
        const bad = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`
        assert.deepEqual((await send(operation, bad)).slice(0, 2), [400, 'JSON_TOO_DEEP'])
      }
    })

    test('not an object', async () => {
      assert.deepEqual((await send(operation, '[]')).slice(0, 2), [400, 'FIELD_TYPE'])
      for (const bad of ['1', '"a"', 'null', 'true']) {
        assert.deepEqual((await send(operation, bad)).slice(0, 2), [400, 'JSON_MALFORMED'], bad)
      }
    })

    test('larger than a megabyte', async () => {
      const [status, code] = await send(operation, `{"a":"${'x'.repeat(1 << 20)}"}`)
      assert.deepEqual([status, code], [413, 'BODY_TOO_LARGE'])
    })

    test('not application/json', async () => {
      assert.deepEqual((await send(operation, text(operation), 'text/plain')).slice(0, 2), [
        400,
        'MEDIA_TYPE',
      ])
    })

    test('an unknown field, at the top and inside', async () => {
      assert.deepEqual(await send(operation, text(operation, { surprise: 1 })), [
        400,
        'FIELD_UNKNOWN',
        'surprise',
      ])
      for (const [name, value] of Object.entries(filled(operation))) {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
        const bad = text(operation, { [name]: { ...value, surprise: 1 } })
        assert.deepEqual(await send(operation, bad), [400, 'FIELD_UNKNOWN', `${name}.surprise`])
      }
    })

    test('every described field is known', async () => {
      const bad = JSON.stringify({ ...describedBy(operation.body.schema), surprise: 1 })
      assert.deepEqual(await send(operation, bad), [400, 'FIELD_UNKNOWN', 'surprise'])
    })

    test('a field of the wrong type', async () => {
      for (const { path, set } of leaves(filled(operation))) {
        assert.deepEqual(await send(operation, JSON.stringify(set({ odd: [] }))), [
          400,
          'FIELD_TYPE',
          fieldOf(path),
        ])
      }
    })

    test('a required field left out, or null', async () => {
      for (const path of requiredOf(operation)) {
        for (const value of [undefined, null]) {
          const bad = JSON.stringify(put(filled(operation), path, value))
          assert.deepEqual(await send(operation, bad), [400, 'FIELD_REQUIRED', path.join('.')])
        }
      }
    })

    test('a text that is much too long', async () => {
      for (const { path, value, set } of leaves(filled(operation))) {
        if (typeof value !== 'string') continue
        const [status, code, field] = await send(operation, JSON.stringify(set('x'.repeat(25_000))))
        assert.equal(status, 400)
        assert.ok(
          ['FIELD_TOO_LONG', 'ID_MALFORMED', 'FIELD_VALUE', 'TIME_MALFORMED'].includes(code),
          `${path}: ${code}`,
        )
        assert.equal(field, fieldOf(path))
      }
    })
  })
}

/* The leaves of an example: their paths, and how to put another value in their place. */
function leaves(example, path = []) {
  return Object.entries(example).flatMap(([name, value]) => {
    const here = [...path, name]
    if (typeof value === 'object' && value !== null) {
      return leaves(value, here).map((leaf) => ({
        ...leaf,
        set: (other) => put(example, [name], leaf.set(other)),
      }))
    }
    return [{ path: here, value, set: (other) => put(example, [name], other) }]
  })
}

function put(object, [name, ...rest], value) {
  const copy = Array.isArray(object) ? [...object] : { ...object }
  copy[name] = rest.length === 0 ? value : put(copy[name] ?? {}, rest, value)
  return copy
}

/* query.filter.types[0] is told by its list's name, members of objects by their own. */
const fieldOf = (path) => {
  const members = path.findIndex((name) => /^\d+$/.test(name))
  if (members === -1) return path.join('.')
  const list = path.slice(0, members).join('.')
  return members === path.length - 1
    ? list
    : `${list}[${path[members]}].${path.slice(members + 1).join('.')}`
}

/* All fields that a schema describes, null each. */
function describedBy(schema) {
  const { allOf, properties } = api.deref(schema)
  if (allOf) return Object.assign({}, ...allOf.map(describedBy))
  if (!properties) return null
  return Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [name, describedBy(inner)]),
  )
}

/* A schema made of several, as one. */
function whole(schema) {
  const parts = (schema.allOf ?? []).map((part) => whole(api.deref(part)))
  if (parts.length === 0) return schema
  return {
    type: 'object',
    required: parts.flatMap(({ required }) => required ?? []),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
  }
}

/* Paths of fields that the schema requires, all the way down. */
function requiredOf(operation) {
  const walk = (schema, path) =>
    (schema.required ?? []).flatMap((name) => {
      const inner = whole(api.deref(schema.properties[name]))
      const deeper = inner.type === 'object' ? walk(inner, [...path, name]) : []
      return inner.type === 'object' ? deeper : [[...path, name]]
    })
  return walk(api.deref(operation.body.schema), [])
}

/* An id in a path: of an integration it is not one of ours to know, and a shop's is a word. */
const ID_IN_PATH = /\{(?!integration|shop)(\w+)\}/

describe('ids in the path', () => {
  for (const operation of api.operations.filter((o) => ID_IN_PATH.test(o.path))) {
    test(`${operation.method} ${operation.path}`, async () => {
      const name = ID_IN_PATH.exec(operation.path)[1]
      const kind = ID_PREFIX[name]
      const ask = async (id) => {
        const { status, body } = await server.ask(
          operation.method,
          fillPath(operation, { ...ids, [kind]: id }),
          {
            headers: headersFor(operation),
            body: operation.body && filled(operation),
          },
        )
        return [status, body.errors?.[0].code, body.errors?.[0].field]
      }
      for (const bad of [
        'x',
        `${kind}_`,
        `zzz_${ids[kind].slice(4)}`,
        `${ids[kind]}0`,
        `${kind}_!!!!!!!!!!!!!`,
        '%00',
      ]) {
        assert.deepEqual(await ask(bad), [400, 'ID_MALFORMED', name], bad)
      }
      const [status, code] = await ask(`${kind}_0000000000001`)
      assert.equal(status, 404)
      assert.match(code, /_UNKNOWN$/)
    })
  }
})

describe('addresses', () => {
  const answer = async (
    method,
    path,
    headers = { authorization: `Bearer ${merchant.api_key}` },
  ) => {
    const { status, body } = await server.ask(method, path, { headers })
    return [status, body.errors[0].code, body.errors[0].field]
  }

  test('one that does not exist', async () => {
    for (const path of [
      '/v2/nothing',
      '/v2/customers/a/b/c',
      '/v2//customers',
      '/v2/customers/',
      '/v2/../v2/nothing',
    ]) {
      assert.deepEqual((await answer('GET', path)).slice(0, 2), [404, 'PATH_UNKNOWN'], path)
    }
  })

  test('a method that it does not answer', async () => {
    const { status, body, headers } = await server.api('PUT', '/v2/locations')
    assert.deepEqual(
      [status, body.errors[0].code, headers.get('allow')],
      [405, 'METHOD_UNKNOWN', 'GET, HEAD'],
    )
  })

  test('query parameters: unknown, not a number, out of range', async () => {
    assert.deepEqual(await answer('GET', '/v2/customers?limt=3'), [400, 'FIELD_UNKNOWN', 'limt'])
    assert.deepEqual(await answer('GET', '/v2/customers?limit=many'), [400, 'FIELD_TYPE', 'limit'])
    assert.deepEqual(await answer('GET', '/v2/customers?limit=101'), [400, 'FIELD_RANGE', 'limit'])
    assert.deepEqual(await answer('GET', '/v2/customers?limit=99999999999999999999'), [
      400,
      'FIELD_RANGE',
      'limit',
    ])
    assert.deepEqual(await answer('GET', '/v2/customers?sort_order=UP'), [
      400,
      'FIELD_VALUE',
      'sort_order',
    ])
    assert.deepEqual(await answer('GET', '/v2/customers?count=maybe'), [
      400,
      'FIELD_VALUE',
      'count',
    ])
    assert.deepEqual(await answer('GET', '/v2/stream?after=-1'), [400, 'FIELD_TYPE', 'after'])
  })
})

describe('messages of a POS', () => {
  const feed = () => merchant.pos.find(({ vendor }) => vendor === 'feed')
  const message = (more = {}) =>
    JSON.stringify({
      sent_at: new Date().toISOString(),
      establishment: feed().establishment,
      ...sale(merchant.locations[0].registers[0].vendor_register, 700),
      ...more,
    })
  const sign = (body, secret = feed().secret) =>
    createHmac('sha256', secret).update(body).digest('hex')

  async function deliver(body, signature, path = feed().webhook_path) {
    const reply = await fetch(server.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature !== undefined && { 'x-habitue-signature': signature }),
      },
      body,
    })
    const told = await reply.json()
    return [reply.status, told.errors?.[0].code, told.errors?.[0].field]
  }

  test('the signature is missing, wrong, of another body or of another secret', async () => {
    const body = message()
    const others = server.demo.merchants[1].pos[0].secret
    for (const bad of [
      undefined,
      '',
      'zz',
      '0'.repeat(64),
      sign(`${body} `),
      sign(body, others),
      sign(body).slice(2),
    ]) {
      assert.deepEqual(
        (await deliver(body, bad)).slice(0, 2),
        [401, 'SIGNATURE_WRONG'],
        String(bad),
      )
    }
    assert.equal((await deliver(body, sign(body)))[0], 200)
  })

  test("Square's, too", async () => {
    const event = squarePayment(server, 700)
    const spoilt = [
      () => '',
      () => 'AAAA',
      (signature) => signature.toLowerCase(),
      (signature) => Buffer.from(signature, 'base64').toString('hex'),
    ]
    for (const change of spoilt) {
      const { status, body } = await deliverSquare(server, event, change)
      assert.deepEqual([status, body.errors[0].code], [401, 'SIGNATURE_WRONG'])
    }
    ok(await deliverSquare(server, event))
  })

  test('a message of the day before yesterday', async () => {
    const body = message({
      sent_at: new Date(Date.now() - 48 * 3_600_000).toISOString(),
    })
    assert.deepEqual((await deliver(body, sign(body))).slice(0, 2), [400, 'SIGNATURE_STALE'])
  })

  test('an integration that does not exist', async () => {
    const body = message()
    const [status, code] = await deliver(body, sign(body), '/hooks/feed/int_0000000000001')
    assert.deepEqual([status, code], [404, 'INTEGRATION_UNKNOWN'])
  })

  test('signed nonsense names its field', async () => {
    for (const [more, field] of [
      [{ total: 'much' }, 'total'],
      [{ total: 1.5 }, 'total'],
      [{ currency: 'XYZ' }, 'currency'],
      [{ closed_at: 'yesterday' }, 'closed_at'],
      [{ event: 'eaten' }, 'event'],
      [{ sale_id: null }, 'sale_id'],
    ]) {
      const body = message(more)
      const [status, , told] = await deliver(body, sign(body))
      assert.deepEqual([status, told], [400, field], JSON.stringify(more))
    }
    const body = '{"event":'
    assert.deepEqual((await deliver(body, sign(body))).slice(0, 2), [400, 'JSON_MALFORMED'])
  })
})

describe('guessing', () => {
  test('five wrong pairing codes, then a wait, even for the right one', async () => {
    const guessed = await Server.start()
    try {
      const activate = (code) => guessed.ask('POST', '/v2/tablets/activate', { body: { code } })
      for (let i = 0; i < 4; i++) {
        const { status, body } = await activate('ABCD-EFGH')
        assert.deepEqual(
          [status, body.errors[0].code, body.errors[0].field],
          [400, 'PAIRING_CODE_WRONG', 'code'],
        )
      }
      const fifth = await activate('ABCD-EFGH')
      const right = await activate(guessed.demo.merchants[0].tablets[0].pairing_code)
      for (const { status, body, headers } of [fifth, right]) {
        assert.deepEqual(
          [status, body.errors[0].code, body.errors[0].category],
          [429, 'PAIRING_LOCKED', 'RATE_LIMIT_ERROR'],
        )
        assert.ok(Number(headers.get('retry-after')) > 600)
      }
    } finally {
      await guessed.remove()
    }
  })

  test('five wrong passwords, then a wait, even for the right one; others sign in', async () => {
    const [victim, other] = merchant.staff
    const signIn = (email, password) =>
      server.ask('POST', '/v2/session', { body: { email, password } })
    const { email } = victim
    const written = [email, email.toUpperCase(), ` ${email} `, email.replace('c', 'C')]
    for (const way of written) assert.equal((await signIn(way, 'a wrong one')).status, 401)
    const fifth = await signIn(email, 'a wrong one')
    const right = await signIn(email, victim.password)
    for (const { status, body, headers } of [fifth, right]) {
      assert.deepEqual([status, body.errors[0].code], [429, 'SIGN_IN_LOCKED'])
      assert.ok(Number(headers.get('retry-after')) > 600)
    }
    ok(await signIn(other.email, other.password))
    const nobody = await signIn('nobody', 'a wrong one')
    assert.deepEqual(nobody.body.errors[0].field, 'email')
  })

  test('a burst of guesses with the right one behind it', async () => {
    const victim = server.demo.merchants[1].staff[0]
    const signIn = (password) =>
      server.ask('POST', '/v2/session', { body: { email: victim.email, password } })
    const burst = Array.from({ length: 12 }, () => signIn('a wrong one'))
    const replies = await Promise.all([...burst, signIn(victim.password)])
    const wrong = replies.filter(({ status }) => status === 401)
    /* The right one, if it overtakes some, is let in and begins the count anew. */
    const most = replies.at(-1).status === 200 ? 8 : 4
    assert.ok(wrong.length <= most, `${wrong.length} guesses were answered`)
    assert.ok(replies.every(({ status }) => [401, 429, 200].includes(status)))
  })
})

test('a full queue: 503 with Retry-After, and what was accepted is there', async () => {
  const small = await Server.start({ args: ['--queue-max', '16'] })
  try {
    const key = { authorization: `Bearer ${small.demo.merchants[0].api_key}` }
    const burst = Array.from({ length: 600 }, () =>
      small.ask('POST', '/v2/customers', {
        headers: key,
        body: { given_name: 'Burst', reference_id: randomUUID() },
      }),
    )
    const replies = await Promise.all(burst)
    const accepted = replies.filter(({ status }) => status === 200)
    const refused = replies.filter(({ status }) => status === 503)
    assert.equal(accepted.length + refused.length, replies.length)
    assert.ok(
      accepted.length > 0 && refused.length > 0,
      `${accepted.length} accepted, ${refused.length} refused`,
    )
    for (const { body, headers } of refused) {
      assert.deepEqual([body.errors[0].code, body.errors[0].category], ['BUSY', 'API_ERROR'])
      assert.ok(Number(headers.get('retry-after')) >= 1)
    }
    const found = []
    for (let cursor; ;) {
      const page = ok(
        await small.ask('POST', '/v2/customers/search', {
          headers: key,
          body: { cursor },
        }),
      )
      found.push(
        ...page.customers.filter(({ given_name }) => given_name === 'Burst').map(({ id }) => id),
      )
      if (!(cursor = page.cursor)) break
    }
    assert.deepEqual(found.sort(), accepted.map(({ body }) => body.customer.id).sort())
  } finally {
    await small.remove()
  }
})

describe('a shop that is not there', () => {
  for (const operation of api.operations.filter((o) => o.path.includes('{shop}'))) {
    test(`${operation.method} ${operation.path}`, async () => {
      for (const shop of ['x', 'nobody-s-shop', 'Le-Fournil', '%00', 'x'.repeat(200)]) {
        const { status, body } = await server.ask(
          operation.method,
          fillPath(operation, { ...ids, shop }),
          { headers: headersFor(operation), body: operation.body && filled(operation) },
        )
        /* A customer's session is of one shop: at any other they are nobody. */
        const wanted =
          operation.needs.length > 0 ? [401, 'UNAUTHENTICATED'] : [404, 'MERCHANT_UNKNOWN']
        assert.deepEqual([status, body.errors?.[0].code], wanted, shop)
      }
    })
  }
})
