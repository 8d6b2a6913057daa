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

/* The lines that a rule counts; undefined: the whole order, whatever its lines say. */
function linesOf(rule, basket) {
  if (!rule.scope?.length) return undefined
  return basket.lines.filter((line) => isIn(line, rule.scope) !== Boolean(rule.excludes))
}

/* What refunds gave back of these lines: what they named, and of all the rest in proportion. */
function refundedOf(lines, basket) {
  const named = sum(basket.lines, ({ refunded }) => refunded)
  const own = sum(lines, ({ refunded }) => refunded)
  const left = sum(lines, ({ total }) => total) - own
  return own + share(left, Math.max(0, basket.refunded - named), basket.total - named)
}

/* What a rule counts of a basket, and what of that was given back: money, or articles. */
function counted(rule, basket) {
  const lines = linesOf(rule, basket)
  if (isOfArticles(rule)) {
    const refunded = sum(lines, (line) => share(line.units, refundedOf([line], basket), line.total))
    return { basis: sum(lines, ({ units }) => units), refunded }
  }
  const whole = lines ? sum(lines, ({ total }) => total) : basket.total
  const tax = rule.beforeTax ? (lines ? sum(lines, (line) => line.tax) : basket.tax) : 0
  const given = lines ? refundedOf(lines, basket) : basket.refunded
  return { basis: whole - tax, refunded: share(whole - tax, given, whole) }
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
