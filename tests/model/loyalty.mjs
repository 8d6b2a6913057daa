/*
 * loyalty — an independent model of the loyalty rules, in another language than the server's, written
 * from the contract, the glossary, docs/decisions and openapi.yaml, never from the server's sources.
 *
 * It is slow and plain: what an order earned is remembered, and compared with what it should be
 * whenever the order changes. Every method gives { refused: CODE } or what came of it. Amounts and
 * points are whole numbers; times are milliseconds. What becomes of points is in spending.mjs.
 */
import { cap, carryTakenOf, earnedBy, promotedBy, takenOf } from './accrual.mjs'
import { Account } from './account.mjs'
import { dayOf, wallOf } from './days.mjs'

export const DAY_MS = 86400000
const MINUTE_MS = 60000
const CLAIM_KEEP_MS = DAY_MS
export const refused = (code) => ({ refused: code })
const sum = (list, of) => list.reduce((total, one) => total + of(one), 0)
const pointsOf = (parts) => sum(parts, ({ points }) => points)

const PLAIN = {
  active: true,
  minimum: 0,
  expiryDays: 0,
  ripenDays: 0,
  onRefund: 'owed',
  limits: {},
  tiers: [],
}

export class Loyalty {
  programs = []
  accounts = []
  orders = []
  rewards = []
  notes = []
  now = 0
  #lots = 0

  /* ---- programs: the first is the main one ---- */
  addProgram(told) {
    const program = { ...PLAIN, promotions: [], ...told, created: this.now }
    this.programs.push(program)
    return program
  }

  /* What was earned keeps the rules it was earned by. */
  change(program, told) {
    Object.assign(program, told)
    return {}
  }

