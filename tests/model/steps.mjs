/*
 * steps — a random life of a shop, as plain things to do: of a seed, always the same. They name
 * customers, orders and rewards by any number, which whoever plays them takes modulo what there is,
 * so that steps can be left out.
 */

const ANY = 1 << 20
const MINUTE_MS = 60000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
export const WEEK_MS = 7 * DAY_MS
export const ARTICLES = 4
const CATEGORIES = 2
const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

const LIFE = {
  buy: 26,
  split: 5,
  claim: 16,
  refund: 14,
  early: 2,
  cancel: 3,
  give: 3,
  adjust: 4,
  take: 12,
  use: 6,
  putBack: 4,
  giveUp: 5,
  spend: 3,
  note: 2,
  endNote: 1,
  rules: 4,
  pause: 2,
  promote: 3,
  cancelPromotion: 1,
  wait: 10,
  repeat: 6,
  crash: 1,
}

/* ---- what a program can be ---- */
function scopeOf(random) {
  if (random.chance(65)) return []
  if (random.chance(50)) return [{ category: random.below(CATEGORIES) }]
  return [{ article: random.below(ARTICLES) }, { category: random.below(CATEGORIES) }].slice(
    0,
    random.between(1, 2),
  )
}

const RULES = {
  VISIT: (random) => ({
    points: random.between(1, 9),
    amount: random.pick([0, 100, 500, 1200]),
    scope: scopeOf(random),
  }),
  SPEND: (random) => {
    const scope = scopeOf(random)
    return {
      points: random.pick([1, 1, 1, 2, 3, 7]),
      amount: random.pick([1, 20, 99, 100, 100, 250, 1000]),
      scope,
      excludes: scope.length > 0 && random.chance(50),
      beforeTax: scope.length === 0 && random.chance(20),
    }
  },
  ITEM_VARIATION: (random) => ({
    points: random.between(1, 5),
    scope: [{ article: random.below(ARTICLES) }],
  }),
  CATEGORY: (random) => ({
    points: random.between(1, 5),
    scope: [{ category: random.below(CATEGORIES) }],
  }),
}

function rulesOf(random) {
  return Array.from({ length: random.pick([1, 1, 2, 3]) }, () => {
    const kind = random.pickName({ SPEND: 6, VISIT: 3, ITEM_VARIATION: 1, CATEGORY: 1 })
    return { kind, ...RULES[kind](random) }
  })
}

const limitsOf = (random) => {
  if (random.chance(60)) return {}
  return {
    perPurchase: random.pick([0, 0, 3, 25]),
    perDay: random.pick([0, 0, 5, 40]),
    perMonth: random.pick([0, 0, 60]),
    earningsPerDay: random.pick([0, 0, 2]),
    cooldownMinutes: random.pick([0, 0, 30, 600]),
  }
}

const programOf = (random) => ({
  rules: rulesOf(random),
  minimum: random.pick([0, 0, 100, 700]),
  expiryDays: random.pick([0, 1, 20, 90]),
  ripenDays: random.pick([0, 0, 0, 2, 14]),
  onRefund: random.pick(['owed', 'owed', 'to_zero']),
  limits: limitsOf(random),
})

const cashbackOf = (random) => ({
  type: 'cashback',
  rules: [{ kind: 'SPEND', points: random.pick([1, 2, 5]), amount: 100, scope: [] }],
  minimum: 0,
  expiryDays: random.pick([0, 30]),
  ripenDays: random.pick([0, 0, 3]),
  onRefund: 'owed',
  limits: {},
})

/* The programs that a shop begins with; the first is its main one. */
export const programsOf = (random) => [
  { type: 'points', ...programOf(random) },
  ...(random.chance(50) ? [{ type: 'stamps', ...programOf(random) }] : []),
  ...(random.chance(50) ? [cashbackOf(random)] : []),
]

const promotionOf = (random) => ({
  program: random.below(ANY),
  ...(random.chance(50)
    ? { multiplier: random.pick([1500, 2000, 3000, 10000]) }
    : { addition: random.pick([1, 5, 30]) }),
  days: random.pick([1, 1, 9, 40]),
  minimum: random.pick([0, 0, 300, 1000]),
  limitTimes: random.pick([0, 0, 1, 2]),
  limitPerDay: random.chance(50),
  scope: random.chance(70) ? [] : [{ category: random.below(CATEGORIES) }],
  times: [
    {
      days: random.chance(60) ? WEEK : random.shuffled(WEEK).slice(0, 3),
      from: random.pick([0, 0, 8 * 60, 16 * 60]),
      minutes: random.pick([24 * 60, 6 * 60]),
    },
  ].map((one) => ({ ...one, minutes: Math.min(one.minutes, 24 * 60 - one.from) })),
})

/* ---- what can be done ---- */
export const MAKE = {
  buy: (random) => ({
    who: random.below(ANY),
    way: random.pick(['feed', 'feed', 'till']),
    lines: Array.from({ length: random.between(1, 4) }, () => ({
      article: random.below(ARTICLES + 1),
      price: random.pick([1, 99, 100, 101, 250, 333, 1000, 4999]),
      units: random.pick([1, 1, 1, 2, 3]),
      tax: random.pick([0, 0, 55, 200]),
    })),
    times: random.pick([1, 1, 2, 3]),
  }),
  split: (random) => ({ amounts: [random.between(1, 2000), random.between(1, 900)] }),
  claim: (random) => ({ order: random.below(ANY), who: random.below(ANY) }),
  refund: (random) => ({
    order: random.below(ANY),
    share: random.pick([1, 10, 33, 50, 90, 100, 130]),
    line: random.chance(40) ? random.below(ANY) : undefined,
    times: random.pick([1, 1, 2]),
  }),
  early: (random) => ({ price: random.between(1, 3000), share: random.pick([10, 50, 100]) }),
  cancel: (random) => ({ order: random.below(ANY) }),
  killed: (random) => ({ ...MAKE.buy(random), way: 'feed' }),
  give: (random) => ({ who: random.below(ANY), points: random.between(1, 60) }),
  adjust: (random) => ({
    who: random.below(ANY),
    points: random.pick([-60, -20, -5, -1, 1, 5, 30]),
    mayOwe: random.chance(40),
  }),
  take: (random) => ({ who: random.below(ANY), tier: random.below(ANY) }),
  use: (random) => ({ reward: random.below(ANY) }),
  putBack: (random) => ({ reward: random.below(ANY) }),
  giveUp: (random) => ({ reward: random.below(ANY) }),
  spend: (random) => ({ who: random.below(ANY), amount: random.between(1, 300) }),
  note: (random) => ({
    who: random.below(ANY),
    amount: random.between(1, 5000),
    days: random.pick([0, 0, 3]),
  }),
  endNote: (random) => ({ note: random.below(ANY) }),
  rules: (random) => ({ program: random.below(ANY), ...programOf(random) }),
  pause: (random) => ({ program: random.below(ANY) }),
  promote: promotionOf,
  cancelPromotion: (random) => ({ promotion: random.below(ANY) }),
  wait: (random) => ({
    ms: random.pick([
      7 * MINUTE_MS,
      5 * HOUR_MS,
      11 * HOUR_MS,
      DAY_MS + HOUR_MS,
      8 * DAY_MS,
      30 * DAY_MS,
    ]),
  }),
  repeat: (random) => ({ request: random.below(ANY) }),
  crash: () => ({}),
}

/* A life of so many steps. */
export function lifeOf(random, count) {
  return Array.from({ length: count }, () => {
    const does = random.pickName(LIFE)
    return { does, ...MAKE[does](random) }
  })
}
