/*
 * Programs and reward tiers as a merchant changes them: what is refused, and with which field.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { OpenApi } from '../support/openapi.mjs'
import { Server } from '../support/server.mjs'
import { article, live, ok } from '../support/story.mjs'

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

test('an order below one euro earns nothing, unless another minimum is told', async () => {
  assert.deepEqual(ok(await create(program())).program.minimum_amount_money, euros(100))
  const any = ok(await create(program({ minimum_amount_money: euros(0) }))).program
  assert.deepEqual(any.minimum_amount_money, euros(0))
})

const nobodys = 'cat_0000000000001'
const day = (after) => new Date(Date.now() + after * 86400000).toISOString().slice(0, 10)

test('all that a program can be told is kept, and each changes alone', async () => {
  const told = {
    ends_on: day(400),
    expiration_days: 365,
    expiry_notice_days: 14,
    ripen_days: 15,
    on_refund: 'to_zero',
    limits: {
      points_per_purchase: 100,
      points_per_day: 200,
      points_per_month: 1000,
      earnings_per_day: 3,
      cooldown_minutes: 10,
    },
    value: { points: 100, money: euros(500) },
  }
  const made = ok(await create(program(told))).program
  const path = `${PROGRAMS}/${made.id}`
  const of = (one) => Object.fromEntries(Object.keys(told).map((key) => [key, one[key]]))
  assert.deepEqual(of(made), told)
  const changed = ok(
    await ask('PUT', path, {
      program: { limits: { points_per_day: 0 }, ends_on: null, value: null },
    }),
  ).program
  const { points_per_day, ...limits } = told.limits
  assert.ok(points_per_day > 0)
  assert.deepEqual(of(changed), { ...told, ends_on: undefined, value: undefined, limits })
  assert.equal(changed.version, 1)
  const over = await ask('PUT', path, { program: { ends_on: day(-2) } })
  assert.deepEqual(refusal(over), [400, 'FIELD_RANGE', 'program.ends_on'])
})

test('rules are of articles and categories that are there', async () => {
  const { catalog_object } = ok(
    await server.api('POST', '/v2/catalog/object', {
      object: article('Éclair', 340),
      idempotency_key: randomUUID(),
    }),
  )
  const variation = catalog_object.item_data.variations[0].id
  const rules = [
    {
      accrual_type: 'SPEND',
      points: 5,
      spend_data: { amount_money: euros(100), item_variation_ids: [variation] },
    },
    {
      accrual_type: 'ITEM_VARIATION',
      points: 1,
      item_variation_data: { item_variation_ids: [variation, variation] },
    },
  ]
  const made = ok(await create(program({ accrual_rules: rules }))).program
  assert.deepEqual(made.accrual_rules[0].spend_data.item_variation_ids, [variation])
  assert.deepEqual(made.accrual_rules[1].item_variation_data, {
    item_variation_id: variation,
    item_variation_ids: [variation],
  })
  const at = 'program.accrual_rules[0]'
  for (const [rule, code, field] of [
    [
      { ...rules[0], spend_data: { ...rules[0].spend_data, excluded_category_ids: [nobodys] } },
      'FIELD_VALUE',
      `${at}.spend_data.excluded_category_ids`,
    ],
    [
      { accrual_type: 'CATEGORY', points: 1, category_data: {} },
      'FIELD_REQUIRED',
      `${at}.category_data.category_id`,
    ],
    [{ accrual_type: 'CATEGORY', points: 1 }, 'FIELD_REQUIRED', `${at}.category_data`],
    [
      { accrual_type: 'VISIT', points: 1, spend_data: rules[0].spend_data },
      'FIELD_UNKNOWN',
      `${at}.spend_data`,
    ],
    [
      { accrual_type: 'CATEGORY', points: 1, category_data: { category_id: nobodys } },
      'CATEGORY_UNKNOWN',
      'program.accrual_rules',
    ],
    [
      {
        accrual_type: 'ITEM_VARIATION',
        points: 1,
        item_variation_data: { item_variation_id: 'var_0000000000001' },
      },
      'VARIATION_UNKNOWN',
      'program.accrual_rules',
    ],
  ]) {
    const reply = await create(program({ accrual_rules: [rule] }))
    assert.deepEqual(refusal(reply).slice(1), [code, field])
  }
})

const tierOf = (reply, id) => ok(reply).program.reward_tiers.find((tier) => tier.id === id)

test('a tier is worth something, and its stock makes no other tier', async () => {
  const tier = {
    name: 'Moins dix et demi',
    points: 40,
    kind: 'percentage',
    percentage: '10.5',
    max_discount_money: euros(800),
    minimum_amount_money: euros(1500),
    valid_days: 30,
    stock: 5,
    per_customer: 2,
  }
  const { program: made } = ok(await create(program({ reward_tiers: [tier] })))
  const [first] = made.reward_tiers
  const path = `${PROGRAMS}/${made.id}/tiers/${first.id}`
  for (const [key, value] of Object.entries(tier)) assert.deepEqual(first[key], value, key)
  const stocked = tierOf(await ask('PUT', path, { tier: { stock: 9 } }), first.id)
  assert.equal(stocked.stock, 9)
  const endless = tierOf(await ask('PUT', path, { tier: { stock: null } }), first.id)
  assert.equal(endless.stock, undefined)
  const other = ok(
    await ask('PUT', path, {
      tier: { kind: 'credit', amount_money: euros(500), max_discount_money: null },
    }),
  ).program.reward_tiers
  assert.equal(other.length, 1)
  assert.notEqual(other[0].id, first.id)
  assert.deepEqual([other[0].kind, other[0].amount_money], ['credit', euros(500)])
  assert.equal(other[0].max_discount_money, undefined)
  assert.equal(other[0].valid_days, 30)
})

test('what a tier cannot be worth is refused with its field', async () => {
  const path = `${PROGRAMS}/${ids.prg}/tiers`
  const usd = { amount: 5, currency: 'USD' }
  for (const [more, code, field] of [
    [{ kind: 'miles' }, 'FIELD_VALUE', 'tier.kind'],
    [{ kind: 'percentage' }, 'FIELD_REQUIRED', 'tier.percentage'],
    [{ kind: 'percentage', percentage: '0' }, 'FIELD_RANGE', 'tier.percentage'],
    [{ kind: 'percentage', percentage: '100.1' }, 'FIELD_RANGE', 'tier.percentage'],
    [{ kind: 'percentage', percentage: '1.00001' }, 'FIELD_RANGE', 'tier.percentage'],
    [{ kind: 'percentage', percentage: '10,5' }, 'FIELD_VALUE', 'tier.percentage'],
    [{ percentage: '10' }, 'FIELD_REQUIRED', 'tier.kind'],
    [{ kind: 'amount' }, 'FIELD_REQUIRED', 'tier.amount_money'],
    [{ kind: 'item', amount_money: euros(5) }, 'FIELD_VALUE', 'tier.amount_money'],
    [{ kind: 'amount', amount_money: euros(0) }, 'FIELD_RANGE', 'tier.amount_money.amount'],
    [{ kind: 'credit', amount_money: euros(1e8 + 1) }, 'FIELD_RANGE', 'tier.amount_money.amount'],
    [{ kind: 'amount', amount_money: usd }, 'CURRENCY_DIFFERS', 'tier.amount_money.currency'],
    [{ stock: -1 }, 'FIELD_RANGE', 'tier.stock'],
    [{ valid_days: 3651 }, 'FIELD_RANGE', 'tier.valid_days'],
  ]) {
    const tier = { name: 'Récompense', points: 10, ...more }
    const reply = await ask('POST', path, { tier, idempotency_key: randomUUID() })
    assert.deepEqual(refusal(reply), [400, code, field])
  }
})

test('a program is deleted on a day that is told, and taken back before', async () => {
  const made = ok(await create(program())).program
  const path = `${PROGRAMS}/${made.id}/close`
  const closing = ok(await ask('POST', path, {})).program
  const days = (Date.parse(closing.closing_at) - Date.now()) / 86400000
  assert.ok(days > 90 && days < 92, `${days} days`)
  const sooner = ok(await ask('POST', path, { points_until: day(10) })).program
  assert.ok(sooner.closing_at < closing.closing_at)
  assert.deepEqual(refusal(await ask('POST', path, { points_until: day(-2) })), [
    400,
    'FIELD_RANGE',
    'points_until',
  ])
  assert.deepEqual(refusal(await ask('POST', path, { points_until: 'demain' })), [
    400,
    'TIME_MALFORMED',
    'points_until',
  ])
  assert.equal(ok(await ask('DELETE', path)).program.closing_at, undefined)
  const listed = ok(await ask('GET', `${PROGRAMS}?closed=true`)).programs
  assert.ok(listed.some(({ id }) => id === made.id))
  assert.deepEqual(refusal(await ask('GET', `${PROGRAMS}?closed=maybe`)), [
    400,
    'FIELD_VALUE',
    'closed',
  ])
})

test('whom a change touches is counted, and nothing is changed', async () => {
  const path = `${PROGRAMS}/${ids.prg}`
  const before = ok(await ask('GET', path)).program
  const { loyalty_account } = ok(await ask('GET', `/v2/loyalty/accounts/${ids.acc}`))
  const issued = ok(
    await ask('POST', '/v2/loyalty/rewards/search', { query: { status: 'ISSUED' } }),
  ).rewards
  const rules = [{ accrual_type: 'SPEND', points: 1, spend_data: { amount_money: euros(2000) } }]
  const { preview } = ok(
    await ask('POST', `${path}/preview`, { program: { accrual_rules: rules } }),
  )
  assert.equal(preview.accounts, 1)
  assert.equal(preview.points, loyalty_account.balance)
  assert.equal(preview.rewards_issued, issued.length)
  assert.equal(preview.waiting_orders, 1)
  assert.equal(preview.new_rules, true)
  assert.deepEqual(
    preview.sentences.map(({ code }) => code),
    ['POINTS_KEPT', 'REWARDS_USABLE', 'NEW_RULES', 'WAITING_BY_NEW_RULES'],
  )
  const gone = ok(await ask('POST', `${path}/preview`, { program: { closing: true } })).preview
  const ending = gone.sentences.find(({ code }) => code === 'POINTS_END')
  assert.equal(ending.count, loyalty_account.balance)
  const wrong = await ask('POST', `${path}/preview`, { program: { closing: false } })
  assert.deepEqual(refusal(wrong), [400, 'FIELD_VALUE', 'program.closing'])
  assert.deepEqual(ok(await ask('GET', path)).program, before)
})

test('the dashboard says each thing that a change may mean', async () => {
  const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
  const [, codes] = /enum: \[(POINTS_KEPT, [^\]]+)\]/.exec(await read('openapi/openapi.yaml'))
  const said = await read('web/dashboard/src/features/loyalty/affected.ts')
  assert.deepEqual(
    codes.split(', ').filter((code) => !said.includes(`\n  ${code}: (`)),
    [],
  )
})
