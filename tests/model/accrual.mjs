/*
 * accrual — what a purchase earns, written from the contract alone: rule by rule, and why not.
 *
 * An order: { total, tax, lines: [{ total, tax, units, variation, category }] }. A rule: { kind,
 * points, amount, beforeTax, scope: [{ variation } | { category }], excludes }.
 */

const isIn = (line, scope) =>
  scope.some(({ variation, category }) =>
    variation === undefined ? line.category === category : line.variation === variation,
  )

/* The lines that a rule counts; undefined: the whole order, whatever its lines say. */
function linesOf(rule, order) {
  if (!rule.scope?.length) return undefined
  return order.lines.filter((line) => isIn(line, rule.scope) !== Boolean(rule.excludes))
}

const sumOf = (lines, beforeTax) =>
  lines.reduce((sum, line) => sum + line.total - (beforeTax ? line.tax : 0), 0)

/* What a rule counts of an order: money, or articles. */
export function basisOf(rule, order) {
  const lines = linesOf(rule, order)
  if (rule.kind === 'ITEM' || rule.kind === 'CATEGORY')
    return (lines ?? order.lines).reduce((sum, line) => sum + line.units, 0)
  if (lines) return Math.max(0, sumOf(lines, rule.beforeTax))
  return order.total - (rule.beforeTax ? order.tax : 0)
}

/*
 * What the rules make of an order: { parts: [{ rule, basis, points }], carry }. Of several SPEND
 * rules the first one alone goes on from what was left of the purchases before, and leaves its own.
 * An order that grew, by a second payment, goes on from what its parts were before.
 */
export function earnedBy(rules, order, carry, before = []) {
  const first = rules.find(({ kind }) => kind === 'SPEND')
  let left = carry
  const parts = rules.map((rule, i) => {
    const basis = basisOf(rule, order)
    if (rule.kind === 'VISIT')
      return { rule, basis, points: basis > 0 && basis >= rule.amount ? rule.points : 0 }
    if (rule.kind !== 'SPEND') return { rule, basis, points: basis * rule.points }
    if (rule !== first) return { rule, basis, points: timesOf(rule, basis) * rule.points }
    const was = before[i] ?? { basis: 0, points: 0 }
    const times = timesOf(rule, carry + basis - was.basis)
    left = carry + basis - was.basis - times * rule.amount
    return { rule, basis, points: was.points + times * rule.points, carries: true }
  })
  return { parts, carry: left }
}

const timesOf = (rule, counted) => Math.max(0, Math.floor(counted / rule.amount))
