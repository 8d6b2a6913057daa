/*
 * What the shop owes its customers, over HTTP: the equation, what a point is worth, the journal.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { OpenApi } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'

const api = new OpenApi()
let server, merchant, program, account

async function ask(path, of = merchant) {
  const reply = await server.ask('GET', path, {
    headers: { authorization: `Bearer ${of.api_key}` },
  })
  const operation = api.find('GET', path)
  assert.equal(api.wrongReply(operation, reply.status, reply.body), '', JSON.stringify(reply.body))
  return reply
}
const refusal = ({ status, body }) => [status, body.errors[0].code, body.errors[0].field]
const liability = async (query = '') => ok(await ask(`/v2/insight/liability${query}`))
const ours = async (query) =>
  (await liability(query)).programs.find((p) => p.program_id === program.id)

async function change(path, body) {
  const key = { idempotency_key: randomUUID() }
  return ok(
    await server.ask('POST', path, {
      body: { ...key, ...body },
      headers: { authorization: `Bearer ${merchant.api_key}` },
    }),
  )
}

const COLUMNS = 'date,entry,account,account_name,label,debit,credit,currency,units'.split(',')
const IN_FRENCH = 'Date,Écriture,Compte,Nom du compte,Libellé,Débit,Crédit,Devise,Points'.split(',')
/* The shop is French: so are the names of the columns. */
async function journal(query = '') {
  const reply = await fetch(`${server.url}/v2/insight/liability/journal${query}`, {
    headers: { authorization: `Bearer ${merchant.api_key}` },
  })
  const text = await reply.text()
  assert.equal(reply.status, 200, text)
  const separator = query.includes('comma') ? ';' : ','
  const [columns, ...lines] = text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(separator))
  assert.deepEqual(columns, IN_FRENCH)
  return lines.map((line) => Object.fromEntries(COLUMNS.map((name, i) => [name, line[i]])))
}

const sides = ({ issued, redeemed, expired, returned, adjusted }, amount = (x) => x) =>
  amount(issued) - amount(redeemed) - amount(expired) - amount(returned) + amount(adjusted)

/* 300 points, of which some are taken for a reward, and 7 more by hand. */
before(async () => {
  server = await Server.start()
  merchant = server.demo.merchants[0]
  program = merchant.programs[0]
  const { loyalty_account } = await change('/v2/loyalty/accounts', {
    loyalty_account: { program_id: program.id, mapping: { phone_number: '+33612345678' } },
  })
  account = loyalty_account
  const path = `/v2/loyalty/accounts/${account.id}`
  const location_id = merchant.locations[0].id
  await change(`${path}/accumulate`, { accumulate_points: { points: 300 }, location_id })
  await change(`${path}/adjust`, { adjust_points: { points: 7, reason: 'Geste' } })
  await change('/v2/loyalty/rewards', {
    reward: { loyalty_account_id: account.id, reward_tier_id: program.reward_tiers[0].id },
  })
})
after(() => server?.remove())

test('what was issued, used and adjusted is what customers have', async () => {
  const points = await ours()
  const [tier] = program.reward_tiers
  assert.deepEqual(
    [points.opening, points.issued, points.redeemed, points.adjusted],
    [0, 300, tier.points, 7],
  )
  assert.equal(points.opening + sides(points), points.closing)
  assert.equal(points.closing, 307 - tier.points)
  assert.deepEqual([points.owed, points.pending], [0, 0])
  const { from, to, days } = await liability()
  assert.equal(days.length, 30)
  assert.deepEqual([days[0].day, days.at(-1).day], [from, to])
  assert.equal(
    days.at(-1).programs.find((p) => p.program_id === program.id).closing,
    points.closing,
  )
  assert.equal(days[0].programs.find((p) => p.program_id === program.id).closing, 0)
})

