/*
 * What people may ask of their data: all that is known of them, and of nobody else; whom a merchant
 * would no longer keep. openapi.yaml is true of it, see openapi.test.mjs.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Guest } from '../support/guest.mjs'
import { Player } from '../support/playing.mjs'
import { Server } from '../support/server.mjs'
import { live, ok, sale, slugOf } from '../support/story.mjs'

const PHONE = '+33677001122'
const player = new Player()
const play = (id, told) => player.play(id, told)
let server, merchant, shop, anna, guest

const post = async (path, body) =>
  ok(await server.api('POST', path, { idempotency_key: randomUUID(), ...body }))

/* Everything that a shop may know of somebody, who writes their name as an attacker would. */
async function meet() {
  const { customer } = await post('/v2/customers', {
    given_name: 'Anna <script>alert(1)</script>',
    family_name: 'Bianchi & fils',
    email_address: 'anna@rights.example',
    phone_number: PHONE,
    birthday: '1990-02-28',
    address: { address_line_1: '3 rue des Halles', postal_code: '69001', locality: 'Lyon' },
    note: 'Sans gluten',
  })
  const { loyalty_account } = await post('/v2/loyalty/accounts', {
    loyalty_account: {
      program_id: merchant.programs[0].id,
      mapping: { phone_number: PHONE },
    },
  })
  await post(`/v2/loyalty/accounts/${loyalty_account.id}/adjust`, {
    adjust_points: { points: 60, reason: 'Pain trop cuit' },
  })
  const { order } = ok(
    await server.feed(sale(merchant.locations[0].registers[0].vendor_register, 1250)),
  )
  await post(`/v2/loyalty/accounts/${loyalty_account.id}/accumulate`, {
    accumulate_points: { order_id: order.id },
    location_id: merchant.locations[0].id,
  })
  await post('/v2/loyalty/rewards', {
    reward: {
      loyalty_account_id: loyalty_account.id,
      reward_tier_id: merchant.programs[0].reward_tiers[0].id,
    },
  })
  await post('/v2/credit-notes', {
    credit_note: {
      amount_money: { amount: 350, currency: 'EUR' },
      customer_id: customer.id,
      reason: 'gesture',
      note: 'Attente au comptoir',
    },
  })
  return customer
}

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  merchant = server.demo.merchants[0]
  shop = await slugOf(server)
  player.begin(server, await live(server))
  anna = await meet()
  guest = new Guest(server, shop, { address: { phone_number: PHONE } })
  await guest.join({ address: guest.address })
})
after(() => server?.remove())

const page = async (path, headers) => {
  const reply = await fetch(server.url + path, { headers })
  return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() }
}
const key = () => ({ authorization: `Bearer ${merchant.api_key}` })

test('all that is known of somebody is told to them, from every module', async () => {
  const told = ok(await play('exportSelf', { headers: guest.headers, with: { shop } }))
  const { record, accounts, history, rewards, credit_notes, purchases, items } = told.sections
  assert.equal(told.complete, true)
  assert.equal(told.merchant, 'Le Fournil')
  assert.deepEqual(
    [record[0].phone_number, record[0].birthday, record[0].address, record[0].note],
    [PHONE, '1990-02-28', '3 rue des Halles, 69001, Lyon', 'Sans gluten'],
  )
  assert.equal(record[0].family_name, 'Bianchi & fils')
  assert.equal(accounts.length, 1)
  assert.ok(history.some(({ reason, points }) => reason === 'Pain trop cuit' && points === 60))
  assert.equal(rewards[0].state, 'ISSUED')
  assert.deepEqual(credit_notes[0].amount, { amount: 350, currency: 'EUR' })
  assert.equal(credit_notes[0].note, 'Attente au comptoir')
  assert.deepEqual(purchases[0].total, { amount: 1250, currency: 'EUR' })
  assert.equal(items[0].article, 'Baguette')
  assert.equal(items[0].purchase, purchases[0].purchase)
  const { messages, sessions, consents, contact } = told.sections
  assert.equal(messages[0].sent_to, PHONE)
  assert.equal(messages[0].text, undefined, 'a code lets in whoever reads it')
  assert.equal(sessions.length, 1)
  assert.ok(contact[0].at)
  assert.ok(consents === undefined || consents.every(({ at }) => at))
})

