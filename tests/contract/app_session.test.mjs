/*
 * How customers come into the app of a shop: what a code proves and a link vouches for, what a
 * stranger learns (nothing), and where the cookie goes.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { cookieLineOf } from '../support/cookies.mjs'
import { Guest, newPhone } from '../support/guest.mjs'
import { Server } from '../support/server.mjs'
import { ok, picture, slugOf } from '../support/story.mjs'

let server, shop, otherShop
let places = 0

before(async () => {
  server = await Server.start({ args: ['--demo', '1', '--behind-proxy', '1'] })
  shop = await slugOf(server)
  otherShop = await slugOf(server, server.demo.merchants[1])
})
after(() => server?.remove())

/* Each asks from a place of their own: the limits of one place are tested by themselves. */
const newPlace = () => {
  places += 1
  return { 'x-forwarded-for': `198.51.${places >> 8}.${places & 255}` }
}
const newGuest = (address, at = shop) => new Guest(server, at, { address, place: newPlace() })
async function joined(address, at) {
  const guest = newGuest(address, at)
  guest.card = (await guest.join({ address: guest.address })).session
  return guest
}

function refused(reply, status, code, field) {
  const [error] = reply.body.errors
  assert.deepEqual([reply.status, error.code, error.field], [status, code, field])
}

const codeError = (reply) => reply.body.errors?.[0].code

async function linkFor(customer_id) {
  const { sign_in } = ok(await server.api('POST', '/v2/till/sign-in-link', { customer_id }))
  return new URL(sign_in.url).hash.replace('#in=', '')
}

describe('a shop before signing in', () => {
  test('tells what it is called, rewards and wants read, in the language asked for', async () => {
    const french = ok(await newGuest().ask('GET', ''))
    assert.equal(french.merchant.slug, shop)
    assert.equal(french.notice.language, 'fr')
    assert.match(french.notice.text, /Fournil/)
    assert.deepEqual(french.channels, ['sms', 'email'])
    assert.equal(french.demo, true)
    assert.ok(french.programs[0].is_main && french.programs[0].reward_tiers.length > 0)
    const inLanguage = async (language) =>
      ok(await newGuest().ask('GET', `?language=${language}`)).notice.language
    assert.equal(await inLanguage('es-MX'), 'es')
    assert.equal(await inLanguage('xx'), 'en')
    refused(
      await newGuest().ask('GET', `?language=${'x'.repeat(21)}`),
      400,
      'FIELD_TOO_LONG',
      'language',
    )
    refused(await newGuest().ask('GET', '?tel=1'), 400, 'FIELD_UNKNOWN', 'tel')
  })

  test('is unknown by any other name', async () => {
    for (const slug of ['le-fourni', 'LE-FOURNIL', 'le-fournil%00', '%F0%9F%A5%90', '-']) {
      const guest = newGuest(undefined, slug)
      assert.equal((await guest.ask('GET', '')).status, 404, slug)
      assert.equal((await guest.sendCode()).status, 404, slug)
    }
  })

  test('can be installed under its own name and colour', async () => {
    const change = { merchant: { brand_color: '#123456' } }
    ok(await server.api('PUT', '/v2/merchants/me', change))
    const reply = await newGuest().ask('GET', '/manifest')
    assert.equal(reply.headers.get('content-type'), 'application/manifest+json')
    const manifest = ok(reply)
    assert.equal(manifest.start_url, `/app/${shop}/`)
    assert.equal(manifest.scope, manifest.start_url)
    assert.equal(manifest.id, manifest.start_url)
    assert.equal(manifest.theme_color, '#123456')
    assert.match(manifest.name, /Fournil/)
    for (const { src, type, sizes } of manifest.icons) {
      const png = readFileSync(`web/public${src}`)
      assert.equal(type, 'image/png')
      assert.equal(sizes, `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`)
    }
  })

  test('shows its logo to everybody and no other file', async () => {
    const first = ok(await server.putLogo(picture())).file
    const path = `/files/${first.id}`
    const shown = await fetch(`${server.url}/v2/app/${shop}${path}`)
    assert.equal(shown.status, 200)
    await shown.arrayBuffer()
    assert.equal(ok(await newGuest().ask('GET', '')).merchant.logo_path, `/v2/app/${shop}${path}`)
    assert.equal((await newGuest(undefined, otherShop).ask('GET', path)).status, 404)
    const second = ok(await server.putLogo(picture())).file
    refused(await newGuest().ask('GET', path), 404, 'FILE_UNKNOWN', undefined)
    const again = await fetch(`${server.url}/v2/app/${shop}/files/${second.id}`)
    assert.equal(again.status, 200)
    await again.arrayBuffer()
  })
})

