/*
 * Who is who: two customers become one and come apart, a number changes hands, cards are unlinked,
 * a credit goes to whom it belongs. openapi.yaml is true of it, see openapi.test.mjs.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { Player } from '../support/playing.mjs'
import { Server } from '../support/server.mjs'
import { live, ok, sale } from '../support/story.mjs'

const player = new Player()
const play = (id, told) => player.play(id, told)
let server, merchant

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  merchant = server.demo.merchants[0]
  player.begin(server, await live(server))
})
after(() => server?.remove())

const post = async (path, body) =>
  ok(await server.api('POST', path, { idempotency_key: randomUUID(), ...body }))

/* A customer with so many points in the main program. */
async function join(phone_number, points, given_name) {
  const { customer } = await post('/v2/customers', { given_name, phone_number })
  const { loyalty_account } = await post('/v2/loyalty/accounts', {
    loyalty_account: { program_id: merchant.programs[0].id, mapping: { phone_number } },
  })
  if (points > 0) {
    await post(`/v2/loyalty/accounts/${loyalty_account.id}/adjust`, { adjust_points: { points } })
  }
  return { id: customer.id, account: loyalty_account.id, phone: phone_number }
}

const balance = async ({ account }) =>
  ok(await server.api('GET', `/v2/loyalty/accounts/${account}`)).loyalty_account.balance

const refused = (reply, code) => assert.equal(reply.body.errors?.[0].code, code, reply.body)

test('two customers become one, and two again', async () => {
  const anne = await join('+33688000001', 30, 'Anne')
  const anna = await join('+33688000002', 12, 'Anna')
  const body = { customer_id: anne.id, merged_customer_id: anna.id, phone_number: anna.phone }

  const seen = ok(await play('previewMerge', { body }))
  assert.equal(seen.customer.accounts[0].balance, 30)
  assert.equal(seen.merged_customer.accounts[0].balance, 12)
  assert.equal(seen.result.phone_number, anna.phone)

  const key = { ...body, idempotency_key: randomUUID() }
  const { merge, customer } = ok(await play('mergeCustomers', { body: key }))
  assert.equal(customer.accounts[0].balance, 42)
  assert.equal(customer.customer.phone_number, anna.phone)
  assert.deepEqual(ok(await play('mergeCustomers', { body: key })).merge.id, merge.id)
  refused(
    await play('mergeCustomers', { body: { ...body, idempotency_key: randomUUID() } }),
    'MERGE_SAME',
  )

  /* The old ids lead to the survivor, and the number that was not kept to nobody. */
  assert.equal(ok(await server.api('GET', `/v2/customers/${anna.id}`)).customer.id, anne.id)
  assert.equal(await balance(anna), 42)
  const sheet = ok(await server.api('GET', `/v2/customers/${anna.id}/summary`))
  assert.equal(sheet.accounts[0].balance, 42)
  const gone = await server.api('POST', '/v2/customers/search', {
    query: { filter: { phone_number: { exact: anne.phone } } },
  })
  assert.equal(ok(gone).customers?.length ?? 0, 0)

  const listed = ok(await play('listMerges', { with: { cus: anne.id } })).merges
  assert.equal(listed[0].merged_customer.given_name, 'Anna')
  assert.equal(listed[0].can_be_undone, true)

  const undone = ok(await play('undoMerge', { with: { mrg: merge.id } }))
  assert.equal(undone.customer.accounts[0].balance, 30)
  assert.equal(undone.merged_customer.accounts[0].balance, 12)
  assert.equal(undone.merged_customer.customer.phone_number, anna.phone)
  ok(await play('undoMerge', { with: { mrg: merge.id }, body: {} }))
  assert.equal(await balance(anna), 12)
})

test('each into the other at once: one of them is refused', async () => {
  const a = await join('+33688000011', 5, 'Béa')
  const b = await join('+33688000012', 7, 'Béatrice')
  const merge = (customer_id, merged_customer_id) =>
    server.api('POST', '/v2/customers/merge', {
      customer_id,
      merged_customer_id,
      idempotency_key: randomUUID(),
    })
  const replies = await Promise.all([merge(a.id, b.id), merge(b.id, a.id)])
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400])
  assert.equal(await balance(a), 12)
  assert.equal(await balance(b), 12)
})

