/*
 * What is paid with beside money: rewards, cashback, credit notes; over HTTP, and by many at once.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { newPhone } from '../support/guest.mjs'
import { Server } from '../support/server.mjs'
import { ok, saver } from '../support/story.mjs'

let server, merchant, program, place
before(async () => {
  server = await Server.start()
  merchant = server.demo.merchants[0]
  program = merchant.programs[0]
  place = merchant.locations[0].id
})
after(async () => {
  const audit = server && (await server.habitue('audit'))
  await server?.remove()
  assert.match(audit, /All balances, lots and events agree/)
})

const euros = (amount) => ({ amount, currency: 'EUR' })
const post = (path, body) => server.api('POST', path, { idempotency_key: randomUUID(), ...body })
const goods = (amount, more = {}) => ({ name: 'Panier', price_money: euros(amount), ...more })
const sale = (lines, more = {}) => ({
  location_id: place,
  sale: { lines: [lines].flat(), ...more },
})
const sell = (lines, more, key = randomUUID()) =>
  post('/v2/till/sales', { ...sale(lines, more), idempotency_key: key })
const quote = async (lines, more) =>
  ok(await server.api('POST', '/v2/till/quote', sale(lines, more))).quote

function refused(reply, status, code, field) {
  const [error] = reply.body.errors ?? [{}]
  assert.deepEqual([reply.status, error.code, error.field], [status, code, field])
}

/* Somebody with points. */
async function member(points = 100) {
  const { loyalty_account: account } = ok(
    await post('/v2/loyalty/accounts', {
      loyalty_account: { program_id: program.id, mapping: { phone_number: newPhone() } },
    }),
  )
  ok(
    await post(`/v2/loyalty/accounts/${account.id}/accumulate`, {
      accumulate_points: { points },
      location_id: place,
    }),
  )
  return account
}

/* A new tier, for 10 points. */
async function offer(more) {
  const path = `/v2/loyalty/programs/${program.id}/tiers`
  const name = `Cadeau ${randomUUID()}`
  const reply = await post(path, { tier: { name, points: 10, ...more } })
  return ok(reply).program.reward_tiers.find((tier) => tier.name === name)
}
const take = (account, tier) =>
  post('/v2/loyalty/rewards', {
    reward: { loyalty_account_id: account.id, reward_tier_id: tier.id },
  })
const taken = async (account, more) => ok(await take(account, await offer(more))).reward
const rewardOf = async (id) => ok(await server.api('GET', `/v2/loyalty/rewards/${id}`)).reward

const makeNote = (amount, more = {}) =>
  post('/v2/credit-notes', {
    credit_note: { amount_money: euros(amount), reason: 'gesture', ...more },
  })
const noteOf = async (id) => ok(await server.api('GET', `/v2/credit-notes/${id}`)).credit_note