describe('a code', () => {
  test('is answered alike whether the address is known or not', async () => {
    const known = await joined()
    const emailed = await joined({ email_address: 'known@mail.example' })
    for (const [guest, stranger] of [
      [known, newGuest()],
      [emailed, newGuest({ email_address: 'nobody@mail.example' })],
    ]) {
      const again = newGuest(guest.address)
      const [a, b] = [ok(await again.sendCode()), ok(await stranger.sendCode())]
      assert.deepEqual(Object.keys(a.code), Object.keys(b.code))
      assert.equal(a.code.channel, b.code.channel)
      const wrong = { code: '000000x', consent: await again.consent() }
      const replies = await Promise.all(
        [again, stranger].map((g) => g.ask('POST', '/session', { ...g.address, ...wrong })),
      )
      assert.deepEqual(replies[0].body, replies[1].body)
      refused(replies[0], 400, 'CODE_WRONG', 'code')
    }
  })

  test('comes in the language asked for, and the shop’s when none is', async () => {
    const guest = newGuest()
    ok(await guest.sendCode({ language: 'en-GB' }))
    assert.match((await guest.lastMessage()).body, /Your code/i)
    const french = newGuest({ email_address: 'anna@mail.example' })
    ok(await french.sendCode())
    const { subject, body } = await french.lastMessage()
    assert.match(subject, /^\d{6}/)
    assert.match(body, /Votre code/)
  })

  test('asked for twice at once is sent once', async () => {
    const guest = newGuest()
    const replies = await Promise.all(Array.from({ length: 6 }, () => guest.sendCode()))
    for (const reply of replies) assert.deepEqual(ok(reply), ok(replies[0]))
    const { messages } = ok(await server.ask('GET', '/v2/demo/messages'))
    const sent = messages.filter(({ address }) => address === guest.address.phone_number)
    assert.equal(sent.length, 1)
  })

  test('is for one address, that can be one', async () => {
    const ask = (body) => newGuest().ask('POST', '/codes', body)
    refused(await ask({}), 400, 'FIELD_REQUIRED', 'phone_number')
    refused(await ask({ phone_number: '06 12' }), 400, 'PHONE_NUMBER_INVALID', 'phone_number')
    refused(await ask({ phone_number: '+33 0' }), 400, 'PHONE_NUMBER_INVALID', 'phone_number')
    refused(await ask({ email_address: 'anna' }), 400, 'EMAIL_INVALID', 'email_address')
    refused(
      await ask({ email_address: 'a@b.example\nBcc: c' }),
      400,
      'EMAIL_INVALID',
      'email_address',
    )
    const both = { phone_number: newPhone(), email_address: 'a@b.example' }
    refused(await ask(both), 400, 'FIELD_VALUE', 'email_address')
    refused(await ask({ phone_number: '0'.repeat(41) }), 400, 'FIELD_TOO_LONG', 'phone_number')
    refused(await ask({ phone_number: { $ne: 1 } }), 400, 'FIELD_TYPE', 'phone_number')
    assert.equal((await ask({ email_address: 'x'.repeat(2 << 20) })).status, 413)
  })

  test('guessed by a burst, the right one among them, is answered five times', async () => {
    const guest = newGuest()
    const code = await guest.code()
    const consent = await guest.consent()
    const wrong = Array.from({ length: 15 }, (_, i) =>
      `${(Number(code) + i + 1) % 1000000}`.padStart(6, '0'),
    )
    const guesses = [...wrong, code].map((guess) =>
      guest.ask('POST', '/session', { ...guest.address, code: guess, consent }),
    )
    const codes = (await Promise.all(guesses)).map(codeError)
    assert.ok(codes.filter((c) => c === 'CODE_WRONG').length <= 4, codes.join(' '))
    const last = await guest.ask('POST', '/session', { ...guest.address, code, consent })
    refused(last, 400, 'CODE_EXPIRED', 'code')
  })

  test('used on two telephones at once signs one of them in', async () => {
    const guest = newGuest()
    const body = { ...guest.address, code: await guest.code(), consent: await guest.consent() }
    const both = await Promise.all([guest, guest].map((g) => g.ask('POST', '/session', body)))
    const [won, lost] = both.sort((a, b) => a.status - b.status)
    ok(won)
    refused(lost, 400, 'CODE_EXPIRED', 'code')
  })

  test('is sent to an address four times an hour, wherever it is asked for', async () => {
    const address = { email_address: 'often@mail.example' }
    for (let i = 0; i < 4; i++) await joined(address)
    const reply = await newGuest(address).sendCode()
    refused(reply, 429, 'CODE_TOO_MANY', undefined)
    const wait = Number(reply.headers.get('retry-after'))
    assert.ok(wait > 3500 && wait <= 3600, `${wait}`)
  })

  test('is sent from one place thirty times in a quarter of an hour, whomever to', async () => {
    const place = newPlace()
    for (let i = 0; i < 30; i++) ok(await new Guest(server, shop, { place }).sendCode())
    const reply = await new Guest(server, shop, { place }).sendCode()
    refused(reply, 429, 'CODE_TOO_MANY', undefined)
    assert.equal(reply.headers.get('retry-after'), '900')
    ok(await newGuest().sendCode())
    ok(await new Guest(server, otherShop, { place }).sendCode())
  })

  test('is guessed from one place twenty times, whosever it is', async () => {
    const place = newPlace()
    for (let i = 0; i < 5; i++) {
      const guest = new Guest(server, shop, { place })
      ok(await guest.sendCode())
      for (let j = 0; j < 4; j++) {
        const reply = await guest.ask('POST', '/session', { ...guest.address, code: 'no' })
        refused(reply, 400, 'CODE_WRONG', 'code')
      }
    }
    const guest = new Guest(server, shop, { place })
    const body = { ...guest.address, code: await guest.code(), consent: await guest.consent() }
    refused(await guest.ask('POST', '/session', body), 429, 'CODE_TOO_MANY', undefined)
    ok(await newGuest(guest.address).ask('POST', '/session', body))
  })
})