test('a point is worth what the program says, in all figures', async () => {
  const path = `/v2/loyalty/programs/${program.id}`
  const value = { points: 100, money: { amount: 333, currency: 'EUR' } }
  const changed = await server.ask('PUT', path, {
    body: { program: { value } },
    headers: { authorization: `Bearer ${merchant.api_key}` },
  })
  ok(changed)
  const { money, closing } = await ours()
  assert.deepEqual(money.value, { from: 'SET', ...value })
  assert.equal(money.closing.amount, Math.floor((closing * 333) / 100 + 0.5))
  assert.equal(money.opening.amount + sides(money, (m) => m.amount), money.closing.amount)
})

test('the journal balances entry by entry, on French accounts', async () => {
  const lines = await journal()
  const cents = (text) => Math.round(Number(text) * 100)
  const entries = lines.filter((_, i) => i % 2 === 0).map((line, i) => [line, lines[2 * i + 1]])
  assert.equal(entries.length, 3)
  for (const [debit, credit] of entries) {
    assert.equal(debit.entry, credit.entry)
    assert.ok(cents(debit.debit) > 0)
    assert.equal(debit.credit, '')
    assert.deepEqual([credit.debit, cents(credit.credit)], ['', cents(debit.debit)])
  }
  const owed = lines.filter(({ account }) => account === '4198')
  const sum = owed.reduce((all, line) => all + cents(line.credit) - cents(line.debit), 0)
  assert.equal(sum, (await ours()).money.closing.amount)
  assert.deepEqual(
    lines.filter(({ account }) => account === '709').length,
    lines.length - owed.length,
  )
  assert.equal(owed[0].account_name, 'Points de fidélité en circulation')
})

test('accounts, decimals and the program can be told', async () => {
  const told = '?points_account=4871&discounts_account=7097&decimal=comma'
  const lines = await journal(`${told}&program_id=${program.id}`)
  assert.deepEqual(new Set(lines.map(({ account }) => account)), new Set(['4871', '7097']))
  assert.match(lines[0].debit, /^\d+,\d\d$/)
})

test('what is no period, program or account is refused', async () => {
  for (const [query, code, field] of [
    ['from=2026-02-30', 'TIME_MALFORMED', 'from'],
    ['from=2026-03-02&to=2026-03-01', 'FIELD_RANGE', 'from'],
    ['from=2020-01-01&to=2026-03-01', 'FIELD_RANGE', 'from'],
    ['program_id=nothing', 'ID_MALFORMED', 'program_id'],
    ['until=2026-03-01', 'FIELD_UNKNOWN', 'until'],
  ]) {
    assert.deepEqual(refusal(await ask(`/v2/insight/liability?${query}`)), [400, code, field])
  }
  for (const [query, code, field] of [
    ['from=2025-01-01&to=2026-03-01', 'FIELD_RANGE', 'from'],
    ['decimal=dot', 'FIELD_VALUE', 'decimal'],
    ['points_account=%3D1%2B1', 'FIELD_VALUE', 'points_account'],
    ['income_account=-1', 'FIELD_VALUE', 'income_account'],
  ]) {
    const path = `/v2/insight/liability/journal?${query}`
    assert.deepEqual(refusal(await ask(path)), [400, code, field])
  }
})

test('another merchant has figures of its own, and none of ours', async () => {
  const [, other] = server.demo.merchants
  const { programs } = ok(await ask('/v2/insight/liability', other))
  assert.ok(programs.every(({ program_id, issued }) => program_id !== program.id && issued === 0))
  const theirs = await ask(`/v2/insight/liability?program_id=${program.id}`, other)
  assert.equal(theirs.status, 404)
})

test('in all it is what each program comes to, and credit notes', async () => {
  const credit_note = { amount_money: { amount: 1234, currency: 'EUR' }, reason: 'gesture' }
  await change('/v2/credit-notes', { credit_note })
  const { programs, credit_notes, total_money } = ok(await ask('/v2/insight/liability'))
  const closings = [credit_notes, ...programs.map(({ money }) => money)]
  const sum = closings.reduce((all, { closing }) => all + (closing?.amount ?? 0), 0)
  assert.deepEqual(total_money, { amount: sum, currency: 'EUR' })
  assert.equal(credit_notes.closing.amount, 1234)
  assert.ok(sum > 1234)
})
