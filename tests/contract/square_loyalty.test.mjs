/*
 * Square's official SDK runs every operation on loyalty accounts, rewards and events.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SquareWorld, key, phone, refused } from '../support/square.mjs'
import { sale } from '../support/story.mjs'

const world = new SquareWorld()
let client, location, program, server
before(async () => {
  await world.start()
  ;({ client, location, program, server } = world)
})
after(() => world.stop())

describe('accounts', () => {
  test('create makes the customer too, and a repeat gives the same account', async () => {
    const phoneNumber = phone()
    const request = {
      loyaltyAccount: { programId: program.id, mapping: { phoneNumber } },
      idempotencyKey: key(),
    }
    const { loyaltyAccount: account } = await client.loyalty.accounts.create(request)
    assert.match(account.id, /^acc_/)
    assert.equal(account.programId, program.id)
    assert.equal(account.balance, 0)
    assert.equal(account.lifetimePoints, 0)
    assert.equal(account.mapping.phoneNumber, phoneNumber)
    const { customer } = await client.customers.get({
      customerId: account.customerId,
    })
    assert.equal(customer.phoneNumber, phoneNumber)
    assert.equal(customer.creationSource, 'LOYALTY')
    assert.deepEqual((await client.loyalty.accounts.create(request)).loyaltyAccount, account)
    await refused(
      client.loyalty.accounts.create({ ...request, idempotencyKey: key() }),
      400,
      'ACCOUNT_EXISTS',
      undefined,
    )
  })

  test('create for a customer that exists', async () => {
    const { customer } = await client.customers.create({ givenName: 'Member' })
    const { loyaltyAccount } = await client.loyalty.accounts.create({
      loyaltyAccount: { programId: program.id, customerId: customer.id },
      idempotencyKey: key(),
    })
    assert.equal(loyaltyAccount.customerId, customer.id)
    assert.equal(loyaltyAccount.mapping, undefined)
  })

  test('search by number, by customer, by neither; retrieve', async () => {
    const account = await world.newAccount()
    const { mapping } = account
    const byPhone = await client.loyalty.accounts.search({
      query: { mappings: [{ phoneNumber: mapping.phoneNumber }] },
    })
    assert.deepEqual(byPhone.loyaltyAccounts, [account])
    const byMapping = await client.loyalty.accounts.search({
      query: { mappings: [mapping] },
      limit: 10,
    })
    assert.deepEqual(byMapping.loyaltyAccounts, [account])
    const byCustomer = await client.loyalty.accounts.search({
      query: { customerIds: [account.customerId] },
    })
    assert.deepEqual(byCustomer.loyaltyAccounts, [account])
    assert.deepEqual(
      (await client.loyalty.accounts.get({ accountId: account.id })).loyaltyAccount,
      account,
    )

    const newest = await client.loyalty.accounts.search({ limit: 1 })
    assert.equal(newest.loyaltyAccounts[0].id, account.id)
    const next = await client.loyalty.accounts.search({
      limit: 1,
      cursor: newest.cursor,
    })
    assert.notEqual(next.loyaltyAccounts[0].id, account.id)

    const none = await client.loyalty.accounts.search({
      query: { mappings: [{ phoneNumber: '+33699999999' }] },
    })
    assert.deepEqual(none.loyaltyAccounts, [])
    await refused(
      client.loyalty.accounts.search({
        query: { mappings: [mapping], customerIds: [account.customerId] },
      }),
      400,
      'FIELD_VALUE',
      'query.customer_ids',
    )
    await refused(
      client.loyalty.accounts.get({ accountId: 'acc_0000000000001' }),
      404,
      'ACCOUNT_UNKNOWN',
      undefined,
    )
  })

  test('keeps its points and loses its number when its customer is deleted', async () => {
    const account = await world.accountWith(9)
    const { phoneNumber } = account.mapping
    await client.customers.delete({ customerId: account.customerId })
    const { loyaltyAccount } = await client.loyalty.accounts.get({ accountId: account.id })
    assert.equal(loyaltyAccount.mapping, undefined)
    assert.equal(loyaltyAccount.balance, 9)
    const byPhone = await client.loyalty.accounts.search({ query: { mappings: [{ phoneNumber }] } })
    assert.deepEqual(byPhone.loyaltyAccounts, [])
  })

  test('accumulate gives exactly the points, once for a key', async () => {
    const account = await world.newAccount()
    const request = {
      accountId: account.id,
      accumulatePoints: { points: 7 },
      idempotencyKey: key(),
      locationId: location.id,
    }
    const first = await client.loyalty.accounts.accumulatePoints(request)
    assert.equal(first.events.length, 1)
    const [event] = first.events
    assert.equal(event.type, 'ACCUMULATE_POINTS')
    assert.equal(event.accumulatePoints.points, 7)
    assert.equal(event.accumulatePoints.loyaltyProgramId, program.id)
    assert.equal(event.loyaltyAccountId, account.id)
    assert.equal(event.locationId, location.id)
    assert.equal(event.source, 'LOYALTY_API')
    assert.deepEqual(first.event, event)
    assert.deepEqual(await client.loyalty.accounts.accumulatePoints(request), first)
    assert.equal(await world.balanceOf(account.id), 7)
    const { loyaltyAccount } = await client.loyalty.accounts.get({
      accountId: account.id,
    })
    assert.equal(loyaltyAccount.lifetimePoints, 7)
    assert.equal(loyaltyAccount.expiringPointDeadlines[0].points, 7)
  })

  test('accumulate an order that waits, once', async () => {
    const account = await world.newAccount()
    const { order } = (await server.feed(sale(location.registers[0].vendor_register, 4200))).body
    const give = (accountId) =>
      client.loyalty.accounts.accumulatePoints({
        accountId,
        accumulatePoints: { orderId: order.id },
        idempotencyKey: key(),
        locationId: location.id,
      })
    const { events } = await give(account.id)
    assert.equal(events[0].accumulatePoints.points, 42)
    assert.equal(events[0].accumulatePoints.orderId, order.id)
    await refused(give((await world.newAccount()).id), 400, 'ORDER_ALREADY_CLAIMED', undefined)
    assert.equal(await world.balanceOf(account.id), 42)
  })

  test('accumulate without points, with both, or elsewhere is refused', async () => {
    const account = await world.newAccount()
    const give = (accumulatePoints, locationId = location.id) =>
      client.loyalty.accounts.accumulatePoints({
        accountId: account.id,
        accumulatePoints,
        idempotencyKey: key(),
        locationId,
      })
    await refused(give({}), 400, 'FIELD_REQUIRED', 'accumulate_points.points')
    await refused(give({ points: 0 }), 400, 'FIELD_RANGE', 'accumulate_points.points')
    await refused(
      give({ points: 1, orderId: 'ord_0000000000001' }),
      400,
      'FIELD_VALUE',
      'accumulate_points.points',
    )
    await refused(give({ orderId: 'ord_0000000000001' }), 404, 'ORDER_UNKNOWN', undefined)
    await refused(give({ points: 1 }, 'loc_0000000000001'), 404, 'LOCATION_UNKNOWN', undefined)
    assert.equal(await world.balanceOf(account.id), 0)
  })

  test('adjust adds and takes; below zero only when allowed', async () => {
    const account = await world.accountWith(10)
    const adjust = (points, more = {}) =>
      client.loyalty.accounts.adjust({
        accountId: account.id,
        adjustPoints: { points, reason: 'a test' },
        idempotencyKey: key(),
        ...more,
      })
    const { event } = await adjust(-4)
    assert.equal(event.type, 'ADJUST_POINTS')
    assert.equal(event.adjustPoints.points, -4)
    assert.equal(event.adjustPoints.reason, 'a test')
    assert.equal(await world.balanceOf(account.id), 6)
    await refused(adjust(-7), 400, 'POINTS_SHORT', undefined)
    await refused(adjust(-7, { allowNegativeBalance: null }), 400, 'POINTS_SHORT', undefined)
    assert.equal(await world.balanceOf(account.id), 6)
    await adjust(-7, { allowNegativeBalance: true })
    assert.equal(await world.balanceOf(account.id), -1)
    await adjust(5)
    assert.equal(await world.balanceOf(account.id), 4)
    await refused(adjust(0), 400, 'FIELD_RANGE', 'adjust_points.points')
  })
})

describe('rewards', () => {
  const tier = () => program.reward_tiers[0]
  const take = async (accountId, idempotencyKey = key()) =>
    (
      await client.loyalty.rewards.create({
        reward: { loyaltyAccountId: accountId, rewardTierId: tier().id },
        idempotencyKey,
      })
    ).reward

  test('create takes the points at once, and once for a key', async () => {
    const account = await world.accountWith(tier().points + 3)
    const once = key()
    const reward = await take(account.id, once)
    assert.equal(reward.status, 'ISSUED')
    assert.equal(reward.points, tier().points)
    assert.equal(reward.rewardTierId, tier().id)
    assert.deepEqual(await take(account.id, once), reward)
    assert.equal(await world.balanceOf(account.id), 3)
    assert.deepEqual((await client.loyalty.rewards.get({ rewardId: reward.id })).reward, reward)
    await refused(take(account.id), 400, 'POINTS_SHORT', undefined)
  })

  test('delete gives the points back, once', async () => {
    const account = await world.accountWith(tier().points)
    const reward = await take(account.id)
    await client.loyalty.rewards.delete({ rewardId: reward.id })
    assert.equal(await world.balanceOf(account.id), tier().points)
    await client.loyalty.rewards.delete({ rewardId: reward.id })
    assert.equal(await world.balanceOf(account.id), tier().points)
    assert.equal(
      (await client.loyalty.rewards.get({ rewardId: reward.id })).reward.status,
      'DELETED',
    )
  })

  test('redeem hands it over, once', async () => {
    const account = await world.accountWith(tier().points)
    const reward = await take(account.id)
    const request = {
      rewardId: reward.id,
      idempotencyKey: key(),
      locationId: location.id,
    }
    const first = await client.loyalty.rewards.redeem(request)
    assert.equal(first.event.type, 'REDEEM_REWARD')
    assert.equal(first.event.redeemReward.rewardId, reward.id)
    assert.equal(first.event.redeemReward.loyaltyProgramId, program.id)
    assert.deepEqual(await client.loyalty.rewards.redeem(request), first)
    await refused(
      client.loyalty.rewards.redeem({ ...request, idempotencyKey: key() }),
      400,
      'REWARD_USED',
      undefined,
    )
    await refused(
      client.loyalty.rewards.delete({ rewardId: reward.id }),
      400,
      'REWARD_USED',
      undefined,
    )
    const { reward: now } = await client.loyalty.rewards.get({
      rewardId: reward.id,
    })
    assert.equal(now.status, 'REDEEMED')
    assert.ok(now.redeemedAt)
    const { events } = await client.loyalty.searchEvents({
      query: {
        filter: {
          loyaltyAccountFilter: { loyaltyAccountId: account.id },
          typeFilter: { types: ['REDEEM_REWARD'] },
        },
      },
    })
    /* The search tells the name of who did it, too. */
    const actor = { ...first.event.actor, name: 'demo' }
    assert.deepEqual(events, [{ ...first.event, actor }])
  })

  test('search by account and status, newest first, in pages', async () => {
    const account = await world.accountWith(3 * tier().points)
    const taken = [await take(account.id), await take(account.id), await take(account.id)].map(
      ({ id }) => id,
    )
    await client.loyalty.rewards.delete({ rewardId: taken[0] })
    const search = async (query, more) => await client.loyalty.rewards.search({ query, ...more })
    const ids = ({ rewards }) => rewards.map(({ id }) => id)
    assert.deepEqual(ids(await search({ loyaltyAccountId: account.id })), taken.slice().reverse())
    assert.deepEqual(ids(await search({ loyaltyAccountId: account.id, status: 'ISSUED' })), [
      taken[2],
      taken[1],
    ])
    assert.deepEqual(ids(await search({ loyaltyAccountId: account.id, status: 'DELETED' })), [
      taken[0],
    ])
    const first = await search({ loyaltyAccountId: account.id }, { limit: 2 })
    assert.deepEqual(ids(first), [taken[2], taken[1]])
    assert.deepEqual(
      ids(await search({ loyaltyAccountId: account.id }, { limit: 2, cursor: first.cursor })),
      [taken[0]],
    )
    const all = await client.loyalty.rewards.search({})
    assert.equal(all.rewards[0].id, taken[2])
  })

  test('a tier, an account or an order that does not exist', async () => {
    const account = await world.accountWith(100)
    const create = (loyaltyAccountId, rewardTierId, orderId) =>
      client.loyalty.rewards.create({
        reward: { loyaltyAccountId, rewardTierId, orderId },
        idempotencyKey: key(),
      })
    await refused(create(account.id, 'tie_0000000000001'), 404, 'TIER_UNKNOWN', undefined)
    await refused(create('acc_0000000000001', tier().id), 404, 'ACCOUNT_UNKNOWN', undefined)
    const nobodys = create(account.id, tier().id, 'ord_0000000000001')
    await refused(nobodys, 404, 'ORDER_UNKNOWN', undefined)
  })
})