describe('joining', () => {
  test('needs the notice, and the code waits for it', async () => {
    const guest = newGuest()
    const body = { ...guest.address, code: await guest.code() }
    refused(await guest.ask('POST', '/session', body), 400, 'NOTICE_REQUIRED', undefined)
    const madeUp = { ...body, consent: { notice_version: '1999', language: 'fr' } }
    const field = 'consent.notice_version'
    refused(await guest.ask('POST', '/session', madeUp), 400, 'FIELD_VALUE', field)
    const consent = await guest.consent()
    const joining = { ...body, consent, source: 'poster-2' }
    const { session } = ok(await guest.ask('POST', '/session', joining))
    const path = `/v2/customers/${session.customer.id}/summary`
    const { consents } = ok(await server.api('GET', path))
    assert.deepEqual(
      consents.map(({ at, ...told }) => told),
      [{ purpose: 'loyalty_notice', state: 'shown', ...consent, source: 'poster-2' }],
    )
  })

  test('takes numbers and addresses as people write them', async () => {
    const phone = newPhone()
    const typed = `0${phone.slice(3).replace(/(..)(?=.)/g, '$1 ')}`
    const first = await joined({ phone_number: phone })
    const again = newGuest({ phone_number: phone })
    const code = await again.code()
    const body = { phone_number: typed, code: ` ${code.slice(0, 3)} ${code.slice(3)} ` }
    const { session } = ok(await again.ask('POST', '/session', body))
    assert.equal(session.customer.id, first.card.customer.id)
    assert.equal(session.customer.phone_number, phone)
    const written = await joined({ email_address: 'leo@mail.example' })
    const loud = newGuest({ email_address: 'leo@mail.example' })
    const shouted = { email_address: ' LEO@Mail.Example', code: await loud.code() }
    const reply = ok(await loud.ask('POST', '/session', shouted))
    assert.equal(reply.session.customer.id, written.card.customer.id)
  })

  test('by e-mail alone gives a card without a number', async () => {
    const { card } = await joined({ email_address: 'only@mail.example' })
    assert.deepEqual(Object.keys(card.customer), ['id', 'email_address'])
    assert.equal(card.accounts[0].balance, 0)
    assert.match(card.card_code, /^[0-9A-Z]{26}$/)
  })

  test('keeps any name there is', async () => {
    for (const given_name of [
      'محمد',
      '👩🏽‍🍳 Zoé',
      'Nguyễn',
      'ß'.repeat(60),
      "'; DROP TABLE--",
      '<b>x',
    ]) {
      const { customer } = (await newGuest().join({ customer: { given_name } })).session
      assert.equal(customer.given_name, given_name)
    }
    const guest = newGuest()
    const body = { ...guest.address, code: '123456' }
    for (const [more, code, field] of [
      [{ customer: { given_name: 'x'.repeat(101) } }, 'FIELD_TOO_LONG', 'customer.given_name'],
      [{ customer: { note: 'x' } }, 'FIELD_UNKNOWN', 'customer.note'],
      [{ source: 'a b' }, 'FIELD_VALUE', 'source'],
      [{ source: 'x'.repeat(21) }, 'FIELD_TOO_LONG', 'source'],
      [{ code: 'x'.repeat(41) }, 'FIELD_TOO_LONG', 'code'],
      [{ code: '' }, 'FIELD_REQUIRED', 'code'],
    ]) {
      refused(await guest.ask('POST', '/session', { ...body, ...more }), 400, code, field)
    }
  })

  test('finds whoever staff had written down, and shows them nothing that staff noted', async () => {
    const phone_number = newPhone()
    const written = { given_name: 'Anna', note: 'never pays', reference_id: 'R7', phone_number }
    const { customer } = ok(
      await server.api('POST', '/v2/customers', { ...written, idempotency_key: randomUUID() }),
    )
    const guest = newGuest({ phone_number })
    const { session } = await guest.join({
      address: { phone_number },
      customer: { given_name: 'Eve' },
    })
    assert.equal(session.customer.id, customer.id)
    assert.equal(session.customer.given_name, 'Anna')
    for (const path of ['/card', '/session', '/history', '/rewards']) {
      assert.doesNotMatch(JSON.stringify(ok(await guest.ask('GET', path))), /never pays|R7/)
    }
  })
})

