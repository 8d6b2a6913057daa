/*
 * Square's official SDK runs every operation on customers, locations and programs that both have.
 * Loyalty accounts, rewards and events: square_loyalty.test.mjs.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SquareWorld, key, refused } from '../support/square.mjs'
import { sale } from '../support/story.mjs'

const world = new SquareWorld()
let client, location, merchant, program, server
before(async () => {
  await world.start()
  ;({ client, location, merchant, program, server } = world)
})
after(() => world.stop())

describe('customers', () => {
  test('create gives the customer with an id, a version and E.164', async () => {
    const { customer } = await client.customers.create({
      idempotencyKey: key(),
      givenName: 'Amelia',
      familyName: 'Earhart',
      emailAddress: 'Amelia.Earhart@example.com',
      phoneNumber: '+33 6 11 22 33 44',
      referenceId: 'ref-1',
      note: 'a customer',
      birthday: '09-21',
      address: {
        addressLine1: '500 Electric Ave',
        locality: 'Lille',
        postalCode: '59000',
        country: 'FR',
      },
    })
    assert.match(customer.id, /^cus_/)
    assert.equal(customer.givenName, 'Amelia')
    assert.equal(customer.emailAddress, 'Amelia.Earhart@example.com')
    assert.equal(customer.phoneNumber, '+33611223344')
    assert.equal(customer.birthday, '0000-09-21')
    assert.equal(customer.address.addressLine1, '500 Electric Ave')
    assert.equal(customer.address.country, 'FR')
    assert.equal(customer.creationSource, 'THIRD_PARTY')
    assert.equal(typeof customer.version, 'bigint')
    assert.ok(Math.abs(Date.parse(customer.createdAt) - Date.now()) < 60_000)
  })

  test('a national number is read in the country of the merchant', async () => {
    const { customer } = await client.customers.create({
      phoneNumber: '06 11 22 33 55',
    })
    assert.equal(customer.phoneNumber, '+33611223355')
  })

  test('the same idempotency key gives the same customer, and another body is refused', async () => {
    const request = { idempotencyKey: key(), givenName: 'Once' }
    const first = await client.customers.create(request)
    const second = await client.customers.create(request)
    assert.deepEqual(second.customer, first.customer)
    await refused(
      client.customers.create({ ...request, givenName: 'Twice' }),
      400,
      'IDEMPOTENCY_KEY_REUSED',
      'idempotency_key',
    )
  })

  test('an empty customer is refused', () =>
    refused(client.customers.create({}), 400, 'CUSTOMER_EMPTY', undefined))

  test('a wrong number, address or birthday is refused by its field', async () => {
    await refused(
      client.customers.create({ phoneNumber: '+33 1' }),
      400,
      'PHONE_NUMBER_INVALID',
      'phone_number',
    )
    await refused(
      client.customers.create({ emailAddress: 'nobody' }),
      400,
      'EMAIL_INVALID',
      'email_address',
    )
    await refused(
      client.customers.create({ givenName: 'A', birthday: '2021-02-30' }),
      400,
      'FIELD_VALUE',
      'birthday',
    )
  })

  test('retrieve, update and delete', async () => {
    const { customer } = await client.customers.create({
      givenName: 'Before',
      nickname: 'B',
      note: 'n',
    })
    const got = await client.customers.get({ customerId: customer.id })
    assert.deepEqual(got.customer, customer)

    const changed = await client.customers.update({
      customerId: customer.id,
      givenName: 'After',
      nickname: null,
      version: customer.version,
    })
    assert.equal(changed.customer.givenName, 'After')
    assert.equal(changed.customer.nickname, undefined)
    assert.equal(changed.customer.note, 'n')
    assert.ok(changed.customer.version > customer.version)
    await refused(
      client.customers.update({
        customerId: customer.id,
        note: 'late',
        version: customer.version,
      }),
      409,
      'CUSTOMER_CHANGED',
      'version',
    )

    await client.customers.delete({ customerId: customer.id })
    await refused(
      client.customers.get({ customerId: customer.id }),
      404,
      'CUSTOMER_UNKNOWN',
      undefined,
    )
  })

  test('search finds exactly and fuzzily, by number, e-mail address and reference', async () => {
    const { customer } = await client.customers.create({
      givenName: 'Wanted',
      emailAddress: 'wanted.one@search.example',
      phoneNumber: '+33655443322',
      referenceId: 'ref-wanted',
    })
    const filters = [
      { phoneNumber: { exact: '+33655443322' } },
      { phoneNumber: { exact: '06 55 44 33 22' } },
      { phoneNumber: { fuzzy: '443322' } },
      { emailAddress: { exact: 'wanted.one@search.example' } },
      { emailAddress: { fuzzy: 'search.example' } },
      { referenceId: { exact: 'ref-wanted' } },
      { referenceId: { fuzzy: 'ref-wan' } },
      {
        phoneNumber: { exact: '+33655443322' },
        creationSource: { values: ['THIRD_PARTY'], rule: 'INCLUDE' },
      },
    ]
    for (const filter of filters) {
      const { customers } = await client.customers.search({
        query: { filter },
      })
      assert.deepEqual(
        customers.map(({ id }) => id),
        [customer.id],
        JSON.stringify(filter),
      )
    }
    const none = await client.customers.search({
      query: { filter: { emailAddress: { exact: 'nobody@search.example' } } },
    })
    assert.deepEqual(none.customers, [])
    const future = await client.customers.search({
      query: {
        filter: {
          createdAt: {
            startAt: new Date(Date.now() + 3_600_000).toISOString(),
          },
        },
      },
    })
    assert.deepEqual(future.customers, [])
  })

  test('a filter that does not exist here is refused, not ignored', async () => {
    await refused(
      client.customers.search({
        query: { filter: { segmentIds: { all: ['x'] } } },
      }),
      400,
      'FIELD_UNKNOWN',
      'query.filter.segment_ids',
    )
  })

  test('customers are searched by their groups, and those of other systems are none', async () => {
    const { groups } = client.customers
    const made = await groups.create({ idempotencyKey: key(), group: { name: 'Terrace' } })
    const groupId = made.group.id
    const { customer } = await client.customers.create({ givenName: 'In a group' })
    const { customer: other } = await client.customers.create({ givenName: 'In none' })
    const found = async (groupIds) => {
      const page = await client.customers.search({ query: { filter: { groupIds } }, limit: 100n })
      return page.customers.map(({ id }) => id)
    }
    await groups.add({ customerId: customer.id, groupId })
    assert.deepEqual(await found({ all: [groupId] }), [customer.id])
    assert.deepEqual(await found({ any: [groupId] }), [customer.id])
    const without = await found({ none: [groupId] })
    assert.deepEqual([without.includes(customer.id), without.includes(other.id)], [false, true])
    await refused(found({ all: ['x'] }), 400, 'ID_MALFORMED', 'query.filter.group_ids.all')
    await groups.update({ groupId, group: { name: 'Patio' } })
    assert.equal((await groups.get({ groupId })).group.name, 'Patio')
    const listed = []
    for await (const group of await groups.list()) listed.push(group.name)
    assert.deepEqual(listed, ['Patio'])
    await groups.remove({ customerId: customer.id, groupId })
    assert.deepEqual(await found({ all: [groupId] }), [])
    await groups.delete({ groupId })
    await refused(groups.get({ groupId }), 404, 'TAG_UNKNOWN', undefined)
  })

  test('list goes through all pages, each customer once, in both directions', async () => {
    for (let i = 0; i < 5; i++) await client.customers.create({ givenName: `Page ${i}` })
    const seen = { ASC: [], DESC: [] }
    for (const sortOrder of ['ASC', 'DESC']) {
      for await (const customer of await client.customers.list({
        limit: 2,
        sortField: 'CREATED_AT',
        sortOrder,
      })) {
        seen[sortOrder].push(customer.id)
      }
    }
    assert.ok(seen.ASC.length >= 5)
    assert.equal(new Set(seen.ASC).size, seen.ASC.length)
    assert.deepEqual(seen.DESC, seen.ASC.slice().reverse())
  })

  test('search pages with a cursor that only this list takes', async () => {
    const first = await client.customers.search({ limit: 2n })
    assert.equal(first.customers.length, 2)
    const second = await client.customers.search({
      limit: 2n,
      cursor: first.cursor,
    })
    assert.ok(!second.customers.some(({ id }) => first.customers.some((c) => c.id === id)))
    await refused(
      client.loyalty.accounts.search({ cursor: first.cursor }),
      400,
      'CURSOR_MALFORMED',
      'cursor',
    )
    await refused(client.customers.search({ cursor: 'abc' }), 400, 'CURSOR_MALFORMED', 'cursor')
  })
})

describe('locations', () => {
  test('list and retrieve', async () => {
    const { locations } = await client.locations.list()
    assert.deepEqual(
      locations.map(({ id }) => id).sort(),
      merchant.locations.map(({ id }) => id).sort(),
    )
    const got = await client.locations.get({ locationId: location.id })
    assert.equal(got.location.name, location.name)
    assert.equal(got.location.merchantId, merchant.id)
    assert.equal(got.location.currency, merchant.currency)
    assert.equal(got.location.status, 'ACTIVE')
    const main = await client.locations.get({ locationId: 'main' })
    assert.deepEqual(main.location, locations[0])
    await refused(
      client.locations.get({ locationId: 'loc_0000000000001' }),
      404,
      'LOCATION_UNKNOWN',
      undefined,
    )
  })
})

describe('programs', () => {
  test('main, by id and in the list are the same program', async () => {
    const main = (await client.loyalty.programs.get({ programId: 'main' })).program
    assert.equal(main.id, program.id)
    assert.equal(main.status, 'ACTIVE')
    assert.equal(main.terminology.other, 'points')
    assert.ok(main.rewardTiers.length >= 2)
    assert.deepEqual(
      main.rewardTiers.map(({ id, points }) => [id, points]),
      program.reward_tiers.map(({ id, points }) => [id, points]),
    )
    assert.equal(main.accrualRules[0].accrualType, 'SPEND')
    assert.equal(main.accrualRules[0].spendData.amountMoney.amount, 100n)
    assert.equal(main.accrualRules[0].spendData.amountMoney.currency, 'EUR')
    assert.deepEqual((await client.loyalty.programs.get({ programId: program.id })).program, main)
    assert.deepEqual((await client.loyalty.programs.list()).programs[0], main)
    await refused(
      client.loyalty.programs.get({ programId: 'prg_0000000000001' }),
      404,
      'PROGRAM_UNKNOWN',
      undefined,
    )
  })

  test('calculate an amount and an order', async () => {
    const amount = await client.loyalty.programs.calculate({
      programId: program.id,
      transactionAmountMoney: { amount: 1299n, currency: 'EUR' },
    })
    assert.equal(amount.points, 12)
    assert.equal(amount.promotionPoints, 0)

    const { order } = (await server.feed(sale(location.registers[0].vendor_register, 2350))).body
    const ofOrder = await client.loyalty.programs.calculate({
      programId: 'main',
      orderId: order.id,
    })
    assert.equal(ofOrder.points, 23)
  })

  test('another currency, both or neither are refused', async () => {
    const money = { amount: 100n, currency: 'USD' }
    await refused(
      client.loyalty.programs.calculate({
        programId: 'main',
        transactionAmountMoney: money,
      }),
      400,
      'CURRENCY_DIFFERS',
      'transaction_amount_money.currency',
    )
    await refused(
      client.loyalty.programs.calculate({
        programId: 'main',
        transactionAmountMoney: money,
        orderId: 'ord_0000000000001',
      }),
      400,
      'FIELD_VALUE',
      'transaction_amount_money',
    )
    await refused(
      client.loyalty.programs.calculate({ programId: 'main' }),
      400,
      'FIELD_REQUIRED',
      'transaction_amount_money.amount',
    )
  })
})

describe('who asks', () => {
  test('a wrong key is an AUTHENTICATION_ERROR', async () => {
    const stranger = world.clientOf('key_wrong')
    await assert.rejects(stranger.locations.list(), (error) => {
      assert.equal(error.statusCode, 401)
      assert.equal(error.errors[0].category, 'AUTHENTICATION_ERROR')
      return true
    })
  })

  test('nothing of another merchant exists', async () => {
    const other = world.clientOf(server.demo.merchants[1].api_key)
    const account = await world.accountWith(1)
    await refused(
      other.loyalty.accounts.get({ accountId: account.id }),
      404,
      'ACCOUNT_UNKNOWN',
      undefined,
    )
    await refused(
      other.customers.get({ customerId: account.customerId }),
      404,
      'CUSTOMER_UNKNOWN',
      undefined,
    )
    const found = await other.loyalty.accounts.search({
      query: { customerIds: [account.customerId] },
    })
    assert.deepEqual(found.loyaltyAccounts, [])
  })
})
