/*
 * The direct path: whoever buys and gives back in parts ends with what they would have who bought
 * only what was kept. Nothing here knows how the rules round: it adds up what was paid and kept.
 *
 * SEED (1) tells which customers they are, CUSTOMERS (12) how many.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Begun } from './begun.mjs'
import { Random } from './random.mjs'
import { Shop } from './shop.mjs'
import { asRefund, asSale, asTillSale } from './told.mjs'

const SEED = Number(process.env.SEED ?? 1)
const CUSTOMERS = Number(process.env.CUSTOMERS ?? 12)
const STEPS = 40
let shop
before(async () => (shop = await Shop.open()))
after(() => shop?.close())

const plain = {
  type: 'points',
  minimum: 0,
  expiryDays: 0,
  ripenDays: 0,
  onRefund: 'owed',
  limits: {},
}
const ruleOf = (random) => ({
  kind: 'SPEND',
  points: random.pick([1, 2, 3, 7]),
  amount: random.pick([1, 20, 99, 100, 250, 1000]),
  scope: [],
})

class Customer {
  orders = []

  constructor(begun, rule, account) {
    Object.assign(this, { begun, rule, account })
  }

  get kept() {
    return this.orders.reduce((sum, { total, refunded }) => sum + total - refunded, 0)
  }

  async balance() {
    return (await shop.get(`/v2/loyalty/accounts/${this.account.id}`)).loyalty_account.balance
  }

  get parts() {
    return this.orders.filter(({ refunded }) => refunded > 0).length
  }

  /* To the point where a step is one point; else a part of a step is worth no whole minor units,
   * and less than one of them is lost with each order that was given back in part. */
  get slack() {
    const { points, amount } = this.rule
    return points === 1 ? 0 : (Math.floor(this.parts / amount) + 1) * points
  }

  direct(kept) {
    return Math.floor(kept / this.rule.amount) * this.rule.points
  }

  async buy(total) {
    await shop.tick()
    const order = { saleId: randomUUID(), payments: [{ amount: total }], tax: 0, lines: [] }
    const { register, location } = this.begun
    const { body } = await shop.feed(asSale(order, register, shop.now))
    /* One that earns nothing yet cannot be claimed, and is nobody's. */
    const claim = await shop.api('POST', `/v2/loyalty/accounts/${this.account.id}/accumulate`, {
      accumulate_points: { order_id: body.order.id },
      location_id: location.id,
      idempotency_key: randomUUID(),
    })
    if (claim.status === 200) this.orders.push({ ...order, total, refunded: 0 })
  }

  async giveBack(order, amount) {
    const refund = { id: randomUUID(), amount: Math.min(amount, order.total - order.refunded) }
    if (refund.amount === 0) return
    await shop.tick()
    await shop.feed(asRefund(order, refund, shop.now))
    order.refunded += refund.amount
  }

  /* Enough, at our till, to make up for what part refunds had advanced. */
  async fillUp() {
    const total = 2 * STEPS * this.rule.amount + 100
    await shop.tick()
    await shop.post('/v2/till/sales', {
      location_id: this.begun.location.id,
      sale: asTillSale([{ name: 'Panier', units: 1, total }], this.account.customerId),
    })
    this.orders.push({ total, refunded: 0 })
  }
}

test(`who gives back in parts ends as who bought what was kept (seed ${SEED})`, async () => {
  const random = new Random(SEED)
  const begun = new Begun(shop)
  const rule = ruleOf(random)
  await begun.begin([{ ...plain, rules: [rule] }])
  for (let i = 0; i < CUSTOMERS; i++) {
    const rules = [ruleOf(random)]
    begun.model.programs[0].rules = rules
    await begun.change(begun.model.programs[0])
    const { loyalty_account } = await shop.post('/v2/loyalty/accounts', {
      loyalty_account: {
        program_id: begun.model.programs[0].id,
        mapping: { phone_number: `+336130000${String(10 + i)}` },
      },
    })
    const account = { id: loyalty_account.id, customerId: loyalty_account.customer_id }
    const customer = new Customer(begun, rules[0], account)
    for (let step = 0; step < STEPS; step++) {
      if (customer.orders.length === 0 || random.chance(50)) {
        await customer.buy(random.pick([1, 99, 100, 101, 250, 999, 2500, 10000]))
      } else {
        await customer.giveBack(random.pick(customer.orders), random.between(1, 3000))
      }
      /* An advance, or what waits in the carry for the next purchase, is less than one step of the
       * rule for each order that was given back in part. */
      const above = (await customer.balance()) - customer.direct(customer.kept)
      const steps = (customer.parts + 1) * rules[0].points
      assert.ok(Math.abs(above) <= steps, `${above} above the direct path`)
    }
    await customer.fillUp()
    const story = JSON.stringify({ rule: rules[0], orders: customer.orders })
    const lost = customer.direct(customer.kept) - (await customer.balance())
    assert.ok(Math.abs(lost) <= customer.slack, `${lost}: ${story}`)
  }
})
