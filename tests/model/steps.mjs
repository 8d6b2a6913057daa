/*
 * steps — a random life of a shop, as plain things to do: of a seed, always the same. They name
 * customers, orders and rewards by any number, which whoever plays them takes modulo what there is,
 * so that steps can be left out.
 */

const ANY = 1 << 20
const MINUTE_MS = 60000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const LIFE = {
  buy: 24,
  split: 5,
  claim: 16,
  refund: 14,
  early: 2,
  cancel: 3,
  give: 3,
  adjust: 4,
  take: 12,
  use: 6,
  putBack: 3,
  giveUp: 5,
  rules: 4,
  pause: 2,
  wait: 8,
  repeat: 6,
  crash: 1,
}

function ruleOf(random) {
  if (random.chance(30))
    return { kind: 'VISIT', points: random.between(1, 9), amount: random.pick([0, 100, 500, 1200]) }
  return {
    kind: 'SPEND',
    points: random.pick([1, 1, 1, 2, 3, 7]),
    amount: random.pick([1, 20, 99, 100, 100, 250, 1000]),
    beforeTax: random.chance(20),
  }
}

export function rulesOf(random) {
  return Array.from({ length: random.pick([1, 1, 2, 3]) }, () => ruleOf(random))
}

export const programOf = (random) => ({
  rules: rulesOf(random),
  minimum: random.pick([0, 0, 100, 700]),
  expiryDays: random.pick([0, 1, 20, 90]),
})

const MAKE = {
  buy: (random) => ({
    who: random.below(ANY),
    way: random.pick(['feed', 'feed', 'till']),
    lines: Array.from({ length: random.between(1, 4) }, () => ({
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
    times: random.pick([1, 1, 2]),
  }),
  early: (random) => ({ price: random.between(1, 3000), share: random.pick([10, 50, 100]) }),
  cancel: (random) => ({ order: random.below(ANY) }),
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
  rules: (random) => programOf(random),
  pause: () => ({}),
  wait: (random) => ({
    ms: random.pick([7 * MINUTE_MS, 5 * HOUR_MS, DAY_MS + HOUR_MS, 8 * DAY_MS, 30 * DAY_MS]),
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