describe('rewards', () => {
  test('tell what they are good for, until when, and their code', async () => {
    const reward = await taken(await member(), {
      kind: 'percentage',
      percentage: '12.5',
      max_discount_money: euros(500),
      minimum_amount_money: euros(1000),
      valid_days: 30,
    })
    assert.deepEqual(
      [reward.kind, reward.percentage, reward.max_discount_money, reward.minimum_amount_money],
      ['percentage', '12.5', euros(500), euros(1000)],
    )
    assert.match(reward.code, /^[0-9A-HJKMNP-TV-Z]{26}$/)
    const days = (Date.parse(reward.expires_at) - Date.parse(reward.created_at)) / 86_400_000
    assert.equal(days, 30)
  })

  test('are found at the till by their code, as it is scanned or typed', async () => {
    const account = await member()
    const reward = await taken(account, { kind: 'amount', amount_money: euros(100) })
    for (const code of [`HABITUE:R:${reward.code}`, reward.code.toLowerCase()]) {
      const found = ok(await server.api('POST', '/v2/till/identify', { reward_code: code }))
      assert.equal(found.customer.id, account.customer_id)
      assert.equal(found.reward.id, reward.id)
    }
    const nobody = await server.api('POST', '/v2/till/identify', { reward_code: 'guessed' })
    refused(nobody, 404, 'REWARD_UNKNOWN', undefined)
    const both = { reward_code: reward.code, phone_number: '0612345678' }
    refused(await server.api('POST', '/v2/till/identify', both), 400, 'FIELD_VALUE', 'reward_code')
  })

  test('the last of a stock goes to one of many at once', async () => {
    const tier = await offer({ stock: 1 })
    const accounts = await Promise.all(Array.from({ length: 6 }, () => member(10)))
    const replies = await Promise.all(accounts.map((account) => take(account, tier)))
    const codes = replies.map(({ status, body }) =>
      status === 200 ? 'taken' : body.errors[0].code,
    )
    assert.equal(codes.filter((code) => code === 'taken').length, 1)
    assert.equal(codes.filter((code) => code === 'REWARD_GONE').length, 5)
    const [phone_number, other] = [newPhone(), await offer({ stock: 2 })]
    const mapping = { phone_number }
    const { loyalty_account: account } = ok(
      await post('/v2/loyalty/accounts', { loyalty_account: { program_id: program.id, mapping } }),
    )
    const give = { accumulate_points: { points: 10 }, location_id: place }
    ok(await post(`/v2/loyalty/accounts/${account.id}/accumulate`, give))
    const { takeable } = ok(await server.api('POST', '/v2/till/identify', { phone_number }))
    const offered = takeable.map(({ tier_id }) => tier_id)
    assert.deepEqual([offered.includes(tier.id), offered.includes(other.id)], [false, true])
  })

  test('each customer takes it as often as they may, however fast', async () => {
    const tier = await offer({ per_customer: 2 })
    const account = await member(100)
    const replies = await Promise.all(Array.from({ length: 6 }, () => take(account, tier)))
    assert.equal(replies.filter(({ status }) => status === 200).length, 2)
    const { body } = replies.find(({ status }) => status !== 200)
    assert.equal(body.errors[0].code, 'REWARD_LIMIT')
  })

  test('a credit becomes a note at once, and goes with it when it is put back', async () => {
    const account = await member()
    const tier = await offer({ kind: 'credit', amount_money: euros(500), valid_days: 10 })
    const { reward, credit_note: note } = ok(await take(account, tier))
    assert.equal(reward.status, 'REDEEMED')
    assert.deepEqual(
      [note.amount_money, note.reason, note.reward_id],
      [euros(500), 'reward', reward.id],
    )
    assert.equal(note.customer_id, account.customer_id)
    const given = await server.api('DELETE', `/v2/loyalty/rewards/${reward.id}`)
    refused(given, 400, 'REWARD_USED', undefined)
    const back = ok(await post(`/v2/loyalty/rewards/${reward.id}/put-back`, {}))
    assert.equal(back.reward.status, 'ISSUED')
    assert.ok((await noteOf(note.id)).ended_at)
  })
})

describe('credit notes', () => {
  test('are made for a refund or as a gesture, and refused when they make no sense', async () => {
    const past = new Date(Date.now() - 1000).toISOString()
    const field = (name) => `credit_note.${name}`
    refused(await makeNote(0), 400, 'FIELD_RANGE', field('amount_money.amount'))
    refused(await makeNote(100_000_001), 400, 'FIELD_RANGE', field('amount_money.amount'))
    refused(await makeNote(1, { reason: 'reward' }), 400, 'FIELD_VALUE', field('reason'))
    refused(await makeNote(1, { expires_at: past }), 400, 'FIELD_RANGE', field('expires_at'))
    const other = { amount_money: { amount: 1, currency: 'USD' } }
    refused(await makeNote(1, other), 400, 'CURRENCY_DIFFERS', field('amount_money.currency'))
    const nobody = { customer_id: 'cus_0000000000001' }
    refused(await makeNote(1, nobody), 404, 'CUSTOMER_UNKNOWN', undefined)
    const none = { order_id: 'ord_0000000000001' }
    refused(await makeNote(1, none), 404, 'ORDER_UNKNOWN', undefined)
  })

  test('are on the sheet of their customer, and found by their code alone', async () => {
    const { customer_id } = await member()
    const { credit_note: note } = ok(await makeNote(700, { customer_id, note: 'Un oubli' }))
    const sheet = ok(await server.api('GET', `/v2/customers/${customer_id}/summary`))
    assert.deepEqual(sheet.credit_notes, [note])
    const search = (filter) => server.api('POST', '/v2/credit-notes/search', { query: { filter } })
    assert.deepEqual(ok(await search({ code: note.code })).credit_notes, [note])
    assert.deepEqual(ok(await search({ code: 'guessed' })).credit_notes, [])
    refused(await search({}), 400, 'FIELD_REQUIRED', 'query.filter.customer_id')
    const gone = ok(await post(`/v2/credit-notes/${note.id}/end`, {})).credit_note
    assert.equal(gone.balance_money.amount, 0)
    const spent = await sell(goods(500), { credit_notes: [{ id: note.id }] })
    refused(spent, 400, 'CREDIT_NOTE_ENDED', 'sale.credit_notes[0]')
  })

  test('of many tills that spend one at once, no cent is spent twice', async () => {
    const { credit_note: note } = ok(await makeNote(1000))
    const notes = { credit_notes: [{ code: note.code, amount_money: euros(400) }] }
    const replies = await Promise.all(Array.from({ length: 6 }, () => sell(goods(900), notes)))
    assert.equal(replies.filter(({ status }) => status === 200).length, 2)
    const { body } = replies.find(({ status }) => status !== 200)
    assert.equal(body.errors[0].code, 'CREDIT_SHORT')
    assert.equal((await noteOf(note.id)).balance_money.amount, 200)
  })
})

