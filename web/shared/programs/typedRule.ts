// What earns, as it is typed: for each so much money, at each visit, or for each of some articles.
import { amountText, parseAmount, parsePercent, parseWhole } from '../numbers'
import type { AccrualRule, Choice, ProgramType } from './program'
import { percentTyped, type Chosen, type Writing } from './typedTier'

export type EarnKind = 'SPEND' | 'VISIT' | 'ITEMS'
export type ScopeKind = 'all' | 'chosen' | 'except'

export interface TypedRule extends Chosen {
  type: ProgramType
  kind: EarnKind
  points: string
  /** For each so much; of SPEND alone. */
  amount: string
  /** Of a cashback programme alone, instead of both. */
  percent: string
  scope: ScopeKind
  beforeTax: boolean
}
export type RuleField = 'points' | 'amount' | 'percent' | 'chosen'

const POINTS_MAX = 1_000_000
/** Hundredths of a percent in the whole. */
const WHOLE = 10_000

function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b)
}

/** 5 % is 1 for each 20: the smallest numbers give the most even steps. */
export function ratioOf(hundredths: number): { points: number; amount: number } {
  const divisor = divisorOf(hundredths, WHOLE) || 1
  return { points: hundredths / divisor, amount: WHOLE / divisor }
}

function hasChosen({ item_variation_ids, category_ids }: Chosen): boolean {
  return item_variation_ids.length + category_ids.length > 0
}

export function ruleProblems(
  typed: TypedRule,
  { currency, locale }: Writing,
): readonly RuleField[] {
  const wrong: RuleField[] = []
  const needsChoice = typed.kind === 'ITEMS' || typed.scope !== 'all'
  if (typed.type === 'cashback') {
    if (!parsePercent(typed.percent, locale)) wrong.push('percent')
  } else {
    const points = parseWhole(typed.points, locale)
    if (points === undefined || points < 1 || points > POINTS_MAX) wrong.push('points')
    if (typed.kind === 'SPEND' && !parseAmount(typed.amount, currency, locale)) wrong.push('amount')
  }
  return needsChoice && !hasChosen(typed) ? [...wrong, 'chosen'] : wrong
}

function choiceOf(typed: TypedRule): Choice {
  return {
    ...(typed.item_variation_ids.length
      ? { item_variation_ids: [...typed.item_variation_ids] }
      : {}),
    ...(typed.category_ids.length ? { category_ids: [...typed.category_ids] } : {}),
  }
}

function spendRule(typed: TypedRule, { currency, locale }: Writing): AccrualRule {
  const isCashback = typed.type === 'cashback'
  const { points, amount } = isCashback
    ? ratioOf(parsePercent(typed.percent, locale) ?? 0)
    : {
        points: parseWhole(typed.points, locale) ?? 0,
        amount: parseAmount(typed.amount, currency, locale) ?? 0,
      }
  const { item_variation_ids, category_ids } = choiceOf(typed)
  const excluded = {
    ...(item_variation_ids ? { excluded_item_variation_ids: item_variation_ids } : {}),
    ...(category_ids ? { excluded_category_ids: category_ids } : {}),
  }
  const scopes = { all: {}, chosen: choiceOf(typed), except: excluded }
  return {
    accrual_type: 'SPEND',
    points,
    spend_data: {
      amount_money: { amount, currency },
      tax_mode: typed.beforeTax ? 'BEFORE_TAX' : 'AFTER_TAX',
      ...scopes[typed.scope],
    },
  }
}

/** Articles and categories are two rules in the API; each article counts once. */
function itemRules(typed: TypedRule, points: number): readonly AccrualRule[] {
  const { item_variation_ids, category_ids } = choiceOf(typed)
  return [
    ...(category_ids
      ? [{ accrual_type: 'CATEGORY', points, category_data: { category_ids } } as const]
      : []),
    ...(item_variation_ids
      ? [
          {
            accrual_type: 'ITEM_VARIATION',
            points,
            item_variation_data: { item_variation_ids },
          } as const,
        ]
      : []),
  ]
}