describe('the cookie', () => {
  test('goes to its own shop only, no script reads it, and it lasts half a year', async () => {
    const guest = newGuest()
    const body = { ...guest.address, code: await guest.code(), consent: await guest.consent() }
    const reply = await guest.ask('POST', '/session', body)
    assert.match(
      cookieLineOf(reply),
      new RegExp(
        `^habitue_customer=cst_\\w{39}; Path=/v2/app/${shop}; Max-Age=15552000; HttpOnly; SameSite=Lax$`,
      ),
    )
    guest.keep(reply)
    const ended = await guest.ask('DELETE', '/session')
    assert.match(
      cookieLineOf(ended),
      new RegExp(`^habitue_customer=; Path=/v2/app/${shop}; Max-Age=0;`),
    )
    assert.equal((await guest.ask('GET', '/session')).status, 401)
  })

  test('proves nobody at another shop, and nothing to staff’s addresses', async () => {
    const guest = await joined()
    const there = Object.assign(newGuest(undefined, otherShop), { headers: guest.headers })
    for (const path of ['/session', '/card', '/history', '/rewards']) {
      refused(await there.ask('GET', path), 401, 'UNAUTHENTICATED', undefined)
    }
    refused(await there.ask('DELETE', '/me'), 401, 'UNAUTHENTICATED', undefined)
    const token = guest.cookie.split('=')[1]
    for (const headers of [guest.headers, { authorization: `Bearer ${token}` }]) {
      for (const path of ['/v2/session', '/v2/customers', '/v2/tablet', '/v2/till/open']) {
        const method = path.endsWith('open') ? 'POST' : 'GET'
        const body = method === 'POST' ? {} : undefined
        assert.equal((await server.ask(method, path, { headers, body })).status, 403, path)
      }
    }
    ok(await guest.ask('GET', '/card'))
  })

  test('of a shop that a browser holds beside a staff session is the one that counts there', async () => {
    const guest = await joined()
    const { email, password } = server.demo.merchants[0].staff[0]
    const staff = await server.ask('POST', '/v2/session', { body: { email, password } })
    const both = `${cookieLineOf(staff).split(';')[0]}; ${guest.cookie}`
    const headers = { ...guest.headers, cookie: both }
    const card = await server.ask('GET', `/v2/app/${shop}/card`, { headers })
    assert.equal(ok(card).customer.id, guest.card.customer.id)
    const session = await server.ask('GET', '/v2/session', { headers })
    assert.equal(ok(session).session.team_member.email, email)
  })

  test('that somebody planted is not what a sign-in gives', async () => {
    const guest = await joined()
    const planted = guest.headers
    await guest.join({ address: guest.address })
    assert.notEqual(guest.headers.cookie, planted.cookie)
  })
})

