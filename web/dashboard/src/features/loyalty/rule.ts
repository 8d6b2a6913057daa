// A programme's rule, between what the API keeps and what a person writes: so many points for each
// visit, or for each so much money.
import { currencyDigits, parseAmount, parseWhole } from '$shared/numbers'
import type { AccrualRule } from '../../shopApi'

export interface TypedRule {
  kind: 'VISIT' | 'SPEND'
  points: string
  /** For each so much, in the shop's currency; for VISIT not read. */
  amount: string
}

export type RuleProblem = 'points' | 'amount'

export function ruleProblems(
  typed: TypedRule,
  currency: string,
  locale: string,
): readonly RuleProblem[] {
  const points = parseWhole(typed.points, locale)
  const amount = parseAmount(typed.amount, currency, locale)
  const problems: RuleProblem[] = []
  if (points === undefined || points < 1) problems.push('points')
  if (typed.kind === 'SPEND' && (amount === undefined || amount < 1)) problems.push('amount')
  return problems
}

/** The rule that was typed; undefined when it has problems. */
export function ruleOf(
  typed: TypedRule,
  currency: string,
  locale: string,
): AccrualRule | undefined {
  if (ruleProblems(typed, currency, locale).length) return undefined
  const points = parseWhole(typed.points, locale) ?? 0
  const tax_mode = 'AFTER_TAX'
  if (typed.kind === 'VISIT') return { accrual_type: 'VISIT', points, visit_data: { tax_mode } }
  const amount = parseAmount(typed.amount, currency, locale) ?? 0
  const amount_money = { amount, currency }
  return { accrual_type: 'SPEND', points, spend_data: { amount_money, tax_mode } }
}

export function typedOf(
  rule: AccrualRule | undefined,
  currency: string,
  write: (minor: number) => string,
): TypedRule {
  const unit = 10 ** currencyDigits(currency)
  return {
    kind: rule?.accrual_type ?? 'SPEND',
    points: String(rule?.points ?? 1),
    amount: write(rule?.spend_data?.amount_money.amount ?? unit),
  }
}

/** A whole rule with what was typed in it: what this page does not show stays as it was. */
export function mergeRule(before: AccrualRule | undefined, typed: AccrualRule): AccrualRule {
  if (before?.accrual_type !== typed.accrual_type) return typed
  return {
    ...before,
    ...typed,
    ...(before.visit_data ? { visit_data: before.visit_data } : {}),
    ...(before.spend_data && typed.spend_data
      ? { spend_data: { ...before.spend_data, amount_money: typed.spend_data.amount_money } }
      : {}),
  }
}
