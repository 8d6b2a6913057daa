/*
 * play — plays the steps of a life in a real shop and in the model at once. After each of them both
 * must have answered alike, and what can be seen of every account, reward and note must be the same.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Loyalty } from './loyalty.mjs'

const CUSTOMERS = 3
const SETTLED_WITHIN_MS = 3000
const REPLIES_KEPT_MS = 29 * 86400000
/* Why an order does not wait is told apart for people; that it does not is what the model knows. */
const NOT_WAITING = new Set(['ORDER_EARNS_NOTHING', 'ORDER_CLAIM_EXPIRED'])
const EXPIRY_EVERY_MS = 301000
const TIERS = [3, 10, 40]
const euros = (amount) => ({ amount, currency: 'EUR' })

const asRule = ({ kind, points, amount, beforeTax }) => {
  const tax_mode = beforeTax ? 'BEFORE_TAX' : 'AFTER_TAX'
  if (kind === 'VISIT') {
    const minimum = amount > 0 ? { minimum_amount_money: euros(amount) } : {}
    return { accrual_type: kind, points, visit_data: { ...minimum, tax_mode } }
  }
  return { accrual_type: kind, points, spend_data: { amount_money: euros(amount), tax_mode } }
}

const asChange = ({ rules, minimum, expiryDays }) => ({
  accrual_rules: rules.map(asRule),
  minimum_amount_money: euros(minimum),
  expiration_days: expiryDays,
})

export class Play {
  model = new Loyalty()
  #requests = []

  /* A shop whose main program is what `program` says, with some customers. */
  constructor(shop) {
    this.shop = shop
  }

  async begin(program) {
    const { shop, model } = this
    model.pass(shop.now)
    const { id } = shop.merchant.programs[0]
    this.path = `/v2/loyalty/programs/${id}`
    this.location = shop.merchant.locations[0]
    const tiers = await this.#offer()
    await this.#change(program)
    this.main = Object.assign(model.addProgram({ ...program, tiers }), { id })
    for (let i = 1; i <= CUSTOMERS; i++) {
      const { loyalty_account } = await shop.post('/v2/loyalty/accounts', {
        loyalty_account: { program_id: id, mapping: { phone_number: `+3361200000${i}` } },
      })
      const account = model.openAccount(i, this.main)
      Object.assign(account, { id: loyalty_account.id, customerId: loyalty_account.customer_id })
    }
  }