describe('a link', () => {
  const follow = (guest, token) => guest.ask('POST', '/session/link', { token })

  test('signs in whom the till vouches for, once', async () => {
    const known = await joined()
    const token = await linkFor(known.card.customer.id)
    const there = newGuest(undefined, otherShop)
    refused(await follow(there, token), 400, 'LINK_EXPIRED', undefined)
    const both = await Promise.all([newGuest(), newGuest()].map((guest) => follow(guest, token)))
    const [won, lost] = both.sort((a, b) => a.status - b.status)
    assert.equal(ok(won).session.customer.id, known.card.customer.id)
    refused(lost, 400, 'LINK_EXPIRED', undefined)
    for (const text of [token, token.toUpperCase(), 'x', '0'.repeat(26)]) {
      refused(await follow(newGuest(), text), 400, 'LINK_EXPIRED', undefined)
    }
    refused(await follow(newGuest(), ''), 400, 'FIELD_REQUIRED', 'token')
    refused(await follow(newGuest(), 'x'.repeat(65)), 400, 'FIELD_TOO_LONG', 'token')
  })

  test('ends when somebody proves that the address is theirs, and changes no address', async () => {
    const known = await joined()
    const scanned = newGuest()
    scanned.keep(await follow(scanned, await linkFor(known.card.customer.id)))
    const unused = await linkFor(known.card.customer.id)
    const mine = newGuest({ email_address: 'thief@mail.example' })
    const change = { customer: { email_address: 'thief@mail.example' }, code: await mine.code() }
    const field = 'customer.email_address'
    refused(await scanned.ask('PUT', '/me', change), 400, 'PROOF_REQUIRED', field)
    const gone = { customer: { email_address: null } }
    ok(await scanned.ask('PUT', '/me', gone)) // there is none: nothing changes

    const owner = newGuest(known.address)
    await owner.join({ address: known.address })
    refused(await scanned.ask('GET', '/card'), 401, 'UNAUTHENTICATED', undefined)
    refused(await follow(newGuest(), unused), 400, 'LINK_EXPIRED', undefined)
    ok(await known.ask('GET', '/card'))
  })
})