describe('events', () => {
  test('everything that happened, newest first, and each filter', async () => {
    const account = await world.accountWith(60)
    await client.loyalty.accounts.adjust({
      accountId: account.id,
      adjustPoints: { points: 5 },
      idempotencyKey: key(),
    })
    const { reward } = await client.loyalty.rewards.create({
      reward: {
        loyaltyAccountId: account.id,
        rewardTierId: program.reward_tiers[0].id,
      },
      idempotencyKey: key(),
    })
    await client.loyalty.rewards.delete({ rewardId: reward.id })

    const loyaltyAccountFilter = { loyaltyAccountId: account.id }
    const search = async (filter, more = {}) =>
      client.loyalty.searchEvents({
        query: { filter: { loyaltyAccountFilter, ...filter } },
        ...more,
      })
    const types = ({ events }) => events.map(({ type }) => type)
    const all = await search({})
    assert.deepEqual(types(all), [
      'DELETE_REWARD',
      'CREATE_REWARD',
      'ADJUST_POINTS',
      'ACCUMULATE_POINTS',
    ])
    const [given, taken] = all.events
    assert.equal(taken.createReward.points, -program.reward_tiers[0].points)
    assert.equal(given.deleteReward.points, program.reward_tiers[0].points)
    assert.equal(taken.createReward.rewardId, reward.id)

    assert.deepEqual(
      types(
        await search({
          typeFilter: {
            types: ['ADJUST_POINTS', 'ACCUMULATE_PROMOTION_POINTS'],
          },
        }),
      ),
      ['ADJUST_POINTS'],
    )
    assert.deepEqual(
      types(
        await search({
          typeFilter: { types: ['ACCUMULATE_PROMOTION_POINTS'] },
        }),
      ),
      [],
    )
    assert.deepEqual(types(await search({ locationFilter: { locationIds: [location.id] } })), [
      'ACCUMULATE_POINTS',
    ])
    const earlier = new Date(Date.now() - 3_600_000).toISOString()
    const later = new Date(Date.now() + 3_600_000).toISOString()
    assert.equal(
      (
        await search({
          dateTimeFilter: { createdAt: { startAt: earlier, endAt: later } },
        })
      ).events.length,
      4,
    )
    assert.equal(
      (await search({ dateTimeFilter: { createdAt: { endAt: earlier } } })).events.length,
      0,
    )

    const first = await search({}, { limit: 3 })
    const rest = await search({}, { limit: 3, cursor: first.cursor })
    assert.deepEqual([...first.events, ...rest.events], all.events)
  })

  test('by order', async () => {
    const account = await world.newAccount()
    const { order } = (await server.feed(sale(location.registers[0].vendor_register, 900))).body
    await client.loyalty.accounts.accumulatePoints({
      accountId: account.id,
      accumulatePoints: { orderId: order.id },
      idempotencyKey: key(),
      locationId: location.id,
    })
    const { events } = await client.loyalty.searchEvents({
      query: { filter: { orderFilter: { orderId: order.id } } },
    })
    assert.equal(events.length, 1)
    assert.equal(events[0].loyaltyAccountId, account.id)
  })
})