  /* Our own reward tiers in place of the demo's. */
  async #offer() {
    const { program } = await this.shop.get(this.path)
    for (const { id } of program.reward_tiers)
      await this.#must(this.shop.api('DELETE', `${this.path}/tiers/${id}`))
    for (const points of TIERS)
      await this.shop.post(`${this.path}/tiers`, { tier: { name: `Palier ${points}`, points } })
    const { reward_tiers } = (await this.shop.get(this.path)).program
    return reward_tiers.map(({ id, points }) => ({ id, points }))
  }

  async #must(asking) {
    const reply = await asking
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    return reply.body
  }

  #change(program) {
    return this.#must(this.shop.api('PUT', this.path, { program: asChange(program) }))
  }

  async #write(path, body) {
    const told = { ...body, idempotency_key: randomUUID() }
    const reply = await this.shop.api('POST', path, told)
    const until = this.shop.now + REPLIES_KEPT_MS
    if (reply.status === 200) this.#requests.push({ path, told, reply, until })
    return reply
  }

  /* Both answered alike: the same refusal, or none. */
  #agree(reply, outcome) {
    const told = reply.status === 200 ? undefined : reply.body.errors?.[0].code
    const code = NOT_WAITING.has(told) ? 'NOT_WAITING' : told
    assert.equal(code ?? 'done', outcome.refused ?? 'done', JSON.stringify(reply.body))
    return reply.body
  }

  #pick(list, number) {
    return list[number % list.length]
  }

  /* One step; false: there was nothing to do it with. */
  async step(step) {
    await this.shop.tick()
    this.model.pass(this.shop.now)
    const done = await this[step.does](step)
    await this.#compare()
    return done !== false
  }

  /* ---- what is bought ---- */
  async #sendOrder(order) {
    const { now } = this.shop
    const message = {
      event: 'closed',
      sale_id: order.saleId,
      closed_at: new Date(order.closed ?? now).toISOString(),
      register: this.location.registers[0].vendor_register,
      currency: 'EUR',
      total: order.payments[0].amount,
      tip: 0,
      tax: order.tax,
      customer: null,
      card: null,
      lines: order.lines.map(({ name, units, total }) => ({
        sku: '',
        name,
        qty: String(units),
        total,
      })),
      refund_of: null,
      refund: null,
    }
    const { order: told } = await this.#must(this.shop.feed(message))
    order.id = told.id
  }

  #linesOf(told) {
    return told.map(({ price, units, tax }, i) => ({
      name: `Article ${i}`,
      units,
      total: price * units,
      tax: Math.min(tax, price * units),
    }))
  }

  async buy({ who, way, lines: told, times }) {
    const lines = this.#linesOf(told)
    const amount = lines.reduce((total, line) => total + line.total, 0)
    const tax = lines.reduce((total, line) => total + line.tax, 0)
    if (way === 'till') return this.#sell(this.#pick(this.model.accounts, who), lines, amount)
    const order = this.model.tellOrder({
      saleId: randomUUID(),
      closed: this.shop.now,
      payments: [{ amount }],
      tax,
      lines,
    })
    await Promise.all(Array.from({ length: times }, () => this.#sendOrder(order)))
  }

  /* At our own till, for a customer, who is credited at once. */
  async #sell(account, lines, amount) {
    const order = this.model.tellOrder({ payments: [{ amount }], tax: 0, lines })
    const body = this.#agree(
      await this.#write('/v2/till/sales', {
        location_id: this.location.id,
        sale: {
          customer_id: account.customerId,
          lines: lines.map(({ name, units, total }) => ({
            name,
            quantity: String(units),
            total_money: euros(total),
          })),
        },
      }),
      {},
    )
    order.id = body.order.id
    this.model.credit(order, account)
  }

  /* An order that Square tells by its payments. */
  async split({ amounts }) {
    const [first, second] = amounts
    const order = this.model.tellOrder({
      squareOrder: randomUUID(),
      payments: [{ amount: first, id: randomUUID() }],
      tax: 0,
      lines: [],
      rest: second,
    })
    await this.#sendPayment(order, order.payments[0])
  }

  async #sendPayment(order, { id, amount }) {
    const { order: told } = await this.#must(
      this.shop.square('payment', {
        id,
        status: 'COMPLETED',
        order_id: order.squareOrder,
        amount_money: euros(amount),
      }),
    )
    order.id = told.id
  }

  async claim({ order: number, who }) {
    const order = this.#pick(this.model.orders, number)
    if (!order) return false
    const account = this.#pick(this.model.accounts, who)
    const reply = await this.#write(`/v2/loyalty/accounts/${account.id}/accumulate`, {
      accumulate_points: { order_id: order.id },
      location_id: this.location.id,
    })
    this.#agree(reply, this.model.claim(order, account))
    /* The second half of a split bill comes after its claim. */
    if (order.rest === undefined) return true
    const payment = { amount: order.rest, id: randomUUID() }
    delete order.rest
    await this.#sendPayment(order, payment)
    this.model.pay(order, payment)
    return true
  }

  async refund({ order: number, share, times }) {
    const order = this.#pick(this.model.orders, number)
    if (!order || !(order.saleId || order.squareOrder)) return false
    const amount = Math.ceil((order.payments[0].amount * share) / 100)
    const refund = { id: randomUUID(), amount }
    for (let i = 0; i < times; i++) await this.#sendRefund(order, refund)
    this.model.refund(order, refund)
    return true
  }

  #sendRefund(order, { id, amount }) {
    if (order.squareOrder)
      return this.#must(
        this.shop.square('refund', {
          id,
          status: 'COMPLETED',
          payment_id: order.payments[0].id,
          amount_money: euros(amount),
        }),
      )
    return this.#must(
      this.shop.feed({
        event: 'refunded',
        sale_id: id,
        refund_of: order.saleId,
        closed_at: new Date(this.shop.now).toISOString(),
        total: amount,
      }),
    )
  }

  /* A refund that is told before its sale. */
  async early({ price, share }) {
    const order = {
      saleId: randomUUID(),
      payments: [{ amount: price }],
      tax: 0,
      lines: [],
    }
    const refund = { id: randomUUID(), amount: Math.ceil((price * share) / 100) }
    await this.#sendRefund(order, refund)
    const told = this.model.tellOrder(order)
    await this.#sendOrder(told)
    this.model.refund(told, refund)
  }

  async cancel({ order: number }) {
    const order = this.#pick(this.model.orders, number)
    if (!order?.saleId) return false
    await this.#must(
      this.shop.feed({
        event: 'canceled',
        sale_id: order.saleId,
        closed_at: new Date(this.shop.now).toISOString(),
      }),
    )
    this.model.cancel(order)
    return true
  }

  /* ---- by hand ---- */
  async give({ who, points }) {
    const account = this.#pick(this.model.accounts, who)
    const reply = await this.#write(`/v2/loyalty/accounts/${account.id}/accumulate`, {
      accumulate_points: { points },
      location_id: this.location.id,
    })
    this.#agree(reply, this.model.accumulate(account, points))
  }

  async adjust({ who, points, mayOwe }) {
    const account = this.#pick(this.model.accounts, who)
    const reply = await this.#write(`/v2/loyalty/accounts/${account.id}/adjust`, {
      adjust_points: { points },
      allow_negative_balance: mayOwe,
    })
    this.#agree(reply, this.model.adjust(account, points, mayOwe))
  }

  /* ---- rewards ---- */
  async take({ who, tier: number }) {
    const account = this.#pick(this.model.accounts, who)
    const tier = this.#pick(account.program.tiers, number)
    const reply = await this.#write('/v2/loyalty/rewards', {
      reward: { loyalty_account_id: account.id, reward_tier_id: tier.id },
    })
    const outcome = this.model.take(account, tier)
    const { reward } = this.#agree(reply, outcome)
    if (outcome.reward) outcome.reward.id = reward.id
  }

  async #onReward(number, path, body, rule) {
    const reward = this.#pick(this.model.rewards, number)
    if (!reward) return false
    const reply = await this.#write(`/v2/loyalty/rewards/${reward.id}/${path}`, body)
    this.#agree(reply, rule(reward))
    return true
  }

  use({ reward }) {
    const location_id = this.location.id
    return this.#onReward(reward, 'redeem', { location_id }, (one) => this.model.use(one))
  }

  putBack({ reward }) {
    return this.#onReward(reward, 'put-back', {}, (one) => this.model.putBack(one))
  }

  async giveUp({ reward: number }) {
    const reward = this.#pick(this.model.rewards, number)
    if (!reward) return false
    const reply = await this.shop.api('DELETE', `/v2/loyalty/rewards/${reward.id}`)
    const outcome = this.model.giveUp(reward)
    this.#agree(reply, outcome)
    /* Points that are past their end come back to expire with the next run. */
    if (outcome.expires) await this.wait({ ms: EXPIRY_EVERY_MS })
    return true
  }

  /* ---- the program ---- */
  async rules(program) {
    const { does, ...told } = program
    await this.#change(told)
    this.model.change(this.main, told)
  }

  async pause() {
    const active = !this.main.active
    const status = active ? 'ACTIVE' : 'INACTIVE'
    await this.#must(this.shop.api('PUT', this.path, { program: { status } }))
    this.model.change(this.main, { active })
  }

  /* ---- the world ---- */
  async wait({ ms }) {
    await this.shop.pass(ms)
    this.model.pass(this.shop.now)
  }

  /* A request that was answered is sent again: the same answer, and nothing done twice. */
  async repeat({ request: number }) {
    const earlier = this.#pick(this.#requests, number)
    if (!earlier || earlier.until < this.shop.now) return false
    const again = await this.shop.api('POST', earlier.path, earlier.told)
    assert.deepEqual(again, earlier.reply)
    return true
  }

  crash() {
    return this.shop.crash()
  }

  /* ---- what can be seen ---- */
  async #all(kind, member) {
    const found = []
    let cursor
    do {
      const asking = this.shop.api('POST', `/v2/loyalty/${kind}/search`, { limit: 30, cursor })
      const page = await this.#must(asking)
      found.push(...page[member])
      ;({ cursor } = page)
    } while (cursor)
    return found
  }

  async #seen() {
    const accounts = {}
    for (const one of await this.#all('accounts', 'loyalty_accounts')) {
      const deadlines = {}
      for (const { points, expires_at } of one.expiring_point_deadlines ?? [])
        deadlines[expires_at] = (deadlines[expires_at] ?? 0) + points
      accounts[one.id] = { balance: one.balance, lifetime: one.lifetime_points, deadlines }
    }
    const rewards = await this.#all('rewards', 'rewards')
    return { accounts, rewards: Object.fromEntries(rewards.map(({ id, status }) => [id, status])) }
  }

  #wanted() {
    const { model } = this
    return {
      accounts: Object.fromEntries(model.accounts.map((one) => [one.id, model.viewOf(one)])),
      rewards: Object.fromEntries(model.rewards.map(({ id, status }) => [id, status])),
    }
  }

  /* Jobs need a moment to notice that time has passed. */
  async #compare() {
    const wanted = this.#wanted()
    for (const until = Date.now() + SETTLED_WITHIN_MS; ; await sleep(10)) {
      const seen = await this.#seen()
      try {
        assert.deepEqual(seen, wanted)
        return
      } catch (error) {
        if (Date.now() > until) throw error
      }
    }
  }

  async end() {
    const audit = JSON.parse(await this.shop.server.habitue('audit', '--json'))
    assert.equal(audit.differences, 0, JSON.stringify(audit))
  }
}