test('a basket of somebody who is merged meanwhile is the survivor’s', async () => {
  const a = await join('+33688000021', 0, 'Carla')
  const b = await join('+33688000022', 0, 'Karla')
  const { order } = ok(
    await server.feed(sale(merchant.locations[0].registers[0].vendor_register, 1000)),
  )
  await post('/v2/customers/merge', { customer_id: a.id, merged_customer_id: b.id })
  await post(`/v2/loyalty/accounts/${b.account}/accumulate`, {
    accumulate_points: { order_id: order.id },
    location_id: merchant.locations[0].id,
  })
  assert.equal(await balance(a), await balance(b))
  assert.ok((await balance(a)) > 0)
})

test('a number goes from one to another, and has one owner', async () => {
  const a = await join('+33688000031', 0, 'Dina')
  const b = await join('+33688000032', 0, 'Dino')
  const change = (who, phone_number) =>
    play('changeLoyaltyPhone', { with: { acc: who.account }, body: { phone_number } })

  refused(await change(a, b.phone), 'PHONE_TAKEN')
  const { loyalty_account, customer } = ok(await change(a, '06 88 00 00 39'))
  assert.equal(loyalty_account.mapping.phone_number, '+33688000039')
  assert.equal(customer.phone_number, '+33688000039')
  ok(await change(b, a.phone))
  const wanted = await Promise.all([change(a, '+33688000038'), change(b, '+33688000038')])
  assert.deepEqual(wanted.map(({ status }) => status).sort(), [200, 400])
})

test('who may be the same is suggested', async () => {
  const a = await join('+33688000041', 0, 'Élodie')
  const { customer } = await post('/v2/customers', {
    given_name: 'Elodie',
    family_name: 'Roux',
    phone_number: a.phone,
  })
  const told = ok(await play('listDuplicates', { with: { cus: a.id } })).duplicates
  assert.deepEqual(
    told.map((one) => [one.customer.id, one.reasons]),
    [[customer.id, ['PHONE']]],
  )
})

test('cards that are ticked recognise nobody any more', async () => {
  const a = await join('+33688000051', 0, 'Farida')
  const [{ pairing_code }] = merchant.tablets
  const tablet = await tabletOf(server, pairing_code)
  const { notice } = ok(await server.ask('GET', '/v2/tablet', { headers: tablet.headers }))
  const { order } = ok(
    await server.feed(
      sale(merchant.locations[0].registers[0].vendor_register, 900, {
        card: { fingerprint: 'fp-51', brand: 'VISA', last_4: '5151' },
      }),
    ),
  )
  ok(
    await server.ask('POST', '/v2/tablet/claims', {
      headers: tablet.headers,
      body: {
        order_id: order.id,
        phone_number: a.phone,
        consent: { notice_version: notice.version, language: notice.language, card_link: true },
        idempotency_key: randomUUID(),
      },
    }),
  )
  const { cards } = ok(await server.api('GET', `/v2/customers/${a.id}/summary`))
  assert.equal(cards[0].last_4, '5151')
  const body = { card_ids: [cards[0].id] }
  assert.deepEqual(ok(await play('unlinkCards', { with: { cus: a.id }, body })).cards, [])
  refused(await play('unlinkCards', { with: { cus: a.id }, body }), 'CARD_UNKNOWN')
})

test('a credit that the wrong one got goes to the right one, once', async () => {
  const wrong = await join('+33688000061', 0, 'Gaspard')
  const right = await join('+33688000062', 0, 'Gaston')
  const { order } = ok(
    await server.feed(sale(merchant.locations[0].registers[0].vendor_register, 2500)),
  )
  const told = { with: { ord: order.id }, body: { customer_id: right.id, idempotency_key: 'k61' } }

  refused(await play('moveCredit', told), 'ORDER_NOT_CREDITED')
  await post(`/v2/loyalty/accounts/${wrong.account}/accumulate`, {
    accumulate_points: { order_id: order.id },
    location_id: merchant.locations[0].id,
  })
  const earned = await balance(wrong)
  assert.equal(ok(await play('moveCredit', told)).order.customer_id, right.id)
  ok(await play('moveCredit', told))
  assert.equal(await balance(wrong), 0)
  assert.equal(await balance(right), earned)
})

test('every operation was played, and the books are whole', async () => {
  assert.deepEqual(
    player.leftOut((tag) => tag === 'identity'),
    [],
  )
  assert.match(await server.habitue('audit'), /agree with the ledger/)
})
