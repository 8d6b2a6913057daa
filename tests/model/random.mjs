/*
 * random — draws that a seed repeats, and the search for a shorter sequence that still fails.
 */

/* mulberry32: Math.random cannot be given a seed. */
export class Random {
  #state

  constructor(seed) {
    this.#state = seed >>> 0
  }

  #next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /* A whole number below n. */
  below(n) {
    return Math.floor(this.#next() * n)
  }

  between(low, high) {
    return low + this.below(high - low + 1)
  }

  chance(percent) {
    return this.below(100) < percent
  }

  pick(list) {
    return list[this.below(list.length)]
  }

  /* By weight: { name: weight }. */
  pickName(weights) {
    let at = this.below(Object.values(weights).reduce((sum, weight) => sum + weight, 0))
    return Object.keys(weights).find((name) => (at -= weights[name]) < 0)
  }

  shuffled(list) {
    const mixed = [...list]
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      ;[mixed[i], mixed[j]] = [mixed[j], mixed[i]]
    }
    return mixed
  }
}

/*
 * Leaves out steps, larger pieces first, as long as `fails` still does, until the deadline. Gives
 * what is left.
 */
export async function shrink(steps, fails, deadline) {
  let left = steps
  for (let size = Math.ceil(left.length / 2); size >= 1;) {
    let removed = false
    for (let at = 0; at < left.length && Date.now() < deadline;) {
      const fewer = [...left.slice(0, at), ...left.slice(at + size)]
      if (fewer.length > 0 && (await fails(fewer))) {
        left = fewer
        removed = true
      } else {
        at += size
      }
    }
    if (Date.now() >= deadline) break
    if (size === 1 && !removed) break
    size = size === 1 ? 1 : Math.ceil(size / 2)
  }
  return left
}