test('that staff looked is told, and when; not who', async () => {
  const [owner] = merchant.staff
  const signedIn = await server.ask('POST', '/v2/session', {
    body: { email: owner.email, password: owner.password },
  })
  const { csrf_token } = ok(signedIn)
  const cookie = signedIn.headers.get('set-cookie').split(';')[0]
  const headers = { cookie, 'x-habitue-csrf': csrf_token }
  const before = ok(await play('exportSelf', { headers: guest.headers, with: { shop } }))
  const body = { phone_number: PHONE }
  ok(await server.ask('POST', '/v2/till/identify', { headers, body }))
  const told = ok(await play('exportCustomer', { headers, with: { cus: anna.id } }))
  /* To stand at the till is a contact. */
  assert.ok(told.sections.contact[0].at > before.sections.contact[0].at)
  assert.ok(told.sections.trail.some(({ what, at }) => what === 'looked' && at))
  assert.ok(!JSON.stringify(told).includes(owner.name))
  assert.ok(!JSON.stringify(told).includes('tem_'))
})

test('nothing of anybody else is in it', async () => {
  const other = await post('/v2/customers', { given_name: 'Zoé', phone_number: '+33677001133' })
  const text = JSON.stringify(ok(await play('exportCustomer', { with: { cus: anna.id } })))
  for (const trace of ['Zoé', '677001133', other.customer.id]) assert.ok(!text.includes(trace))
  assert.equal((await play('exportCustomer', { with: { cus: 'cus_0000000000001' } })).status, 404)
})

