/*
 * told — what the model has, as the API wants to be told it.
 */
export const euros = (amount) => ({ amount, currency: 'EUR' })
const isoOf = (ms) => new Date(ms).toISOString()
const listed = (scope, what, goods) =>
  scope.filter((one) => one[what] !== undefined).map((one) => goods(one))

/* { category } and { variation } ids of a scope that counts them from 0. */
export const scopeIn = (goods, scope = []) =>
  scope.map(({ article, category }) =>
    article === undefined
      ? { category: goods.categories[category] }
      : { variation: goods.articles[article].variation },
  )

function scopeFields(scope, excludes) {
  if (!scope?.length) return {}
  const prefix = excludes ? 'excluded_' : ''
  const categories = listed(scope, 'category', ({ category }) => category)
  const variations = listed(scope, 'variation', ({ variation }) => variation)
  return {
    ...(categories.length ? { [`${prefix}category_ids`]: categories } : {}),
    ...(variations.length ? { [`${prefix}item_variation_ids`]: variations } : {}),
  }
}

function asRule({ kind, points, amount, beforeTax, scope, excludes }) {
  const tax_mode = beforeTax ? 'BEFORE_TAX' : 'AFTER_TAX'
  const within = scopeFields(scope, excludes)
  const rule = { accrual_type: kind, points }
  if (kind === 'VISIT') {
    const minimum = amount > 0 ? { minimum_amount_money: euros(amount) } : {}
    return { ...rule, visit_data: { ...minimum, tax_mode, ...within } }
  }
  if (kind === 'SPEND')
    return { ...rule, spend_data: { amount_money: euros(amount), tax_mode, ...within } }
  if (kind === 'CATEGORY') return { ...rule, category_data: { category_id: scope[0].category } }
  return { ...rule, item_variation_data: { item_variation_id: scope[0].variation } }
}

export const asProgram = (program) => ({
  accrual_rules: program.rules.map(asRule),
  minimum_amount_money: euros(program.minimum),
  expiration_days: program.expiryDays,
  ripen_days: program.ripenDays,
  on_refund: program.onRefund,
  limits: {
    points_per_purchase: program.limits.perPurchase ?? 0,
    points_per_day: program.limits.perDay ?? 0,
    points_per_month: program.limits.perMonth ?? 0,
    earnings_per_day: program.limits.earningsPerDay ?? 0,
    cooldown_minutes: program.limits.cooldownMinutes ?? 0,
  },
})

export const asTier = ({ points, kind = 'other', amount, validDays, stock, perCustomer }) => ({
  name: `Palier ${points}`,
  points,
  kind,
  ...(amount === undefined ? {} : { amount_money: euros(amount) }),
  ...(validDays ? { valid_days: validDays } : {}),
  ...(stock === undefined ? {} : { stock }),
  ...(perCustomer ? { per_customer: perCustomer } : {}),
})

const twoDigits = (n) => String(n).padStart(2, '0')
const asDay = (day) => day.replaceAll('-', '')
const asPeriod = ({ days, from, minutes }, { startOn, endOn }) =>
  [
    'BEGIN:VEVENT',
    `DTSTART:${asDay(startOn)}T${twoDigits(Math.floor(from / 60))}${twoDigits(from % 60)}00`,
    `DURATION:PT${minutes}M`,
    `RRULE:FREQ=WEEKLY;UNTIL=${asDay(endOn)}T235959;BYDAY=${days.join(',')}`,
    'END:VEVENT',
  ].join('\n')

export function asPromotion(one) {
  const incentive = one.multiplier
    ? {
        type: 'POINTS_MULTIPLIER',
        points_multiplier_data: { multiplier: (one.multiplier / 1000).toFixed(1) },
      }
    : { type: 'POINTS_ADDITION', points_addition_data: { points_addition: one.addition } }
  const limit = one.limitTimes
    ? { trigger_limit: { times: one.limitTimes, interval: one.limitPerDay ? 'DAY' : 'ALL_TIME' } }
    : {}
  const categories = one.scope.map(({ category }) => category)
  return {
    name: 'Promotion',
    incentive,
    available_time: {
      time_periods: one.times.map((time) => asPeriod(time, one)),
    },
    ...limit,
    ...(one.minimum ? { minimum_spend_amount_money: euros(one.minimum) } : {}),
    ...(categories.length ? { qualifying_category_ids: categories } : {}),
  }
}

/* ---- what the POS tells ---- */
export function asSale(order, register, now) {
  return {
    event: 'closed',
    sale_id: order.saleId,
    closed_at: isoOf(order.closed ?? now),
    register,
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
}

export const asRefund = (order, { id, amount, lines }, now) => ({
  event: 'refunded',
  sale_id: id,
  refund_of: order.saleId,
  closed_at: isoOf(now),
  refund: { id, amount, ...(lines ? { lines } : {}) },
})

export const asTillSale = (lines, customer_id) => ({
  customer_id,
  lines: lines.map(({ name, units, total, variation }) => ({
    name,
    quantity: String(units),
    total_money: euros(total),
    ...(variation ? { variation_id: variation } : {}),
  })),
})