describe('a sale', () => {
  test('comes to what it was quoted, and its lines to the total', async () => {
    const account = await member()
    const tenth = await taken(account, { kind: 'percentage', percentage: '10' })
    const euro = await taken(account, { kind: 'amount', amount_money: euros(100) })
    const { credit_note: note } = ok(await makeNote(250, { customer_id: account.customer_id }))
    const told = {
      customer_id: account.customer_id,
      rewards: [euro.id, tenth.id],
      credit_notes: [{ id: note.id }],
    }
    const lines = [goods(1000), goods(333, { quantity: '3' })]
    const { discounts, ...quoted } = await quote(lines, told)
    assert.deepEqual(
      discounts.map(({ kind, id, amount_money }) => [kind, id, amount_money.amount]),
      [
        ['reward', tenth.id, 200],
        ['reward', euro.id, 100],
        ['credit_note', note.id, 250],
      ],
    )
    assert.equal(quoted.subtotal_money.amount, 1999)
    const { order, earned } = ok(await sell(lines, told))
    assert.deepEqual(order.total_money, quoted.total_money)
    assert.deepEqual(
      order.discounts.map(({ id }) => id),
      discounts.map(({ id }) => id),
    )
    const sum = (name) => order.line_items.reduce((total, line) => total + line[name].amount, 0)
    assert.equal(sum('total_money'), 1449)
    assert.equal(sum('total_discount_money'), 550)
    assert.equal(sum('gross_sales_money'), 1999)
    assert.equal(
      earned.points,
      quoted.earns.find(({ program_id }) => program_id === program.id).points,
    )
  })

  test('tells why a reward gives nothing, and is refused with it', async () => {
    const account = await member()
    const reward = await taken(account, {
      kind: 'amount',
      amount_money: euros(100),
      minimum_amount_money: euros(2000),
    })
    const told = { rewards: [reward.id] }
    assert.equal((await quote(goods(500), told)).discounts[0].reason, 'BELOW_MINIMUM')
    refused(await sell(goods(500), told), 400, 'REWARD_GIVES_NOTHING', 'sale.rewards[0]')
    assert.equal((await rewardOf(reward.id)).status, 'ISSUED')
    ok(await sell(goods(2000), told))
    assert.equal((await quote(goods(2000), told)).discounts[0].reason, 'REWARD_USED')
    refused(await sell(goods(2000), told), 400, 'REWARD_USED', 'sale.rewards[0]')
    const twice = { rewards: [reward.id, reward.id] }
    refused(await sell(goods(2000), twice), 400, 'FIELD_VALUE', 'sale.rewards[1]')
    const absent = { rewards: ['rew_0000000000001'] }
    refused(await sell(goods(2000), absent), 404, 'REWARD_UNKNOWN', 'sale.rewards[0]')
  })

  test('sent many times at once uses its reward and its credit once', async () => {
    const account = await member()
    const reward = await taken(account, { kind: 'amount', amount_money: euros(100) })
    const { credit_note: note } = ok(await makeNote(1000))
    const key = randomUUID()
    const told = {
      customer_id: account.customer_id,
      rewards: [reward.id],
      credit_notes: [{ id: note.id, amount_money: euros(300) }],
    }
    const replies = await Promise.all(Array.from({ length: 8 }, () => sell(goods(900), told, key)))
    assert.equal(new Set(replies.map((reply) => ok(reply).order.id)).size, 1)
    assert.equal((await noteOf(note.id)).balance_money.amount, 700)
    const other = await sell(goods(900), { ...told, rewards: [] }, key)
    refused(other, 400, 'IDEMPOTENCY_KEY_REUSED', 'idempotency_key')
  })

  test('two phones that show one reward: one sale has it', async () => {
    const reward = await taken(await member(), { kind: 'amount', amount_money: euros(100) })
    const told = { rewards: [reward.id] }
    const replies = await Promise.all(Array.from({ length: 6 }, () => sell(goods(900), told)))
    const sold = replies.filter(({ status }) => status === 200)
    assert.equal(sold.length, 1)
    assert.equal((await rewardOf(reward.id)).used_order_id, sold[0].body.order.id)
  })

  test('that is void gives everything back, once', async () => {
    const account = await member()
    const reward = await taken(account, { kind: 'amount', amount_money: euros(100) })
    const { credit_note: note } = ok(await makeNote(300))
    const { order } = ok(
      await sell(goods(900), {
        customer_id: account.customer_id,
        rewards: [reward.id],
        credit_notes: [{ id: note.id }],
      }),
    )
    const path = `/v2/till/sales/${order.id}/refund`
    const replies = await Promise.all(Array.from({ length: 4 }, () => post(path, {})))
    for (const reply of replies) assert.equal(ok(reply).order.state, 'CANCELED')
    assert.equal((await rewardOf(reward.id)).status, 'ISSUED')
    assert.equal((await noteOf(note.id)).balance_money.amount, 300)
    const { events } = ok(
      await server.api('POST', '/v2/loyalty/events/search', {
        query: { filter: { order_filter: { order_id: order.id } } },
      }),
    )
    const undone = events.filter(({ other_event }) => other_event?.reason === 'order undone')
    assert.equal(undone.length, 1)
  })

  test('is given back in part up to what is left, by those who may', async () => {
    const { order } = ok(await sell(goods(900)))
    const path = `/v2/till/sales/${order.id}/refund`
    const part = (amount) => post(path, { amount_money: euros(amount) })
    assert.equal(ok(await part(400)).order.refunded_money.amount, 400)
    refused(await part(501), 400, 'FIELD_RANGE', 'amount_money.amount')
    const dollars = { amount_money: { amount: 1, currency: 'USD' } }
    refused(await post(path, dollars), 400, 'CURRENCY_DIFFERS', 'amount_money.currency')
    assert.equal(ok(await part(500)).order.net_amounts.total_money.amount, 0)
  })
})

