/*
 * loyalty — an independent model of the loyalty rules, in another language than the server's, written
 * from the contract, the glossary and docs/decisions, never from the server's sources.
 *
 * It is slow and plain: what an order earned is computed, remembered, and compared with what it
 * should be whenever the order changes. Every method gives { refused: CODE } or what came of it.
 * Amounts and points are whole numbers; times are milliseconds.
 */
import { earnedBy } from './accrual.mjs'

const DAY_MS = 86400000
const CLAIM_KEEP_MS = DAY_MS
const refused = (code) => ({ refused: code })
const sum = (list, of) => list.reduce((total, one) => total + of(one), 0)

/* A customer's account in one program. */
class Account {
  lots = []
  owed = 0
  carry = 0
  lifetime = 0

  constructor(customer, program) {
    Object.assign(this, { customer, program })
  }

  get spendable() {
    return sum(this.lots, ({ points }) => points)
  }

  get balance() {
    return this.spendable - this.owed
  }

  /* First those that expire first; without end last; of the same end the older. */
  #inOrder(first) {
    const end = (lot) => (lot === first ? -1 : (lot.expires ?? Infinity))
    return [...this.lots].sort((a, b) => (end(a) === end(b) ? a.id - b.id : end(a) - end(b)))
  }

  /* What is owed is repaid first; the rest is a lot. Gives the lot, if there is one. */
  give(points, lot) {
    const repaid = Math.min(this.owed, points)
    this.owed -= repaid
    if (points === repaid) return undefined
    const made = { ...lot, points: points - repaid }
    this.lots.push(made)
    return made
  }

  /* Takes points out of lots; gives from which, and how many were not there. */
  take(points, first) {
    const from = []
    let missing = points
    for (const lot of this.#inOrder(first)) {
      const taken = Math.min(lot.points, missing)
      if (taken === 0) continue
      lot.points -= taken
      missing -= taken
      from.push({ lot, points: taken })
    }
    this.#sweep()
    return { from, missing }
  }

  /* The exact reverse of taking. */
  restore(from) {
    for (const { lot, points } of from) {
      if (!this.lots.includes(lot)) this.lots.push(lot)
      lot.points += points
    }
  }

  /* What is past its end is nothing; gives how much that was. */
  expire(now) {
    let expired = 0
    for (const lot of this.lots) {
      if (lot.expires === null || lot.expires > now) continue
      expired += lot.points
      lot.points = 0
    }
    this.#sweep()
    return expired
  }

  #sweep() {
    this.lots = this.lots.filter(({ points }) => points > 0)
  }
}

export class Loyalty {
  programs = []
  accounts = []
  orders = []
  rewards = []
  now = 0
  #lots = 0

  /* ---- programs ---- */
  /* { rules, minimum, expiryDays, onRefund, tiers: [{ points }] } */
  addProgram(told) {
    const program = {
      active: true,
      minimum: 0,
      expiryDays: 0,
      onRefund: 'owed',
      tiers: [],
      ...told,
    }
    this.programs.push(program)
    return program
  }

  /* What was earned keeps the rules it was earned by. */
  change(program, told) {
    Object.assign(program, told)
    return {}
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

  #newLot(program) {
    const expires = program.expiryDays > 0 ? this.now + program.expiryDays * DAY_MS : null
    return { id: ++this.#lots, expires }
  }

  #give(account, points) {
    account.lifetime += points
    return account.give(points, this.#newLot(account.program))
  }

  accumulate(account, points) {
    if (!account.program.active) return refused('PROGRAM_INACTIVE')
    this.#give(account, points)
    return { points }
  }

  adjust(account, points, mayOwe) {
    if (points > 0) {
      account.give(points, this.#newLot(account.program))
      return { points }
    }
    if (!mayOwe && account.balance < -points) return refused('POINTS_SHORT')
    const { missing } = account.take(-points)
    account.owed += missing
    return { points }
  }

  /* ---- orders ---- */
  /* { payments: [{ amount }], tax, lines }; an order that was told is there from then on. */
  tellOrder(told) {
    const until = this.now + CLAIM_KEEP_MS
    const order = { refunds: [], canceled: false, earnings: [], until, ...told }
    this.orders.push(order)
    this.#follow(order)
    return order
  }

  #totalOf(order) {
    return sum(order.payments, ({ amount }) => amount)
  }

  #refundedOf(order) {
    if (order.canceled) return this.#totalOf(order)
    return Math.min(
      this.#totalOf(order),
      sum(order.refunds, ({ amount }) => amount),
    )
  }

  pay(order, payment) {
    order.payments.push(payment)
    return this.#follow(order)
  }

  /* { amount }, and of which lines where it is told. */
  refund(order, refund) {
    order.refunds.push(refund)
    return this.#follow(order)
  }

  cancel(order) {
    order.canceled = true
    return this.#follow(order)
  }

