/*
 * account — a customer's points in one program, as lots; see loyalty.mjs.
 */
const sum = (list, of) => list.reduce((total, one) => total + of(one), 0)

export class Account {
  lots = []
  owed = 0
  carry = 0
  lifetime = 0
  /* Of a day or a month: { points, times }; and when the last order that earned was closed. */
  counts = new Map()
  last = undefined
  /* What the liability of the program is made of. */
  flows = { issued: 0, redeemed: 0, expired: 0, returned: 0, adjusted: 0 }

  constructor(customer, program) {
    Object.assign(this, { customer, program })
  }

  get balance() {
    return sum(this.lots, ({ points }) => points) - this.owed
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

  /* What is past its end is nothing. */
  expire(now) {
    for (const lot of this.lots) {
      if (lot.expires === null || lot.expires > now) continue
      this.flows.expired += lot.points
      lot.points = 0
    }
    this.#sweep()
  }

  #sweep() {
    this.lots = this.lots.filter(({ points }) => points > 0)
  }

  countOf(period) {
    if (!this.counts.has(period)) this.counts.set(period, { points: 0, times: 0 })
    return this.counts.get(period)
  }
}
