/*
 * play — plays the steps of a life in a real shop and in the model at once. After each of them both
 * must have answered alike, and what can be seen of every account, reward and note must be the same.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Begun } from './begun.mjs'
import { DAY_MS } from './loyalty.mjs'
import * as spending from './spending.mjs'
import { dayOf } from './days.mjs'
import { asProgram, asPromotion, asRefund, asSale, asTillSale, euros, scopeIn } from './told.mjs'

const REPLIES_KEPT_MS = 29 * DAY_MS
/* Why an order does not wait is told apart for people; that it does not is what the model knows. */
const NOT_WAITING = new Set(['ORDER_EARNS_NOTHING', 'ORDER_CLAIM_EXPIRED'])
const EXPIRY_EVERY_MS = 301000
const pick = (list, number) => list[number % list.length]

export class Play extends Begun {
  #requests = []

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

  /* One step. */
  async act(step) {
    await this.shop.tick()
    this.model.pass(this.shop.now)
    await this[step.does](step)
  }

  /* One step, and a look at all that can be seen. */
  async step(step) {
    await this.act(step)
    await this.compare()
  }

  /* ---- what is bought ---- */
  async #sendOrder(order) {
    const { order: told } = await this.must(
      this.shop.feed(asSale(order, this.register, this.shop.now)),
    )
    order.id = told.id
  }

  /* An article beyond those of the catalog is nothing that it knows. */
  #linesOf(told) {
    return told.map(({ article, price, units }) => ({
      ...(this.goods.articles[article] ?? { name: 'Divers' }),
      units,
      total: price * units,
      tax: 0,
    }))
  }

  async buy({ who, way, lines: told, times }) {
    const lines = this.#linesOf(told)
    const amount = lines.reduce((total, line) => total + line.total, 0)
    const tax = told.reduce((total, line, i) => total + Math.min(line.tax, lines[i].total), 0)
    if (way === 'till') return this.#sell(pick(this.members, who), lines, amount)
    const order = {
      saleId: randomUUID(),
      closed: this.shop.now,
      payments: [{ amount }],
      tax,
      lines,
    }
    const sold = this.model.tellOrder(order)
    await Promise.all(Array.from({ length: times }, () => this.#sendOrder(sold)))
    return undefined
  }

  /* The server dies while it is told; what it did not answer is told again. */
  async killed({ lines: told, times }) {
    const lines = this.#linesOf(told)
    const amount = lines.reduce((total, line) => total + line.total, 0)
    const order = {
      saleId: randomUUID(),
      closed: this.shop.now,
      payments: [{ amount }],
      tax: 0,
      lines,
    }
    const sold = this.model.tellOrder(order)
    const sending = Array.from({ length: times }, () => this.#sendOrder(sold).catch(() => {}))
    await this.shop.crash()
    await Promise.all(sending)
    await this.#sendOrder(sold)
  }

  /* At our own till, for a customer, who is credited at once. */
  async #sell(account, lines, amount) {
    const reply = await this.#write('/v2/till/sales', {
      location_id: this.location.id,
      sale: asTillSale(lines, account.customerId),
    })
    const body = this.#agree(reply, {})
    const order = this.model.tellOrder({ payments: [{ amount }], tax: 0, lines })
    order.id = body.order.id
    this.model.credit(order, account)
  }

  /* An order that Square tells by its payments. */
  async split({ amounts }) {
    const [amount, rest] = amounts
    const payments = [{ amount, id: randomUUID() }]
    const order = { squareOrder: randomUUID(), payments, tax: 0, lines: [], rest }
    await this.#sendPayment(this.model.tellOrder(order), payments[0])
  }

  async #sendPayment(order, { id, amount }) {
    const payment = { id, status: 'COMPLETED', order_id: order.squareOrder }
    const sent = this.shop.square('payment', { ...payment, amount_money: euros(amount) })
    order.id = (await this.must(sent)).order.id
  }

  async claim({ order: number, who }) {
    const order = pick(this.model.orders, number)
    if (!order) return
    const account = pick(this.members, who)
    const reply = await this.#write(`/v2/loyalty/accounts/${account.id}/accumulate`, {
      accumulate_points: { order_id: order.id },
      location_id: this.location.id,
    })
    this.#agree(reply, this.model.claim(order, account))
    /* The second half of a split bill comes after its claim. */
    if (order.rest === undefined) return
    const payment = { amount: order.rest, id: randomUUID() }
    delete order.rest
    await this.#sendPayment(order, payment)
    this.model.pay(order, payment)
  }

  async refund({ order: number, share, line, times }) {
    const order = pick(this.model.orders, number)
    if (!order?.saleId && !order?.squareOrder) return
    const of = line === undefined || !order.lines.length ? undefined : line % order.lines.length
    const whole = of === undefined ? order.payments[0].amount : order.lines[of].total
    const amount = Math.ceil((whole * (of === undefined ? share : Math.min(share, 100))) / 100)
    const refund = { id: randomUUID(), amount }
    if (of !== undefined) refund.lines = [{ line: of, amount }]
    for (let i = 0; i < times; i++) await this.#sendRefund(order, refund)
    this.model.refund(order, refund)
  }

  #sendRefund(order, refund) {
    if (order.saleId) return this.must(this.shop.feed(asRefund(order, refund, this.shop.now)))
    const told = { id: refund.id, status: 'COMPLETED', payment_id: order.payments[0].id }
    return this.must(this.shop.square('refund', { ...told, amount_money: euros(refund.amount) }))
  }

  /* A refund that is told before its sale. */
  async early({ price, share }) {
    const order = { saleId: randomUUID(), payments: [{ amount: price }], tax: 0, lines: [] }
    const refund = { id: randomUUID(), amount: Math.ceil((price * share) / 100) }
    await this.#sendRefund(order, refund)
    const told = this.model.tellOrder(order)
    await this.#sendOrder(told)
    this.model.refund(told, refund)
  }

  async cancel({ order: number }) {
    const order = pick(this.model.orders, number)
    if (!order?.saleId) return
    const closed_at = new Date(this.shop.now).toISOString()
    await this.must(this.shop.feed({ event: 'canceled', sale_id: order.saleId, closed_at }))
    this.model.cancel(order)
  }

  /* ---- by hand ---- */
  async give({ who, points }) {
    const account = pick(this.accounts, who)
    const reply = await this.#write(`/v2/loyalty/accounts/${account.id}/accumulate`, {
      accumulate_points: { points },
      location_id: this.location.id,
    })
    this.#agree(reply, this.model.accumulate(account, points))
  }

  async adjust({ who, points, mayOwe }) {
    const account = pick(this.accounts, who)
    const reply = await this.#write(`/v2/loyalty/accounts/${account.id}/adjust`, {
      adjust_points: { points },
      allow_negative_balance: mayOwe,
    })
    this.#agree(reply, this.model.adjust(account, points, mayOwe))
  }

  /* ---- what points become ---- */
  async take({ who, tier: number }) {
    const account = pick(this.accounts, who)
    const tier = pick(account.program.tiers, number)
    const reply = await this.#write('/v2/loyalty/rewards', {
      reward: { loyalty_account_id: account.id, reward_tier_id: tier.id },
    })
    const outcome = spending.take(this.model, account, tier)
    const { reward } = this.#agree(reply, outcome)
    if (outcome.reward) outcome.reward.id = reward.id
  }

  async #onReward(number, path, body, rule) {
    const reward = pick(this.model.rewards, number)
    if (!reward) return
    const reply = await this.#write(`/v2/loyalty/rewards/${reward.id}/${path}`, body)
    this.#agree(reply, rule(this.model, reward))
  }

  use({ reward }) {
    return this.#onReward(reward, 'redeem', { location_id: this.location.id }, spending.use)
  }

  putBack({ reward }) {
    return this.#onReward(reward, 'put-back', {}, spending.putBack)
  }

  async giveUp({ reward: number }) {
    const reward = pick(this.model.rewards, number)
    if (!reward) return
    const reply = await this.shop.api('DELETE', `/v2/loyalty/rewards/${reward.id}`)
    const outcome = spending.giveUp(this.model, reward)
    this.#agree(reply, outcome)
    /* Points that are past their end come back to expire with the next run. */
    if (outcome.expires) await this.wait({ ms: EXPIRY_EVERY_MS })
  }

  async spend({ who, amount }) {
    const account = pick(this.accounts, who)
    const reply = await this.#write(`/v2/loyalty/accounts/${account.id}/spend`, {
      amount_money: euros(amount),
    })
    this.#agree(reply, spending.spend(account, amount))
  }

  async note({ who, amount, days }) {
    const { customer, customerId } = pick(this.members, who)
    const expires = days > 0 ? this.shop.now + days * DAY_MS : undefined
    const expires_at = expires && new Date(expires).toISOString()
    const { credit_note } = this.#agree(
      await this.#write('/v2/credit-notes', {
        credit_note: {
          amount_money: euros(amount),
          customer_id: customerId,
          reason: 'gesture',
          expires_at,
        },
      }),
      {},
    )
    spending.issue(this.model, { customer, amount, expires }).id = credit_note.id
  }

  async endNote({ note: number }) {
    const note = pick(this.model.notes, number)
    if (!note) return
    this.#agree(
      await this.#write(`/v2/credit-notes/${note.id}/end`, {}),
      spending.end(this.model, note),
    )
  }

  /* ---- the programs ---- */
  async rules({ program: number, ...told }) {
    const program = pick(this.model.programs, number)
    const change = this.rulesIn(told)
    await this.must(this.shop.api('PUT', program.path, { program: asProgram(change) }))
    this.model.change(program, change)
  }

  async pause({ program: number }) {
    const program = pick(this.model.programs, number)
    const active = !program.active
    const status = active ? 'ACTIVE' : 'INACTIVE'
    await this.must(this.shop.api('PUT', program.path, { program: { status } }))
    this.model.change(program, { active })
  }

  async promote({ program: number, days, scope, ...told }) {
    const program = pick(this.model.programs, number)
    const promotion = {
      ...told,
      /* One that would never run is refused. */
      scope: scopeIn(this.goods, scope),
      startOn: dayOf(this.shop.now),
      endOn: dayOf(
        this.shop.now + Math.max(days - 1, told.times[0].days.length < 7 ? 7 : 0) * DAY_MS,
      ),
    }
    const reply = await this.#write(`${program.path}/promotions`, {
      loyalty_promotion: asPromotion(promotion),
    })
    const code = reply.body.errors?.[0].code
    /* The program has rules of articles already, or ten promotions. */
    if (code === 'PROMOTION_SCOPE' || code === 'PROMOTIONS_FULL') return
    promotion.id = this.#agree(reply, {}).loyalty_promotion.id
    program.promotions.push(promotion)
  }

  async cancelPromotion({ promotion: number }) {
    const all = this.model.programs.flatMap((program) =>
      program.promotions.map((promotion) => ({ program, promotion })),
    )
    const { program, promotion } = pick(all, number) ?? {}
    if (!promotion) return
    const path = `${program.path}/promotions/${promotion.id}/cancel`
    const reply = await this.shop.api('POST', path, {})
    if (reply.body.errors?.[0].code === 'PROMOTION_ENDED') return
    this.#agree(reply, {})
    promotion.canceled ??= this.shop.now
  }

  /* ---- the world ---- */
  /* Until what is due by then is done. */
  async wait({ ms }) {
    await this.shop.pass(ms)
    this.model.pass(this.shop.now)
    await this.compare()
  }

  /* A request that was answered is sent again: the same answer, and nothing done twice. */
  async repeat({ request: number }) {
    const earlier = pick(this.#requests, number)
    if (!earlier || earlier.until < this.shop.now) return
    assert.deepEqual(await this.shop.api('POST', earlier.path, earlier.told), earlier.reply)
  }

  crash() {
    return this.shop.crash()
  }
}