test('the page is in their language, loads nothing, and takes no name for markup', async () => {
  const { status, type, text } = await page(
    `/v2/app/${shop}/me/export?format=page&language=fr`,
    guest.headers,
  )
  assert.deepEqual([status, type], [200, 'text/html; charset=utf-8'])
  assert.match(text, /<html lang="fr">/)
  assert.match(text, /Ce que Le Fournil sait de vous/)
  assert.match(text, /12,50\u00a0€/)
  assert.match(text, /Points ajustés à la main/)
  assert.match(text, /Anna &lt;script&gt;/)
  assert.doesNotMatch(text, /<script|src=|href=|style="/)
  const english = await page(`/v2/customers/${anna.id}/export?format=page&language=en`, key())
  assert.match(english.text, /What Le Fournil knows about you/)
  assert.match(english.text, /€12\.50/)
})

test('a link’s session shows the card, and not all that is known', async () => {
  const { sign_in } = ok(
    await server.api('POST', '/v2/till/sign-in-link', { customer_id: anna.id }),
  )
  const linked = new Guest(server, shop)
  const token = sign_in.url.split('#in=')[1]
  linked.keep(await linked.ask('POST', '/session/link', { token }))
  const reply = await linked.ask('GET', '/me/export')
  assert.equal(reply.body.errors[0].code, 'PROOF_REQUIRED')
})

test('retention is looked at before it is turned on, and erases nobody who came lately', async () => {
  const { retention } = ok(await play('showRetention'))
  assert.deepEqual(retention, { months: 36, active: false, advised_months: 36 })
  const preview = ok(await play('previewRetention', { query: '?months=1' }))
  assert.deepEqual([preview.count, preview.customers], [0, []])
  const changed = ok(
    await play('changeRetention', { body: { retention: { months: 24, active: true } } }),
  )
  assert.deepEqual([changed.retention.months, changed.retention.active], [24, true])
  for (const months of [0, 121]) {
    const reply = await play('changeRetention', { body: { retention: { months, active: true } } })
    assert.equal(reply.body.errors[0].code, 'FIELD_RANGE')
  }
  ok(await play('changeRetention'))
})

const legal = async (language = 'fr') =>
  ok(await play('readLegal', { headers: {}, with: { shop }, query: `?language=${language}` })).legal
const textOf = ({ texts }, kind) => texts.find((text) => text.kind === kind)

test('who the shop is stands in the texts that anybody may read, in their language', async () => {
  assert.match(textOf(await legal(), 'legal').text, /à compléter/)
  const wrong = { identity: { email_address: 'nobody' } }
  const refused = await play('changeLegalIdentity', { body: wrong })
  assert.equal(refused.body.errors[0].field, 'identity.email_address')
  ok(await play('changeLegalIdentity'))
  const french = await legal()
  assert.equal(french.identity.company, 'SARL Le Fournil')
  assert.match(
    textOf(french, 'legal').text,
    /SARL Le Fournil\nRCS Paris 123 456 789\n12 rue des Martyrs/,
  )
  assert.match(
    textOf(french, 'privacy').text,
    /est Camille Aubert\. Pour la joindre : bonjour@fournil\.example/,
  )
  for (const language of ['fr', 'en', 'es'])
    for (const { text } of (await legal(language)).texts) assert.doesNotMatch(text, /[{}]/)
})

test('a wording of the shop’s own is shown, numbered, and what was shown stays readable', async () => {
  const before = await legal()
  assert.equal(before.version, '2026-11.2')
  const own = ok(await play('writeLegalText')).legal
  assert.deepEqual([textOf(own, 'terms').own, own.version], [true, '2026-11.2/1'])
  assert.equal(textOf(await legal('en'), 'terms').own, false)
  ok(await play('writeLegalText')) // the same again is no other wording
  const notice = { kind: 'notice', language: 'fr', text: 'Nous notons vos achats.' }
  assert.equal(ok(await play('writeLegalText', { body: { text: notice } })).legal.version, 'own/2')

  /* Whoever joins now is shown this one, and their consent keeps it. */
  const newcomer = new Guest(server, shop)
  await newcomer.join()
  const [{ notice_version }] = ok(await newcomer.ask('GET', '/me/export')).sections.consents
  assert.equal(notice_version, 'own/2')
  const shown = async (version) =>
    ok(await server.api('GET', `/v2/legal/shown?version=${version}&language=fr`)).texts
  assert.equal(textOf({ texts: await shown('own/2') }, 'notice').text, notice.text)
  assert.equal(textOf({ texts: await shown('2026-11.2/1') }, 'notice').own, false)
  assert.equal(textOf({ texts: await shown('2026-11.2') }, 'terms').own, false)
  ok(await play('showLegalShown'))
  const never = await server.api('GET', '/v2/legal/shown?version=2020-01&language=fr')
  assert.equal(never.body.errors[0].code, 'FIELD_VALUE')

  /* An empty one takes ours again. */
  for (const kind of ['notice', 'terms'])
    ok(await play('writeLegalText', { body: { text: { kind, language: 'fr', text: '' } } }))
  const after = await legal()
  assert.deepEqual(after.texts, before.texts)
  assert.equal(after.version, '2026-11.2/4')
})

test('a wording needs a kind and a language that there are', async () => {
  for (const [text, field] of [
    [{ kind: 'menu', language: 'fr', text: 'a' }, 'text.kind'],
    [{ kind: 'terms', language: 'de', text: 'a' }, 'text.language'],
  ]) {
    const { body } = await play('writeLegalText', { body: { text } })
    assert.deepEqual([body.errors[0].code, body.errors[0].field], ['FIELD_VALUE', field])
  }
  ok(await play('showLegal'))
})

test('nothing was left out', () => {
  assert.deepEqual(
    player.leftOut((tag) => tag === 'rights'),
    [],
  )
})