  #earns(program) {
    return program.active && (!program.endsOn || dayOf(this.now) <= program.endsOn)
  }

  /* ---- accounts ---- */
  accountOf(customer, program) {
    return this.accounts.find((one) => one.customer === customer && one.program === program)
  }

  openAccount(customer, program) {
    const account = new Account(customer, program)
    this.accounts.push(account)
    return account
  }

  newLot(program) {
    const expires = program.expiryDays > 0 ? this.now + program.expiryDays * DAY_MS : null
    return { id: ++this.#lots, expires }
  }

  accumulate(account, points) {
    if (!account.program.active) return refused('PROGRAM_INACTIVE')
    account.lifetime += points
    account.flows.issued += points
    account.give(points, this.newLot(account.program))
    return { points }
  }

  adjust(account, points, mayOwe) {
    if (points > 0) account.give(points, this.newLot(account.program))
    else if (!mayOwe && account.balance < -points) return refused('POINTS_SHORT')
    else account.owed += account.take(-points).missing
    account.flows.adjusted += points
    return { points }
  }

  /* ---- orders ---- */
  /* { payments: [{ amount }], tax, lines }; an order that was told is there from then on. */
  tellOrder(told) {
    const order = {
      refunds: [],
      canceled: false,
      earnings: new Map(),
      until: this.now + CLAIM_KEEP_MS,
      closed: this.now,
      told: this.now,
      ...told,
    }
    this.orders.push(order)
    this.#follow(order)
    return order
  }

  totalOf(order) {
    return sum(order.payments, ({ amount }) => amount)
  }

  refundedOf(order) {
    const total = this.totalOf(order)
    if (order.canceled) return total
    return Math.min(
      total,
      sum(order.refunds, ({ amount }) => amount),
    )
  }

  #basketOf(order) {
    const named = (i) =>
      sum(order.refunds, ({ lines = [] }) =>
        sum(
          lines.filter(({ line }) => line === i),
          ({ amount }) => amount,
        ),
      )
    const lines = order.lines.map((line, i) => ({
      ...line,
      refunded: order.canceled ? line.total : Math.min(line.total, named(i)),
    }))
    return { total: this.totalOf(order), tax: order.tax, refunded: this.refundedOf(order), lines }
  }

  pay(order, payment) {
    order.payments.push(payment)
    return this.#follow(order)
  }

  /* { amount, lines }: of which lines where it is told. */
  refund(order, refund) {
    order.refunds.push(refund)
    return this.#follow(order)
  }

  cancel(order) {
    order.canceled = true
    return this.#follow(order)
  }

  #follow(order) {
    if (order.customer) this.#settleAll(order)
    /* Whether it waits for somebody is decided when the POS tells of it, not when rules change. */
    else order.waits = this.programs.some((program) => this.#worthOf(order, program) > 0)
    return {}
  }

  /* Gives an order's points to a customer, once. */
  claim(order, account) {
    if (order.customer) return refused('ORDER_ALREADY_CLAIMED')
    if (!order.waits || order.until <= this.now) return refused('NOT_WAITING')
    if (!this.programs.some((program) => this.#givesNow(order, program, account.customer) > 0))
      return refused('NOT_WAITING')
    order.customer = account.customer
    this.#settleAll(order)
    return {}
  }

  /* Sold for a customer whom the till knows: credited at once. */
  credit(order, account) {
    order.customer = account.customer
    this.#settleAll(order)
  }

  #worthOf(order, program, carry = 0) {
    const basket = this.#basketOf(order)
    if (!this.#earns(program) || program.created > order.told) return 0
    if (basket.total < program.minimum || basket.refunded === basket.total) return 0
    return pointsOf(earnedBy(program.rules, basket, carry).parts)
  }

  /* The same with what this customer has, and what limits leave them. */
  #givesNow(order, program, customer) {
    const account = this.accountOf(customer, program)
    if (this.#worthOf(order, program, account?.carry) === 0) return 0
    const { rules, limits } = program
    const earning = { rules, limits, parts: [], taken: 0 }
    return pointsOf(this.#earn(order, program, earning, this.#basketOf(order), account).parts)
  }

  /* ---- what an order earned, made what it should be now ---- */
  #settleAll(order) {
    for (const program of this.programs) this.#settle(order, program)
    order.settled = this.totalOf(order)
  }

  #settle(order, program) {
    const known = order.earnings.get(program)
    if (!known && (!this.#earns(program) || program.created > order.told)) return
    /* What it did not earn when it was settled first, it does not earn because money is given back. */
    if (!known && this.totalOf(order) <= order.settled) return
    const { rules, minimum, limits } = program
    const earning = known ?? {
      rules,
      minimum,
      limits,
      parts: [],
      taken: 0,
      carryTaken: 0,
      pending: 0,
    }
    let account = this.accountOf(order.customer, program)
    const before = pointsOf(earning.parts)
    const basket = this.#basketOf(order)
    if (basket.total < earning.minimum) return
    const { parts, carry } = this.#earn(order, program, earning, basket, account)
    const wanted = pointsOf(parts)
    if (!account && wanted === 0 && carry === 0) return
    account ??= this.openAccount(order.customer, program)
    order.earnings.set(program, earning)
    earning.parts = parts
    const gain = wanted - before
    const taken = sum(parts, takenOf)
    const loss = taken - earning.taken
    earning.taken = taken
    const carrying = parts.find(({ carries }) => carries)
    const carryTaken = carrying ? carryTakenOf(carrying) : 0
    account.carry = carry - (carryTaken - earning.carryTaken)
    earning.carryTaken = carryTaken
    this.#count(order, account, earning, before - (taken - loss), wanted - taken)
    this.#move(account, earning, gain, loss)
  }

  /* Its parts and the carry after them, with promotions and limits. */
  #earn(order, program, earning, basket, account) {
    const carry = account?.carry ?? 0
    if (this.#comesTooSoon(order, earning, account)) {
      const { parts } = earnedBy(earning.rules, basket, 0)
      cap(parts, 0)
      earning.blocked = true
      return { parts: parts.map((part) => ({ ...part, carries: false, capped: 0 })), carry }
    }
    const { parts, carry: after } = earnedBy(earning.rules, basket, carry, earning.parts)
    const base = pointsOf(parts)
    if (earning.promotion === undefined)
      earning.promotion = promotedBy(this.#running(order, program, account), basket, base) ?? null
    if (earning.promotion) {
      const { total, refunded } = basket
      const { points } = promotedBy([earning.promotion.promotion], basket, base) ?? { points: 0 }
      parts.push({ promotion: true, basis: total, refunded, points, capped: 0 })
    }
    cap(parts, this.#roomFor(order, earning, account))
    return { parts, carry: after }
  }

  #comesTooSoon(order, earning, account) {
    if (earning.parts.length > 0) return Boolean(earning.blocked)
    if (!account) return false
    const { cooldownMinutes = 0, earningsPerDay = 0 } = earning.limits
    if (earningsPerDay > 0 && account.countOf(dayOf(order.closed)).times >= earningsPerDay)
      return true
    if (cooldownMinutes === 0 || account.last === undefined) return false
    return Math.abs(order.closed - account.last) < cooldownMinutes * MINUTE_MS
  }

  /* What limits leave for this order, beside what it has earned already. */
  #roomFor(order, earning, account) {
    const { limits } = earning
    const { day, month } = wallOf(order.closed)
    const own = pointsOf(earning.parts) - earning.taken
    const left = (most, period) =>
      most > 0 ? most - (account?.countOf(period).points ?? 0) + own : Infinity
    return Math.min(
      limits.perPurchase || Infinity,
      left(limits.perDay, day),
      left(limits.perMonth, month),
    )
  }

  #running(order, program, account) {
    const wall = wallOf(order.closed)
    return program.promotions.filter((one) => {
      if (one.canceled !== undefined && one.canceled <= order.closed) return false
      if (wall.day < one.startOn || (one.endOn && wall.day > one.endOn)) return false
      const runs = one.times.some(
        ({ days, from, minutes }) =>
          days.includes(wall.weekday) && wall.minute >= from && wall.minute < from + minutes,
      )
      if (!runs || !one.limitTimes) return runs
      const used = account ? this.#usesOf(account, one, wall.day) : 0
      return used < one.limitTimes
    })
  }

  #usesOf(account, promotion, day) {
    return this.orders.filter(({ customer, earnings, closed }) => {
      if (customer !== account.customer) return false
      const used = earnings.get(account.program)?.promotion?.promotion === promotion
      return used && (!promotion.limitPerDay || dayOf(closed) === day)
    }).length
  }

  /* Only a program that has limits counts; what was wholly taken back was no earning. */
  #count(order, account, { limits }, had, has) {
    if (!Object.values(limits).some((most) => most > 0)) return
    const { day, month } = wallOf(order.closed)
    for (const period of [day, month]) {
      const count = account.countOf(period)
      count.points += has - had
      count.times += Number(has > 0) - Number(had > 0)
    }
    if (has > 0 && had === 0) account.last = Math.max(account.last ?? 0, order.closed)
  }

  /* Moves what an order gives more and what it takes back: of what is pending while it is. */
  #move(account, earning, gain, loss) {
    const { program } = account
    const net = gain - loss
    if (net === 0) return
    if (earning.ripe === undefined && net > 0 && earning.lot === undefined && program.ripenDays > 0)
      earning.ripe = this.now + program.ripenDays * DAY_MS
    if (earning.ripe !== undefined && !earning.isRipe) {
      earning.pending += net
      if (gain > 0) account.lifetime += net
      return
    }
    if (net > 0) {
      /* What is only given back was earned before. */
      if (gain > 0) account.lifetime += net
      if (gain > 0) account.flows.issued += net
      else account.flows.returned -= net
      const lot = account.give(net, this.newLot(program))
      earning.lot = lot ?? earning.lot
      return
    }
    const { missing } = account.take(-net, earning.lot)
    const moved = program.onRefund === 'owed' ? -net : -net - missing
    if (program.onRefund === 'owed') account.owed += missing
    account.flows.returned += moved
  }

  #ripen(order, program, earning) {
    const account = this.accountOf(order.customer, program)
    earning.isRipe = true
    if (earning.pending <= 0) return
    account.flows.issued += earning.pending
    earning.lot = account.give(earning.pending, this.newLot(program))
    earning.pending = 0
  }

  /* ---- time ---- */
  pass(now) {
    this.now = now
    for (const order of this.orders)
      for (const [program, earning] of order.earnings)
        if (earning.ripe <= now && !earning.isRipe) this.#ripen(order, program, earning)
    for (const account of this.accounts) account.expire(now)
    for (const reward of this.rewards)
      if (reward.status === 'ISSUED' && reward.expires <= now) {
        reward.status = 'DELETED'
        reward.expired = true
      }
    for (const note of this.notes) if (note.expires <= now) note.ended = true
  }

  pendingOf(account) {
    return this.orders
      .filter(({ customer }) => customer === account.customer)
      .map(({ earnings }) => earnings.get(account.program))
      .filter((earning) => earning?.pending > 0)
  }

  /* What can be seen of an account from outside. */
  viewOf(account) {
    const deadlines = {}
    for (const { points, expires } of account.lots) {
      if (expires === null) continue
      const at = new Date(expires).toISOString()
      deadlines[at] = (deadlines[at] ?? 0) + points
    }
    const pending = {}
    for (const { pending: points, ripe } of this.pendingOf(account)) {
      const at = new Date(ripe).toISOString()
      pending[at] = (pending[at] ?? 0) + points
    }
    return { balance: account.balance, lifetime: account.lifetime, deadlines, pending }
  }
}
