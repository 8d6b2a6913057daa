/*
 * What happens at one instant: two telephones with one reward, a reward taken while its points are
 * taken back, a rule that changes while orders come. Each time exactly one of the outcomes that are
 * right, and the books agree. On PostgreSQL two servers of one database are asked.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Server } from '../support/server.mjs'
import { ok, sale } from '../support/story.mjs'

const TIMES = Number(process.env.TIMES ?? 12)
const AT_ONCE = 6
let server, nodes, program, tier, location, register

before(async () => {
  server = await Server.start()
  nodes = [server, await server.beside(2)].filter(Boolean)
  const merchant = server.demo.merchants[0]
  program = merchant.programs[0]
  tier = program.reward_tiers[0]
  location = merchant.locations[0]
  register = location.registers[0].vendor_register
})
after(async () => {
  await Promise.all(nodes.slice(1).map((node) => node.end()))
  await server?.remove()
})

const node = (i) => nodes[i % nodes.length]
const post = (i, path, body) =>
  node(i).api('POST', path, { idempotency_key: randomUUID(), ...body })
const accountPath = ({ id }) => `/v2/loyalty/accounts/${id}`
const shown = async (account) => ok(await server.api('GET', accountPath(account))).loyalty_account

let phones = 0
async function newAccount(points = 0) {
  const phone_number = `+3362000${String(1000 + ++phones)}`
  const { loyalty_account: account } = ok(
    await post(0, '/v2/loyalty/accounts', {
      loyalty_account: { program_id: program.id, mapping: { phone_number } },
    }),
  )
  if (points > 0) ok(await give(account, { points }))
  return account
}
const give = (account, accumulate_points, i = 0) =>
  post(i, `${accountPath(account)}/accumulate`, { accumulate_points, location_id: location.id })
const take = (account, i = 0) =>
  post(i, '/v2/loyalty/rewards', {
    reward: { loyalty_account_id: account.id, reward_tier_id: tier.id },
  })
const refundOf = ({ sale_id, closed_at }, total) => ({
  event: 'refunded',
  sale_id: randomUUID(),
  refund_of: sale_id,
  closed_at,
  total,
})
const refusals = (replies) =>
  replies.filter(({ status }) => status !== 200).map(({ body }) => body.errors[0].code)

test('one reward is used once, however many telephones tap at once', async () => {
  for (let round = 0; round < TIMES; round++) {
    const account = await newAccount(tier.points)
    const { reward } = ok(await take(account))
    const taps = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) =>
        post(i, `/v2/loyalty/rewards/${reward.id}/use`, {}),
      ),
    )
    assert.deepEqual(refusals(taps), Array(AT_ONCE - 1).fill('REWARD_USED'))
  }
})

test('a reward is given up or used, never both', async () => {
  for (let round = 0; round < TIMES; round++) {
    const account = await newAccount(tier.points)
    const { reward } = ok(await take(account))
    const path = `/v2/loyalty/rewards/${reward.id}`
    const replies = await Promise.all([
      node(0).api('DELETE', path),
      post(1, `${path}/redeem`, { location_id: location.id }),
      node(1).api('DELETE', path),
    ])
    const { balance } = await shown(account)
    const used = replies[1].status === 200
    assert.equal(balance, used ? 0 : tier.points)
    assert.deepEqual(
      new Set(refusals(replies)),
      new Set([used ? 'REWARD_USED' : 'REWARD_GIVEN_UP']),
    )
  }
})

test('rewards taken at once are as many as there are points for', async () => {
  for (let round = 0; round < TIMES; round++) {
    const account = await newAccount(2 * tier.points + 1)
    const replies = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => take(account, i)))
    assert.deepEqual(refusals(replies), Array(AT_ONCE - 2).fill('POINTS_SHORT'))
    assert.equal((await shown(account)).balance, 1)
  }
})

test('a reward taken while its points are taken back is taken first, and owed, or refused', async () => {
  const seen = new Set()
  for (let round = 0; round < 2 * TIMES; round++) {
    const account = await newAccount()
    const message = sale(register, tier.points * 100)
    const { order } = ok(await server.feed(message))
    ok(await give(account, { order_id: order.id }))
    const refund = refundOf(message, message.total)
    const both = [() => take(account, 0), () => node(1).feed(refund)]
    if (round % 2) both.reverse()
    const replies = await Promise.all(both.map((ask) => ask()))
    const taken = replies[round % 2 ? 1 : 0].status === 200
    assert.deepEqual(refusals(replies), taken ? [] : ['POINTS_SHORT'])
    const { balance } = await shown(account)
    assert.equal(balance, taken ? -tier.points : 0)
    seen.add(taken)
  }
  assert.equal(seen.size, 2, 'only one of both ever came first')
})

test('a rule that changes while orders come: each earns by one of the two, and keeps it', async () => {
  const rule = (points) => ({
    accrual_rules: [
      {
        accrual_type: 'SPEND',
        points,
        spend_data: { amount_money: { amount: 100, currency: 'EUR' } },
      },
    ],
  })
  const change = (points) =>
    node(1).api('PUT', `/v2/loyalty/programs/${program.id}`, { program: rule(points) })
  for (let round = 0; round < TIMES; round++) {
    const told = await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        const message = sale(register, 1000)
        const { order } = ok(await server.feed(message))
        return { message, order, account: await newAccount() }
      }),
    )
    const claims = told.map(({ account, order }, i) => give(account, { order_id: order.id }, i))
    const changed = change(2)
    const more = told.map(async ({ order }, i) =>
      give(await newAccount(), { order_id: order.id }, i),
    )
    ok(await changed)
    const replies = await Promise.all(claims)
    for (const reply of await Promise.all(more))
      if (reply.status !== 200) assert.deepEqual(refusals([reply]), ['ORDER_ALREADY_CLAIMED'])
    for (const [i, { message, account }] of told.entries()) {
      if (replies[i].status !== 200) continue
      const { points } = ok(replies[i]).event.accumulate_points
      assert.ok(points === 10 || points === 20, `${points} points`)
      assert.equal((await shown(account)).balance, points)
      ok(await node(i).feed(refundOf(message, 400)))
      assert.equal((await shown(account)).balance, points - 0.4 * points)
      ok(await node(i).feed(refundOf(message, 600)))
      assert.equal((await shown(account)).balance, 0)
    }
    ok(await change(1))
  }
})

const sell = (amount, more, i = 0) =>
  post(i, '/v2/till/sales', {
    location_id: location.id,
    sale: {
      lines: [{ name: 'Panier', total_money: { amount, currency: 'EUR' } }],
      ...more,
    },
  })
const noteOf = async (amount) =>
  ok(
    await post(0, '/v2/credit-notes', {
      credit_note: { amount_money: { amount, currency: 'EUR' }, reason: 'gesture' },
    }),
  ).credit_note
const leftOf = async ({ id }) =>
  ok(await server.api('GET', `/v2/credit-notes/${id}`)).credit_note.balance_money.amount

test('two tills spend one credit note once; given back at once, it comes back once', async () => {
  for (let round = 0; round < TIMES; round++) {
    const note = await noteOf(600)
    const amount_money = { amount: 600, currency: 'EUR' }
    const credit_notes = [
      round % 2 ? { id: note.id, amount_money } : { code: note.code, amount_money },
    ]
    const sales = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) => sell(1000, { credit_notes }, i)),
    )
    assert.deepEqual(refusals(sales), Array(AT_ONCE - 1).fill('CREDIT_SHORT'))
    assert.equal(await leftOf(note), 0)
    const { order } = sales.find(({ status }) => status === 200).body
    assert.equal(order.total_money.amount, 400)
    const voids = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) => post(i, `/v2/till/sales/${order.id}/refund`, {})),
    )
    assert.deepEqual(refusals(voids), [])
    assert.equal(await leftOf(note), 600)
  }
})

test('one reward is used on one sale, though a telephone uses it at that instant', async () => {
  for (let round = 0; round < TIMES; round++) {
    const account = await newAccount(tier.points)
    const { reward } = ok(await take(account))
    const uses = Array.from({ length: AT_ONCE }, (_, i) =>
      i % 2
        ? sell(1000, { rewards: [reward.id] }, i)
        : post(i, `/v2/loyalty/rewards/${reward.id}/use`, {}),
    )
    assert.deepEqual(refusals(await Promise.all(uses)), Array(AT_ONCE - 1).fill('REWARD_USED'))
  }
})

test('of a reward with a stock of three, three are taken', async () => {
  for (let round = 0; round < TIMES / 2; round++) {
    const told = { name: `Trois ${round}`, points: 1, stock: 3, per_customer: 2 }
    const path = `/v2/loyalty/programs/${program.id}/tiers`
    const { reward_tiers } = ok(await post(0, path, { tier: told })).program
    const rare = reward_tiers.find(({ name }) => name === told.name)
    const accounts = [await newAccount(10), await newAccount(10)]
    const replies = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) =>
        post(i, '/v2/loyalty/rewards', {
          reward: { loyalty_account_id: accounts[i % 2].id, reward_tier_id: rare.id },
        }),
      ),
    )
    const points = await Promise.all(accounts.map(async (one) => 10 - (await shown(one)).balance))
    assert.equal(points[0] + points[1], 3)
    assert.ok(Math.max(...points) <= 2, `${points} of one customer`)
    assert.equal(refusals(replies).length, AT_ONCE - 3)
    ok(await server.api('DELETE', `${path}/${rare.id}`))
  }
})

test('afterwards the books agree', async () => {
  assert.equal(JSON.parse(await server.habitue('audit', '--json')).differences, 0)
})
