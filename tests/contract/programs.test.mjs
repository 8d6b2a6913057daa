/*
 * Programs and reward tiers as a merchant changes them: what is refused, and with which field.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { OpenApi } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { live, ok } from '../support/story.mjs'

const api = new OpenApi()
const PROGRAMS = '/v2/loyalty/programs'
const euros = (amount) => ({ amount, currency: 'EUR' })
let server, ids

before(async () => {
  server = await Server.start()
  ids = await live(server)
})
after(() => server?.remove())

async function ask(method, path, body) {
  const reply = await server.api(method, path, body)
  const operation = api.find(method, path)
  assert.equal(api.wrongReply(operation, reply.status, reply.body), '', JSON.stringify(reply.body))
  return reply
}
const refusal = ({ status, body }) => [status, body.errors[0].code, body.errors[0].field]

const program = (more = {}) => ({
  name: 'Carte du midi',
  type: 'points',
  terminology: { one: 'étoile', other: 'étoiles' },
  accrual_rules: [{ accrual_type: 'SPEND', points: 2, spend_data: { amount_money: euros(500) } }],
  ...more,
})
const create = (told, idempotency_key = randomUUID()) =>
  ask('POST', PROGRAMS, { program: told, idempotency_key })

test('a program is added as it was told, once for a key', async () => {
  const told = program({
    accrual_rules: [
      { accrual_type: 'VISIT', points: 3, visit_data: { tax_mode: 'BEFORE_TAX' } },
      { accrual_type: 'SPEND', points: 2, spend_data: { amount_money: euros(500) } },
    ],
    reward_tiers: [
      { name: 'Tarte', points: 50 },
      { name: 'Café', points: 10 },
    ],
    minimum_amount_money: euros(150),
  })
  const key = randomUUID()
  const made = ok(await create(told, key)).program
  assert.deepEqual(ok(await create(told, key)).program, made)
  assert.deepEqual(made.terminology, told.terminology)
  assert.deepEqual(
    made.reward_tiers.map(({ name, points }) => [name, points]),
    [
      ['Café', 10],
      ['Tarte', 50],
    ],
  )
  assert.deepEqual(made.minimum_amount_money, euros(150))
  assert.equal(made.expiration_days, 0)
  assert.equal(made.accrual_rules[0].visit_data.tax_mode, 'BEFORE_TAX')
  assert.equal(made.accrual_rules[1].spend_data.tax_mode, 'AFTER_TAX')
  const listed = ok(await server.api('GET', PROGRAMS)).programs
  assert.deepEqual(listed.at(-1), made)
  assert.equal(listed[0].id, ids.prg)
})

test('what a program cannot be is refused with its field', async () => {
  const spend = (spend_data) => [{ accrual_type: 'SPEND', points: 1, spend_data }]
  const rule = 'program.accrual_rules[0]'
  for (const [more, code, field] of [
    [{ name: '' }, 'FIELD_REQUIRED', 'program.name'],
    [{ type: 'miles' }, 'FIELD_VALUE', 'program.type'],
    [{ terminology: { one: 'point' } }, 'FIELD_REQUIRED', 'program.terminology.other'],
    [{ accrual_rules: [] }, 'FIELD_REQUIRED', 'program.accrual_rules'],
    [{ accrual_rules: [{ points: 1 }] }, 'FIELD_REQUIRED', `${rule}.accrual_type`],
    [{ accrual_rules: spend({}) }, 'FIELD_REQUIRED', `${rule}.spend_data.amount_money`],
    [
      { accrual_rules: spend({ amount_money: euros(0) }) },
      'FIELD_RANGE',
      `${rule}.spend_data.amount_money.amount`,
    ],
    [
      { accrual_rules: spend({ amount_money: { amount: 5, currency: 'USD' } }) },
      'CURRENCY_DIFFERS',
      `${rule}.spend_data.amount_money.currency`,
    ],
    [
      { accrual_rules: spend({ amount_money: euros(5), tax_mode: 'NO' }) },
      'FIELD_VALUE',
      `${rule}.spend_data.tax_mode`,
    ],
    [{ accrual_rules: [{ accrual_type: 'VISIT', points: 0 }] }, 'FIELD_RANGE', `${rule}.points`],
    [
      { minimum_amount_money: { amount: 100 } },
      'FIELD_REQUIRED',
      'program.minimum_amount_money.currency',
    ],
    [{ expiration_days: 3651 }, 'FIELD_RANGE', 'program.expiration_days'],
    [{ reward_tiers: [{ name: 'Café' }] }, 'FIELD_REQUIRED', 'program.reward_tiers[0].points'],
    [{ status: 'ACTIVE' }, 'FIELD_UNKNOWN', 'program.status'],
  ]) {
    assert.deepEqual(refusal(await create(program(more))), [400, code, field])
  }
})

test('a suspended program gives and offers nothing until it is resumed', async () => {
  const path = `${PROGRAMS}/${ids.prg}`
  const take = () =>
    server.api('POST', '/v2/loyalty/rewards', {
      reward: { loyalty_account_id: ids.acc, reward_tier_id: ids.tie },
      idempotency_key: randomUUID(),
    })
  assert.equal(
    ok(await ask('PUT', path, { program: { status: 'INACTIVE' } })).program.status,
    'INACTIVE',
  )
  assert.equal(refusal(await take())[1], 'PROGRAM_INACTIVE')
  ok(
    await server.api('POST', `/v2/loyalty/rewards/${ids.rew}/redeem`, {
      location_id: ids.loc,
      idempotency_key: randomUUID(),
    }),
  )
  ok(await ask('PUT', path, { program: { status: 'ACTIVE' } }))
  ok(await take())
})

test('the main program is changed by its name "main", and says so', async () => {
  const changed = ok(await ask('PUT', `${PROGRAMS}/main`, { program: { expiration_days: 90 } }))
  assert.equal(changed.program.id, ids.prg)
  assert.equal(changed.program.expiration_policy.expiration_duration, 'P90D')
})

test('a tier that changes is another one; sent again with its key, it is changed once', async () => {
  const path = (tier) => `${PROGRAMS}/${ids.prg}/tiers/${tier}`
  const before = ok(await server.api('GET', `${PROGRAMS}/${ids.prg}`)).program.reward_tiers
  const tier = before[0]
  const body = { tier: { name: 'Deux cafés offerts' }, idempotency_key: randomUUID() }
  const { program: after } = ok(await ask('PUT', path(tier.id), body))
  assert.deepEqual(ok(await ask('PUT', path(tier.id), body)).program, after)
  const [changed] = after.reward_tiers
  assert.deepEqual([changed.name, changed.points], ['Deux cafés offerts', tier.points])
  assert.notEqual(changed.id, tier.id)
  const { reward } = ok(await server.api('GET', `/v2/loyalty/rewards/${ids.rew}`))
  assert.equal(reward.reward_tier_id, tier.id)
  const again = await ask('PUT', path(tier.id), { tier: { points: 1 } })
  assert.deepEqual(refusal(again).slice(0, 2), [404, 'TIER_UNKNOWN'])
  ok(await ask('DELETE', path(changed.id)))
  const { program: left } = ok(await ask('DELETE', path(changed.id)))
  assert.equal(left.reward_tiers.length, before.length - 1)
})
