// What a purchase would earn by what is being typed, to show while it is typed. Of a programme that
// exists, the server says it: `calculate`.
import { currencyDigits, parseAmount } from '../numbers'
import { rulesOf, ruleProblems } from './typedRule'
import type { TypedTerms } from './typedProgram'
import { unitsOf, type TypedTier, type Writing } from './typedTier'

/** 18,40 €, or as much in another currency. */
export function exampleMinor(currency: string): number {
  return Math.round(18.4 * 10 ** currencyDigits(currency))
}

/** How many articles the example has where articles count. */
export const EXAMPLE_ARTICLES = 2

/** What the example earns; undefined while what is typed is not whole. Articles that count are any two;
    of a purchase, nobody knows what counts before some are chosen. */
export function exampleUnits(typed: TypedTerms, writing: Writing): number | undefined {
  const isWrong = (field: string): boolean => field !== 'chosen' || typed.kind !== 'ITEMS'
  if (ruleProblems(typed, writing).some(isWrong)) return undefined
  const minor = exampleMinor(writing.currency)
  const minimum = parseAmount(typed.minimum, writing.currency, writing.locale) ?? 0
  if (minor < minimum) return 0
  const rule = rulesOf({ ...typed, scope: 'all', category_ids: ['any'] }, writing)[0]
  if (!rule) return undefined
  if (!rule.spend_data) return rule.points * (typed.kind === 'ITEMS' ? EXAMPLE_ARTICLES : 1)
  const units = Math.floor(minor / rule.spend_data.amount_money.amount) * rule.points
  const cap = unitsOf(typed.capPurchase, typed.type, writing)
  return cap ? Math.min(units, cap) : units
}

export interface Way {
  readonly kind: 'spend' | 'visits' | 'articles'
  /** Minor units, visits or articles until the reward. */
  readonly count: number
}

/** How far it is to a reward; undefined while what is typed is not whole. */
export function wayTo(tier: TypedTier, typed: TypedTerms, writing: Writing): Way | undefined {
  const goal = unitsOf(tier.points, typed.type, writing)
  if (!goal || ruleProblems(typed, writing).some((field) => field !== 'chosen')) return undefined
  const rule = rulesOf({ ...typed, scope: 'all', category_ids: ['any'] }, writing)[0]
  if (!rule) return undefined
  const times = Math.ceil(goal / rule.points)
  if (rule.spend_data) return { kind: 'spend', count: times * rule.spend_data.amount_money.amount }
  return { kind: typed.kind === 'ITEMS' ? 'articles' : 'visits', count: times }
}
