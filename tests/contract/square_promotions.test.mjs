/*
 * Square's official SDK runs every operation on promotions, and reads programs with rules of every
 * kind and rewards that are worth something.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SquareWorld, key, phone, refused } from '../support/square.mjs'
import { article, ok, sale } from '../support/story.mjs'

const world = new SquareWorld()
let client, location, program, server, promotions
before(async () => {
  await world.start()
  ;({ client, location, program, server } = world)
  promotions = client.loyalty.programs.promotions
})
after(() => world.stop())

const TUESDAYS =
  'BEGIN:VEVENT\nDTSTART:20260106T160000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;BYDAY=TU\nEND:VEVENT'
const ALWAYS = 'DTSTART:20260101T000000\nDURATION:P1D\nRRULE:FREQ=DAILY'
const threefold = {
  type: 'POINTS_MULTIPLIER',
  pointsMultiplierData: { multiplier: '3.0' },
}

function create(more = {}, programId = program.id) {
  const loyaltyPromotion = {
    name: 'Happy hour',
    incentive: threefold,
    availableTime: { timePeriods: [TUESDAYS] },
    ...more,
  }
  return promotions.create({ programId, loyaltyPromotion, idempotencyKey: key() })
}
const cancel = (promotionId) => promotions.cancel({ programId: program.id, promotionId })
async function cancelAll() {
  for (const status of ['ACTIVE', 'SCHEDULED']) {
    const page = await promotions.list({ programId: program.id, status })
    for await (const { id } of page) await cancel(id)
  }
}

describe('promotions', () => {
  test('create gives it as told, active from its first day on, once for a key', async () => {
    const request = {
      programId: program.id,
      idempotencyKey: key(),
      loyaltyPromotion: {
        name: 'Tuesday Happy Hour Promo',
        incentive: threefold,
        availableTime: { timePeriods: [TUESDAYS] },
        triggerLimit: { times: 1, interval: 'DAY' },
        minimumSpendAmountMoney: { amount: 2000n, currency: 'EUR' },
      },
    }
    const { loyaltyPromotion: made } = await promotions.create(request)
    assert.match(made.id, /^pro_/)
    assert.equal(made.status, 'ACTIVE')
    assert.equal(made.loyaltyProgramId, program.id)
    assert.equal(Number(made.incentive.pointsMultiplierData.multiplier), 3)
    assert.equal(made.incentive.pointsMultiplierData.pointsMultiplier, 3)
    assert.deepEqual(made.availableTime, { startDate: '2026-01-06', timePeriods: [TUESDAYS] })
    assert.deepEqual(made.triggerLimit, request.loyaltyPromotion.triggerLimit)
    assert.equal(made.minimumSpendAmountMoney.amount, 2000n)
    assert.deepEqual((await promotions.create(request)).loyaltyPromotion, made)
    const found = await promotions.get({ programId: 'main', promotionId: made.id })
    assert.deepEqual(found.loyaltyPromotion, made)
  })

  test('it begins and ends with its times', async () => {
    const { loyaltyPromotion: once } = await create({
      availableTime: { timePeriods: ['DTSTART:20991224T180000\nDURATION:PT6H30M'] },
      incentive: { type: 'POINTS_ADDITION', pointsAdditionData: { pointsAddition: 5 } },
    })
    assert.equal(once.status, 'SCHEDULED')
    assert.equal(once.availableTime.startDate, '2099-12-24')
    assert.equal(once.availableTime.endDate, '2099-12-25')
    assert.equal(once.incentive.pointsAdditionData.pointsAddition, 5)
    await refused(
      create({ availableTime: { timePeriods: ['DTSTART:20200101T080000\nDURATION:PT1H'] } }),
      400,
      'PROMOTION_ENDED',
      undefined,
    )
  })

  test('cancel ends it, and once more changes nothing', async () => {
    const { loyaltyPromotion } = await create()
    const canceled = (await cancel(loyaltyPromotion.id)).loyaltyPromotion
    assert.equal(canceled.status, 'CANCELED')
    assert.ok(canceled.canceledAt)
    assert.deepEqual((await cancel(loyaltyPromotion.id)).loyaltyPromotion, canceled)
    await refused(cancel('pro_0000000000001'), 404, 'PROMOTION_UNKNOWN', undefined)
  })

  test('list pages them, newest first, of one status or all', async () => {
    await cancelAll()
    const made = []
    for (const name of ['a', 'b', 'c']) made.unshift((await create({ name })).loyaltyPromotion.id)
    await cancel(made[1])
    const idsOf = async (query) => {
      const ids = []
      for await (const { id } of await promotions.list({ programId: program.id, ...query }))
        ids.push(id)
      return ids
    }
    assert.deepEqual(await idsOf({ status: 'ACTIVE', limit: 1 }), [made[0], made[2]])
    assert.equal((await idsOf({ status: 'CANCELED', limit: 2 }))[0], made[1])
    assert.deepEqual((await idsOf({ limit: 2 })).slice(0, 3), made)
    await refused(
      promotions.list({ programId: program.id, cursor: 'nonsense' }),
      400,
      'CURSOR_MALFORMED',
      'cursor',
    )
    await refused(
      promotions.list({ programId: program.id, limit: 31 }),
      400,
      'FIELD_RANGE',
      'limit',
    )
  })

  test('ten may be active or scheduled', async () => {
    await cancelAll()
    for (let i = 0; i < 10; i++) await create()
    await refused(create(), 400, 'PROMOTIONS_FULL', undefined)
    await cancelAll()
    await create()
  })

  test('what is not understood is refused with its field', async () => {
    const at = 'loyalty_promotion'
    const multiplier = (value) => ({
      incentive: { type: 'POINTS_MULTIPLIER', pointsMultiplierData: { multiplier: value } },
    })
    const times = (...timePeriods) => ({ availableTime: { timePeriods } })
    const field = `${at}.incentive.points_multiplier_data.multiplier`
    for (const [more, code, where] of [
      [multiplier('1.0'), 'FIELD_RANGE', field],
      [multiplier('10.001'), 'FIELD_RANGE', field],
      [multiplier('1.2345'), 'FIELD_RANGE', field],
      [multiplier('two'), 'FIELD_VALUE', field],
      [{ incentive: { type: 'POINTS_MULTIPLIER' } }, 'FIELD_REQUIRED', field],
      [
        { incentive: { type: 'POINTS_ADDITION', pointsAdditionData: { pointsAddition: 101 } } },
        'FIELD_RANGE',
        `${at}.incentive.points_addition_data.points_addition`,
      ],
      [times(), 'FIELD_REQUIRED', `${at}.available_time.time_periods`],
      [times(TUESDAYS, 'hello'), 'FIELD_VALUE', `${at}.available_time.time_periods[1]`],
      [
        { minimumSpendAmountMoney: { amount: 1n, currency: 'USD' } },
        'CURRENCY_DIFFERS',
        `${at}.minimum_spend_amount_money.currency`,
      ],
      [{ triggerLimit: { times: 0 } }, 'FIELD_RANGE', `${at}.trigger_limit.times`],
    ]) {
      await refused(create(more), 400, code, where)
    }
  })
})

/* What an order of so much would give somebody new, by the main program. */
async function calculate(total) {
  const { order } = (await server.feed(sale(location.registers[0].vendor_register, total))).body
  const reply = await client.loyalty.programs.calculate({
    programId: program.id,
    orderId: order.id,
  })
  return { order, points: reply.points, more: reply.promotionPoints }
}