describe('what customers tell of themselves', () => {
  test('is changed, cleared and nothing else', async () => {
    const guest = await joined()
    const put = async (customer) => ok(await guest.ask('PUT', '/me', { customer })).customer
    const told = { given_name: 'Zoé', family_name: 'ل', birthday: '1990-02-28' }
    const { id, phone_number } = guest.card.customer
    assert.deepEqual(await put(told), { id, ...told, phone_number })
    const less = await put({ family_name: null, birthday: '12-31' })
    assert.deepEqual(less, { id, given_name: 'Zoé', birthday: '0000-12-31', phone_number })
    for (const [customer, code, field] of [
      [{ birthday: '1990-13-01' }, 'FIELD_VALUE', 'customer.birthday'],
      [{ phone_number: newPhone() }, 'FIELD_UNKNOWN', 'customer.phone_number'],
      [{ note: 'x' }, 'FIELD_UNKNOWN', 'customer.note'],
      [{ id: 'cus_0000000000001' }, 'FIELD_UNKNOWN', 'customer.id'],
      [{ family_name: 'x'.repeat(101) }, 'FIELD_TOO_LONG', 'customer.family_name'],
      [{ email_address: 'x' }, 'EMAIL_INVALID', 'customer.email_address'],
    ]) {
      refused(await guest.ask('PUT', '/me', { customer }), 400, code, field)
    }
  })

  test('an e-mail address takes a code that was sent to it', async () => {
    const guest = await joined()
    const email_address = 'mine@mail.example'
    const inbox = newGuest({ email_address })
    const put = (more) => guest.ask('PUT', '/me', { customer: { email_address }, ...more })
    refused(await put(), 400, 'CODE_REQUIRED', 'code')
    refused(await put({ code: '123456' }), 400, 'CODE_EXPIRED', 'code')
    const code = await inbox.code()
    refused(await put({ code: 'no' }), 400, 'CODE_WRONG', 'code')
    assert.equal(ok(await put({ code })).customer.email_address, email_address)
    ok(await put()) // as it is already
    const again = await newGuest().join({ address: { email_address } })
    assert.equal(again.session.customer.id, guest.card.customer.id)
    const { customer } = ok(await guest.ask('PUT', '/me', { customer: { email_address: null } }))
    assert.equal(customer.email_address, undefined)
  })

  test('the only way in is not cleared', async () => {
    const guest = await joined({ email_address: 'sole@mail.example' })
    const cleared = await guest.ask('PUT', '/me', { customer: { email_address: '' } })
    refused(cleared, 400, 'FIELD_REQUIRED', 'customer.email_address')
  })

  test('a look-alike address opens nobody else’s card', async () => {
    const victim = await joined({ email_address: 'rene@mail.example' })
    const thief = await joined({ email_address: 'ren\u00e9@mail.example' })
    const other = await joined({ email_address: 'rene@m\u00e0il.example' })
    const ids = [victim, thief, other].map(({ card }) => card.customer.id)
    assert.equal(new Set(ids).size, 3)
  })
})

describe('leaving', () => {
  test('erases, signs out everywhere, and leaves nothing to come back to', async () => {
    const guest = await joined()
    const { phone_number } = guest.address
    const { id } = guest.card.customer
    const second = newGuest(guest.address)
    await second.join({ address: guest.address })
    const link = await linkFor(id)
    const reply = await guest.ask('DELETE', '/me')
    ok(reply)
    assert.match(cookieLineOf(reply), /Max-Age=0/)
    for (const device of [guest, second]) {
      refused(await device.ask('GET', '/card'), 401, 'UNAUTHENTICATED', undefined)
    }
    assert.equal(
      codeError(await newGuest().ask('POST', '/session/link', { token: link })),
      'LINK_EXPIRED',
    )
    assert.equal((await server.api('GET', `/v2/customers/${id}`)).status, 404)
    const { messages } = ok(await server.ask('GET', '/v2/demo/messages'))
    assert.ok(!messages.some(({ address }) => address === phone_number))
    const code = guest.card.card_code
    const identified = await server.api('POST', '/v2/till/identify', { card_code: code })
    assert.equal(identified.status, 404)
    const anew = await newGuest().join({ address: { phone_number } })
    assert.notEqual(anew.session.customer.id, id)
  })
})

test('a copied card is worth nothing once its customer has another', async () => {
  const guest = await joined()
  const { card } = guest
  const identify = (card_code) => server.api('POST', '/v2/till/identify', { card_code })
  assert.equal((await identify(card.card_code)).status, 200)
  const renewed = ok(await guest.ask('POST', '/card-code', {}))
  assert.notEqual(renewed.card_code, card.card_code)
  assert.equal((await identify(card.card_code)).status, 404)
  const { customer } = ok(await identify(renewed.card_code))
  assert.equal(customer.id, card.customer.id)
  assert.equal(ok(await guest.ask('GET', '/card')).card_code, renewed.card_code)
})

test('a restored backup knows who is signed in, and every card', async () => {
  const guest = await joined()
  const path = join(server.folder, 'app.backup')
  await server.habitue('backup', path)
  const restored = await Server.create({ empty: true, args: server.args })
  try {
    await restored.habitue('restore', path)
    await restored.run()
    const there = new Guest(restored, shop)
    there.headers = guest.headers
    const { server_time: _, ...card } = ok(await there.ask('GET', '/card'))
    const { server_time: __, ...before } = ok(await guest.ask('GET', '/card'))
    assert.deepEqual(card, before)
    ok(await there.ask('PUT', '/me', { customer: { given_name: 'Zoé' } }))
  } finally {
    await restored.remove()
  }
})