/** The rules that were typed; only where they have no problems. */
export function rulesOf(typed: TypedRule, writing: Writing): readonly AccrualRule[] {
  if (typed.type === 'cashback' || typed.kind === 'SPEND') return [spendRule(typed, writing)]
  const points = parseWhole(typed.points, writing.locale) ?? 0
  if (typed.kind === 'ITEMS') return itemRules(typed, points)
  const tax_mode = typed.beforeTax ? 'BEFORE_TAX' : 'AFTER_TAX'
  const choice = typed.scope === 'chosen' ? choiceOf(typed) : {}
  return [{ accrual_type: 'VISIT', points, visit_data: { tax_mode, ...choice } }]
}

const chosenOf = (choice: Choice | undefined): Chosen => ({
  item_variation_ids: [...(choice?.item_variation_ids ?? [])],
  category_ids: [...(choice?.category_ids ?? [])],
})

function typedSpend(rule: AccrualRule, type: ProgramType, writing: Writing): TypedRule | undefined {
  const { spend_data: spend } = rule
  if (!spend) return undefined
  const { currency, locale } = writing
  const on = chosenOf(spend)
  const except: Chosen = {
    item_variation_ids: [...(spend.excluded_item_variation_ids ?? [])],
    category_ids: [...(spend.excluded_category_ids ?? [])],
  }
  if (hasChosen(on) && hasChosen(except)) return undefined
  const scope = hasChosen(on) ? 'chosen' : hasChosen(except) ? 'except' : 'all'
  const percent = (rule.points * 100) / spend.amount_money.amount
  return {
    type,
    kind: 'SPEND',
    points: String(rule.points),
    amount: amountText(spend.amount_money.amount, currency, locale),
    percent: percentTyped(percent, locale),
    scope,
    beforeTax: spend.tax_mode === 'BEFORE_TAX',
    ...(scope === 'except' ? except : on),
  }
}

function typedItems(rules: readonly AccrualRule[], bare: TypedRule): TypedRule | undefined {
  const [first, second] = rules
  const areItems = rules.every(
    ({ accrual_type }) => accrual_type === 'ITEM_VARIATION' || accrual_type === 'CATEGORY',
  )
  const isPair = !second || (second.accrual_type !== first?.accrual_type && rules.length === 2)
  if (!first || !areItems || !isPair || rules.some(({ points }) => points !== first.points))
    return undefined
  const one = (id: string | undefined): readonly string[] => (id ? [id] : [])
  const items = rules.flatMap(
    ({ item_variation_data: data }) => data?.item_variation_ids ?? one(data?.item_variation_id),
  )
  const categories = rules.flatMap(
    ({ category_data: data }) => data?.category_ids ?? one(data?.category_id),
  )
  return {
    ...bare,
    kind: 'ITEMS',
    points: String(first.points),
    scope: 'chosen',
    item_variation_ids: items,
    category_ids: categories,
  }
}

/** What earns, as it would be typed; undefined where the rules are more than these fields can say. */
export function typedRule(
  rules: readonly AccrualRule[],
  type: ProgramType,
  writing: Writing,
): TypedRule | undefined {
  const [first, ...others] = rules
  if (!first) return undefined
  const { currency, locale } = writing
  const unit = amountText(parseAmount('1', currency, locale) ?? 1, currency, locale)
  const bare: TypedRule = {
    type,
    kind: 'VISIT',
    points: String(first.points),
    amount: unit,
    percent: '',
    scope: 'all',
    beforeTax: false,
    item_variation_ids: [],
    category_ids: [],
  }
  if (first.accrual_type === 'SPEND')
    return others.length ? undefined : typedSpend(first, type, writing)
  if (first.accrual_type !== 'VISIT') return typedItems(rules, bare)
  const { visit_data: visit } = first
  if (others.length || (visit?.minimum_amount_money?.amount ?? 0) > 0) return undefined
  const chosen = chosenOf(visit)
  return {
    ...bare,
    scope: hasChosen(chosen) ? 'chosen' : 'all',
    beforeTax: visit?.tax_mode === 'BEFORE_TAX',
    ...chosen,
  }
}