describe('what a promotion gives', () => {
  test('a multiplier gives the rest of the multiple; fractions are dropped', async () => {
    await cancelAll()
    const { loyaltyPromotion } = await create({
      availableTime: { timePeriods: [ALWAYS] },
      incentive: { type: 'POINTS_MULTIPLIER', pointsMultiplierData: { multiplier: '1.5' } },
    })
    const { order, points, more } = await calculate(500)
    assert.deepEqual([points, more], [5, 2])
    const account = (
      await client.loyalty.accounts.create({
        loyaltyAccount: { programId: program.id, mapping: { phoneNumber: phone() } },
        idempotencyKey: key(),
      })
    ).loyaltyAccount
    const { events } = await client.loyalty.accounts.accumulatePoints({
      accountId: account.id,
      accumulatePoints: { orderId: order.id },
      idempotencyKey: key(),
      locationId: location.id,
    })
    assert.deepEqual(
      events.map(({ type }) => type),
      ['ACCUMULATE_POINTS', 'ACCUMULATE_PROMOTION_POINTS'],
    )
    const block = events[1].accumulatePromotionPoints
    assert.deepEqual([block.points, block.loyaltyPromotionId], [2, loyaltyPromotion.id])
    const orderFilter = { orderId: order.id }
    const found = await client.loyalty.searchEvents({ query: { filter: { orderFilter } } })
    assert.deepEqual(found.events[0].accumulatePromotionPoints, block)
    const typeFilter = { types: ['ACCUMULATE_PROMOTION_POINTS'] }
    const alone = await client.loyalty.searchEvents({
      query: { filter: { orderFilter, typeFilter } },
    })
    assert.deepEqual(alone.events, found.events.slice(0, 1))
    assert.equal(await world.balanceOf(account.id), 7)
  })

  test('an addition gives its points where the rules give one', async () => {
    await cancelAll()
    await create({
      availableTime: { timePeriods: [ALWAYS] },
      incentive: { type: 'POINTS_ADDITION', pointsAdditionData: { pointsAddition: 4 } },
      minimumSpendAmountMoney: { amount: 300n, currency: 'EUR' },
    })
    assert.equal((await calculate(300)).more, 4)
    assert.equal((await calculate(299)).more, 0)
    await cancelAll()
    assert.equal((await calculate(300)).more, 0)
  })
})