describe('cashback', () => {
  test('pays a sale of whose it is, and comes back with it', async () => {
    const { acc, cus } = await saver(server, newPhone())
    const main = { program_id: program.id, customer_id: cus }
    ok(await post('/v2/loyalty/accounts', { loyalty_account: main }))
    const balance = async () =>
      ok(await server.api('GET', `/v2/loyalty/accounts/${acc}`)).loyalty_account.balance
    const credit = { account_id: acc, amount_money: euros(300) }
    const told = { customer_id: cus, credit }
    assert.equal((await quote(goods(1000), told)).total_money.amount, 700)
    const { order } = ok(await sell(goods(1000), told))
    assert.equal(order.total_money.amount, 700)
    assert.equal(await balance(), 500 - 300 + 35)
    ok(await post(`/v2/till/sales/${order.id}/refund`, {}))
    assert.equal(await balance(), 500)

    const { customer_id } = await member()
    const other = await sell(goods(1000), { ...told, customer_id })
    refused(other, 400, 'FIELD_VALUE', 'sale.credit.account_id')
    const all = { ...told, credit: { ...credit, amount_money: euros(501) } }
    refused(await sell(goods(1000), all), 400, 'POINTS_SHORT', 'sale.credit.amount_money')
    assert.equal((await quote(goods(1000), all)).discounts[0].reason, 'POINTS_SHORT')
    const half = { ...told, credit: { account_id: acc } }
    refused(await sell(goods(1000), half), 400, 'FIELD_REQUIRED', 'sale.credit.amount_money')
  })

  test('is spent by a program, never below nothing, however many ask', async () => {
    const { acc } = await saver(server, newPhone())
    const path = `/v2/loyalty/accounts/${acc}/spend`
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => post(path, { amount_money: euros(200) })),
    )
    assert.equal(replies.filter(({ status }) => status === 200).length, 2)
    const { body } = replies.find(({ status }) => status !== 200)
    assert.equal(body.errors[0].code, 'POINTS_SHORT')
    const dollars = { amount_money: { amount: 1, currency: 'USD' } }
    refused(await post(path, dollars), 400, 'CURRENCY_DIFFERS', 'amount_money.currency')
    const points = await member()
    const wrong = await post(`/v2/loyalty/accounts/${points.id}/spend`, { amount_money: euros(1) })
    refused(wrong, 400, 'PROGRAM_NOT_CASHBACK', undefined)
  })
})
