// A programme's settings as they are typed, and what of them is sent.
import type { Terminology } from '$shared/format'
import { amountText, parseAmount, parseWhole } from '$shared/numbers'
import type { Program } from '../../shopApi'
import type { ProgramChange } from './loyaltyApi'
import { mergeRule, ruleOf, ruleProblems, typedOf, type TypedRule } from './rule'

export const DAYS_MAX = 3650

export interface TypedProgram extends TypedRule {
  name: string
  one: string
  other: string
  minimum: string
  /** '' or 0: points never expire. */
  days: string
}
export type Problem = 'name' | 'one' | 'other' | 'points' | 'amount' | 'minimum' | 'days'

export function typedProgram(program: Program, currency: string, locale: string): TypedProgram {
  const write = (minor: number): string => amountText(minor, currency, locale)
  return {
    ...typedOf(program.accrual_rules[0], currency, write),
    name: program.name,
    one: program.terminology.one,
    other: program.terminology.other,
    minimum: program.minimum_amount_money ? write(program.minimum_amount_money.amount) : '',
    days: program.expiration_days ? String(program.expiration_days) : '',
  }
}

function daysOf(typed: TypedProgram, locale: string): number | undefined {
  if (typed.days.trim() === '') return 0
  const days = parseWhole(typed.days, locale)
  return days !== undefined && days >= 0 && days <= DAYS_MAX ? days : undefined
}

function minimumOf(typed: TypedProgram, currency: string, locale: string): number | undefined {
  return typed.minimum.trim() === '' ? 0 : parseAmount(typed.minimum, currency, locale)
}

export function problemsOf(
  typed: TypedProgram,
  currency: string,
  locale: string,
): readonly Problem[] {
  return [
    ...(['name', 'one', 'other'] as const).filter((field) => typed[field].trim() === ''),
    ...ruleProblems(typed, currency, locale),
    ...(minimumOf(typed, currency, locale) === undefined ? (['minimum'] as const) : []),
    ...(daysOf(typed, locale) === undefined ? (['days'] as const) : []),
  ]
}

/** Only what differs: a rule that stays the same does not become a new version of itself. */
export function changeOf(
  program: Program,
  typed: TypedProgram,
  currency: string,
  locale: string,
): ProgramChange {
  const name = typed.name.trim()
  const terminology: Terminology = { one: typed.one.trim(), other: typed.other.trim() }
  const minimum = minimumOf(typed, currency, locale) ?? 0
  const days = daysOf(typed, locale) ?? 0
  const [before, ...others] = program.accrual_rules
  const typedRule = ruleOf(typed, currency, locale)
  const rule = typedRule && mergeRule(before, typedRule)
  const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  const isRuleSame =
    rule?.accrual_type === before?.accrual_type &&
    rule?.points === before?.points &&
    isSame(rule?.spend_data?.amount_money, before?.spend_data?.amount_money)
  return {
    ...(name === program.name ? {} : { name }),
    ...(isSame(
      [terminology.one, terminology.other],
      [program.terminology.one, program.terminology.other],
    )
      ? {}
      : { terminology }),
    ...(isRuleSame || !rule ? {} : { accrual_rules: [rule, ...others] }),
    ...(minimum === (program.minimum_amount_money?.amount ?? 0)
      ? {}
      : { minimum_amount_money: { amount: minimum, currency } }),
    ...(days === (program.expiration_days ?? 0) ? {} : { expiration_days: days }),
  }
}
