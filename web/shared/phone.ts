// A phone number for the eye, grouped as people of its country write it. Light on purpose: every app
// carries it. Whether it is a number at all, and whose, is the server's to say.

export const DIGITS_MAX = 15

interface Plan {
  readonly calling: string
  /** What stands before a number inside the country; empty where nothing does. */
  readonly trunk: string
  /** Sizes of the groups, the trunk prefix included, by how the number begins. */
  readonly home: readonly (readonly [start: RegExp, groups: readonly number[]])[]
}

const PAIRS = [2, 2, 2, 2, 2]
const PLANS: Readonly<Record<string, Plan>> = {
  FR: { calling: '33', trunk: '0', home: [[/^/, PAIRS]] },
  BE: {
    calling: '32',
    trunk: '0',
    home: [
      [/^04[5-9]/, [4, 2, 2, 2]],
      [/^0[2349]/, [2, 3, 2, 2]],
      [/^/, [3, 2, 2, 2]],
    ],
  },
  CH: { calling: '41', trunk: '0', home: [[/^/, [3, 3, 2, 2]]] },
  LU: { calling: '352', trunk: '', home: [[/^/, [3, 3, 3]]] },
  MC: { calling: '377', trunk: '', home: [[/^/, [2, 2, 2, 2]]] },
  ES: { calling: '34', trunk: '', home: [[/^/, [3, 2, 2, 2]]] },
  PT: { calling: '351', trunk: '', home: [[/^/, [3, 3, 3]]] },
  IT: { calling: '39', trunk: '', home: [[/^/, [3, 3, 4]]] },
  NL: {
    calling: '31',
    trunk: '0',
    home: [
      [/^06/, [2, 8]],
      [/^/, [3, 3, 4]],
    ],
  },
  DE: {
    calling: '49',
    trunk: '0',
    home: [
      [/^01/, [5, 7]],
      [/^/, [4, 7]],
    ],
  },
  GB: {
    calling: '44',
    trunk: '0',
    home: [
      [/^02/, [3, 4, 4]],
      [/^/, [5, 6]],
    ],
  },
  IE: { calling: '353', trunk: '0', home: [[/^/, [3, 3, 4]]] },
  CA: { calling: '1', trunk: '', home: [[/^/, [3, 3, 4]]] },
  US: { calling: '1', trunk: '', home: [[/^/, [3, 3, 4]]] },
  MA: { calling: '212', trunk: '0', home: [[/^/, [4, 6]]] },
}
/** Calling codes of one and of two digits; all the others have three. */
const SHORT_CALLING = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

/** Only what a number is made of: digits, and one plus in front. */
export function phoneKeys(text: string): string {
  const plus = /^\D*\+/.test(text) ? '+' : ''
  return plus + text.replace(/\D/g, '').slice(0, DIGITS_MAX)
}

function grouped(digits: string, sizes: readonly number[]): string {
  const parts: string[] = []
  let at = 0
  for (const size of sizes) {
    if (at >= digits.length) break
    parts.push(digits.slice(at, at + size))
    at += size
  }
  const rest = digits.slice(at)
  // What is longer than a number of the country hangs on behind, so that it is seen.
  return [...parts, ...(rest ? [rest] : [])].join(' ')
}

const isNorthAmerican = (plan: Plan): boolean => plan.calling === '1'

function groupsOf(plan: Plan, digits: string): readonly number[] {
  return plan.home.find(([start]) => start.test(digits))?.[1] ?? []
}

/** `(514) 555-0199`, as far as it is typed. */
function american(digits: string): string {
  const [area, exchange, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)]
  if (exchange === '') return area
  return `(${area}) ${exchange}${line ? `-${line}` : ''}`
}

function international(digits: string): string {
  const short = SHORT_CALLING.exec(digits)?.[0]
  const calling = short ?? digits.slice(0, 3)
  const rest = digits.slice(calling.length)
  const plan = Object.values(PLANS).find((one) => one.calling === calling)
  if (rest === '') return `+${calling}`
  if (!plan) return `+${calling} ${grouped(rest, [3, 3, 3, 3])}`
  const [first = 0, ...others] = groupsOf(plan, plan.trunk + rest)
  const firstGroup = first - plan.trunk.length
  return `+${calling} ${grouped(rest, firstGroup > 0 ? [firstGroup, ...others] : others)}`
}

/** The same keys, spaced for the eye. */
export function formatTyped(text: string, country: string): string {
  const keys = phoneKeys(text)
  if (keys.startsWith('+')) return keys.length > 1 ? international(keys.slice(1)) : keys
  const plan = PLANS[country]
  if (!plan) return keys
  return isNorthAmerican(plan) && keys.length <= 10
    ? american(keys)
    : grouped(keys, groupsOf(plan, keys))
}

/** A number as the server keeps it (`+33612345678`): of the shop's own country as people there write it. */
export function phone(e164: string, country: string): string {
  const plan = PLANS[country]
  const keys = phoneKeys(e164)
  const home = plan && `+${plan.calling}`
  if (!plan || !home || !keys.startsWith(home)) return formatTyped(keys, country)
  return formatTyped(plan.trunk + keys.slice(home.length), country)
}

/** Where the caret belongs once the text is spaced: behind as many keys as before. */
export function caretAfter(formatted: string, keysBefore: number): number {
  let seen = 0
  for (let i = 0; i < formatted.length; i += 1) {
    if (seen === keysBefore) return i
    if (/[\d+]/.test(formatted[i] ?? '')) seen += 1
  }
  return formatted.length
}
