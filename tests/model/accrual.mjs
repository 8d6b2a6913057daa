/*
 * accrual — what a purchase earns, written from the contract alone: rule by rule, and why not.
 *
 * A basket: { total, tax, refunded, lines: [{ total, tax, refunded, units, variation, category }] };
 * what was refunded of a line is what refunds that named it gave back. A rule: { kind, points, amount,
 * beforeTax, scope: [{ variation } | { category }], excludes }. A part is what one rule, or a
 * promotion, made of it: { rule, basis, refunded, points, capped }.
 */

const sum = (list, of) => list.reduce((total, one) => total + of(one), 0)
const share = (whole, part, of) => (of === 0 ? 0 : Math.floor((whole * part) / of))

export const isIn = (line, scope) =>
  scope.some(({ variation, category }) =>
    variation === undefined ? line.category === category : line.variation === variation,
  )
const isOfArticles = ({ kind }) => kind === 'ITEM_VARIATION' || kind === 'CATEGORY'

const named = (lines) => sum(lines, ({ refunded }) => refunded)
const moneyOf = (lines) => sum(lines, ({ total }) => total)

/* What refunds gave back of a part: what they named, and of all the rest in proportion, rounded down. */
const givenOf = (part, basket) =>
  part.named +
  share(
    part.whole - part.named,
    Math.max(0, basket.refunded - named(basket.lines)),
    basket.total - named(basket.lines),
  )

/* How many articles came back: of each line as much as of its money, and whole ones of them all. */
function articlesGiven(lines, basket) {
  const left = BigInt(basket.total - named(basket.lines))
  const rest = BigInt(Math.max(0, basket.refunded - named(basket.lines)))
  let above = 0n
  let below = 1n
  for (const line of lines) {
    const [units, total, own] = [line.units, line.total, line.refunded].map(BigInt)
    if (total === 0n) continue
    const part = left > 0n ? units * (own * left + (total - own) * rest) : units * own
    const of = left > 0n ? total * left : total
    above = above * of + part * below
    below *= of
  }
  return Number(above / below)
}

/* What a rule counts of a basket, and what of that was given back: money, or articles. */
function counted(rule, basket) {
  const { scope = [], excludes } = rule
  const lines = basket.lines.filter((line) => isIn(line, scope))
  if (isOfArticles(rule)) {
    return { basis: sum(lines, ({ units }) => units), refunded: articlesGiven(lines, basket) }
  }
  const all = { whole: basket.total, tax: basket.tax, named: named(basket.lines) }
  const some = { whole: moneyOf(lines), tax: sum(lines, ({ tax }) => tax), named: named(lines) }
  /* All but those: what no line tells of counts, too. */
  const others = (what) => all[what] - some[what]
  const but = { whole: others('whole'), tax: others('tax'), named: others('named') }
  const part = scope.length === 0 ? all : excludes ? but : some
  const basis = part.whole - (rule.beforeTax ? part.tax : 0)
  return { basis, refunded: share(basis, givenOf(part, basket), part.whole) }
}

const timesOf = (rule, amount) => Math.max(0, Math.floor(amount / rule.amount))

/*
 * What the rules make of a basket: { parts, carry }. Of several SPEND rules the first one alone goes
 * on from what was left of the purchases before, and leaves its own. An order that grew, by a second
 * payment, goes on from what its parts were before.
 */
export function earnedBy(rules, basket, carry, before = []) {
  const first = rules.find(({ kind }) => kind === 'SPEND')
  let left = carry
  const parts = rules.map((rule, i) => {
    const part = { rule, ...counted(rule, basket), points: 0, capped: 0 }
    if (rule.kind === 'VISIT') {
      if (part.basis > 0 && part.basis >= rule.amount) part.points = rule.points
    } else if (isOfArticles(rule)) {
      part.points = part.basis * rule.points
    } else if (rule !== first) {
      part.points = timesOf(rule, part.basis) * rule.points
    } else {
      /* What was left of purchases before is no purchase by itself. */
      if (part.basis <= 0) return part
      const was = before[i] ?? { basis: 0, points: 0, capped: 0 }
      const more = carry + part.basis - was.basis
      const times = timesOf(rule, more)
      left = more - times * rule.amount
      part.points = was.points + was.capped + times * rule.points
      part.carries = true
    }
    return part
  })
  return { parts, carry: left }
}

/*
 * The promotion that gives most, of those that run; of equals the older. Only where the rules give
 * something. { promotion, points } or nothing.
 */
export function promotedBy(promotions, basket, base) {
  let best
  for (const promotion of base > 0 ? promotions : []) {
    const { multiplier, addition, minimum = 0, scope = [] } = promotion
    if (basket.total < minimum) continue
    if (scope.length > 0 && !basket.lines.some((line) => isIn(line, scope))) continue
    const points = multiplier ? Math.floor((base * (multiplier - 1000)) / 1000) : addition
    if (points > (best?.points ?? 0)) best = { promotion, points }
  }
  return best
}

/* No more points than there is room for: off the promotion first, then the last rule. */
export function cap(parts, room) {
  let over = sum(parts, ({ points }) => points) - Math.max(0, room)
  for (const part of [...parts].reverse()) {
    const off = Math.max(0, Math.min(over, part.points))
    part.points -= off
    part.capped += off
    over -= off
  }
}

/* What refunds take back of a part, and what of its money those points were not worth. */
export const takenOf = ({ points, refunded, basis }) => share(points, refunded, basis)
export function carryTakenOf(part) {
  const { rule, refunded, basis, points, capped } = part
  const taken = share(points + capped, refunded, basis)
  return refunded - Math.floor((taken * rule.amount) / rule.points)
}