describe('programs of every kind', () => {
  test('their rules and rewards are read', async () => {
    const made = ok(
      await server.api('POST', '/v2/catalog/object', {
        object: article('Tarte', 2500),
        idempotency_key: key(),
      }),
    ).catalog_object
    const variation = made.item_data.variations[0].id
    const told = {
      name: 'Tartes',
      type: 'points',
      terminology: { one: 'part', other: 'parts' },
      accrual_rules: [
        { accrual_type: 'VISIT', points: 1, visit_data: { tax_mode: 'BEFORE_TAX' } },
        {
          accrual_type: 'SPEND',
          points: 2,
          spend_data: {
            amount_money: { amount: 100, currency: 'EUR' },
            tax_mode: 'AFTER_TAX',
            excluded_item_variation_ids: [variation],
          },
        },
        {
          accrual_type: 'ITEM_VARIATION',
          points: 3,
          item_variation_data: { item_variation_id: variation },
        },
      ],
      reward_tiers: [
        { name: 'Dix pour cent', points: 10, kind: 'percentage', percentage: '10.5' },
        { name: 'Une tarte', points: 20, kind: 'item', item_variation_ids: [variation] },
      ],
    }
    const { id } = ok(
      await server.api('POST', '/v2/loyalty/programs', { program: told, idempotency_key: key() }),
    ).program
    const { program: read } = await client.loyalty.programs.get({ programId: id })
    assert.deepEqual(
      read.accrualRules.map((rule) => [rule.accrualType, rule.points]),
      [
        ['VISIT', 1],
        ['SPEND', 2],
        ['ITEM_VARIATION', 3],
      ],
    )
    assert.deepEqual(read.accrualRules[1].spendData.excludedItemVariationIds, [variation])
    assert.equal(read.accrualRules[2].itemVariationData.itemVariationId, variation)
    const [percent, tart] = ok(await server.api('GET', `/v2/loyalty/programs/${id}`)).program
      .reward_tiers
    assert.deepEqual(percent.definition, {
      scope: 'ORDER',
      discount_type: 'FIXED_PERCENTAGE',
      percentage_discount: '10.5',
    })
    assert.deepEqual(tart.definition.catalog_object_ids, [variation])
  })
})