  #follow(order) {
    if (order.account) this.#settle(order, order.account)
    /* Whether it waits for somebody is decided when the POS tells of it, not when rules change. */
    else order.waits = this.#worthOf(order, this.programs[0]) > 0
    return {}
  }

  /* Gives an order's points to an account, once. */
  claim(order, account) {
    if (order.account) return refused('ORDER_ALREADY_CLAIMED')
    if (!order.waits || order.until <= this.now) return refused('NOT_WAITING')
    if (this.#worthOf(order, account.program, account.carry) === 0) return refused('NOT_WAITING')
    order.account = account
    this.#settle(order, account)
    return {}
  }

  /* Sold for a customer whom the till knows: credited at once. */
  credit(order, account) {
    order.account = account
    this.#settle(order, account)
  }

  #worthOf(order, program, carry = 0) {
    const total = this.#totalOf(order)
    if (!program.active || total < program.minimum) return 0
    if (this.#refundedOf(order) === total) return 0
    const { parts } = earnedBy(program.rules, this.#asPurchase(order), carry)
    return sum(parts, ({ points }) => points)
  }

  #asPurchase(order) {
    return { total: this.#totalOf(order), tax: order.tax, lines: order.lines }
  }

  /* Makes what an order gave an account what it should be now. */
  #settle(order, account) {
    const { program } = account
    let earning = order.earnings.find((one) => one.account === account)
    if (!earning) {
      if (!program.active) return
      earning = {
        account,
        rules: program.rules,
        minimum: program.minimum,
        basis: 0,
        parts: [],
        taken: 0,
        carryTaken: 0,
      }
      order.earnings.push(earning)
    }
    const gain = this.#grow(order, account, earning)
    const loss = this.#shrink(order, account, earning)
    const net = gain - loss
    if (net > 0) {
      /* What is only given back was earned before. */
      if (gain > 0) account.lifetime += net
      const lot = account.give(net, this.#newLot(program))
      earning.lot = lot ?? earning.lot
    } else if (net < 0) {
      const { missing } = account.take(-net, earning.lot)
      if (program.onRefund === 'owed') account.owed += missing
    }
  }

  /* What it earns more than it did, by the rules of its first time. */
  #grow(order, account, earning) {
    const total = this.#totalOf(order)
    if (total <= earning.basis || total < earning.minimum) return 0
    const { parts, carry } = earnedBy(
      earning.rules,
      this.#asPurchase(order),
      account.carry,
      earning.parts,
    )
    const before = sum(earning.parts, ({ points }) => points)
    earning.parts = parts
    earning.basis = total
    account.carry = carry
    return sum(parts, ({ points }) => points) - before
  }

  /* What of it is to be taken back since the last time. */
  #shrink(order, account, earning) {
    const refundedAmount = Math.min(this.#refundedOf(order), earning.basis)
    let want = 0
    for (const part of earning.parts) {
      const given = Math.floor((refundedAmount * part.basis) / earning.basis)
      const points = part.basis > 0 ? Math.floor((part.points * given) / part.basis) : 0
      want += points
      if (!part.carries) continue
      const carryTaken = given - Math.floor((points * part.rule.amount) / part.rule.points)
      account.carry -= carryTaken - earning.carryTaken
      earning.carryTaken = carryTaken
    }
    const more = want - earning.taken
    earning.taken = want
    return more
  }

  /* ---- rewards ---- */
  take(account, tier) {
    if (!account.program.active) return refused('PROGRAM_INACTIVE')
    if (account.balance < tier.points) return refused('POINTS_SHORT')
    const { from } = account.take(tier.points)
    const reward = { account, tier, points: tier.points, status: 'ISSUED', from }
    this.rewards.push(reward)
    return { reward }
  }

  use(reward) {
    if (reward.status === 'REDEEMED') return refused('REWARD_USED')
    if (reward.status === 'DELETED') return refused('REWARD_GIVEN_UP')
    reward.status = 'REDEEMED'
    return {}
  }

  putBack(reward) {
    if (reward.status === 'DELETED') return refused('REWARD_GIVEN_UP')
    if (reward.status !== 'REDEEMED') return refused('REWARD_NOT_USED')
    reward.status = 'ISSUED'
    return {}
  }

  giveUp(reward) {
    if (reward.status === 'REDEEMED') return refused('REWARD_USED')
    if (reward.status === 'DELETED') return {}
    reward.status = 'DELETED'
    reward.account.restore(reward.from)
    return { expires: reward.from.some(({ lot: { expires } }) => expires && expires <= this.now) }
  }

  /* ---- time ---- */
  pass(now) {
    this.now = now
    for (const account of this.accounts) account.expire(now)
  }

  /* What can be seen of an account from outside. */
  viewOf(account) {
    const deadlines = {}
    for (const { points, expires } of account.lots) {
      if (expires === null) continue
      const at = new Date(expires).toISOString()
      deadlines[at] = (deadlines[at] ?? 0) + points
    }
    return { balance: account.balance, lifetime: account.lifetime, deadlines }
  }
}
