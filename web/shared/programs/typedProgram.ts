// A programme as it is typed, whole, and what is sent of it.
import type { Terminology } from '../format'
import { t } from '../i18n/loyalty'
import { amountText, currencyDigits, parseAmount, parseWhole } from '../numbers'
import type { Limits, NewProgram, Program, ProgramTerms, ProgramType } from './program'
import { ruleProblems, rulesOf, typedRule, type RuleField, type TypedRule } from './typedRule'
import {
  DAYS_MAX,
  emptyTier,
  limitOf,
  tierOf,
  tierProblems,
  unitsOf,
  unitsTyped,
  type TypedTier,
  type Writing,
} from './typedTier'
import { describeTier } from './words'

export interface TypedTerms extends TypedRule {
  name: string
  one: string
  other: string
  minimum: string
  /** `2027-01-31`, or '' for no end. */
  endsOn: string
  /** '' or 0: points never expire. */
  days: string
  notice: string
  ripen: string
  onRefund: 'owed' | 'to_zero'
  capPurchase: string
  capDay: string
  capMonth: string
  visitsDay: string
  cooldown: string
}
export interface TypedProgram extends TypedTerms {
  tiers: TypedTier[]
}
export type TermField =
  RuleField | Exclude<keyof TypedTerms, keyof TypedRule | 'onRefund'> | 'tiers'

/** What the screen says before somebody chose: what most shops take. */
export const NOTICE_DAYS = 30
const VISITS_MAX = 1000
const COOLDOWN_MAX = 366 * 24 * 60
const POINTS_MAX = 1_000_000_000

export function termsOf(type: ProgramType): Terminology {
  if (type === 'stamps') return { one: t('stamps.one'), other: t('stamps.other') }
  if (type === 'cashback') return { one: t('cents.one'), other: t('cents.other') }
  return { one: t('points.one'), other: t('points.other') }
}

function firstReward(type: ProgramType, { currency, locale }: Writing): TypedTier[] {
  const units = 10 ** currencyDigits(currency)
  if (type === 'cashback') return [] // a kitty is spent like money, without a threshold
  if (type === 'stamps')
    return [{ ...emptyTier('other'), name: t('preset.stampsReward'), points: '10' }]
  return [
    { ...emptyTier('amount'), amount: amountText(5 * units, currency, locale), points: '100' },
  ]
}

export function presetOf(type: ProgramType, shop: string, writing: Writing): TypedProgram {
  const { currency, locale } = writing
  const unit = amountText(10 ** currencyDigits(currency), currency, locale)
  const { one, other } = termsOf(type)
  const names = {
    points: 'preset.pointsName',
    stamps: 'preset.stampsName',
    cashback: 'preset.cashbackName',
  } as const
  return {
    type,
    kind: type === 'stamps' ? 'VISIT' : 'SPEND',
    points: '1',
    amount: unit,
    percent: '5',
    scope: 'all',
    beforeTax: false,
    item_variation_ids: [],
    category_ids: [],
    name: t(names[type], { shop }),
    one,
    other,
    minimum: unit,
    endsOn: '',
    days: '',
    notice: String(NOTICE_DAYS),
    ripen: '',
    onRefund: 'owed',
    capPurchase: '',
    capDay: '',
    capMonth: '',
    visitsDay: '',
    cooldown: '',
    tiers: firstReward(type, writing),
  }
}

/** Limits and days as numbers; undefined where one is none. */
function numbersOf(typed: TypedTerms, writing: Writing) {
  const { currency, locale } = writing
  const whole = (text: string): number | undefined => parseWhole(text, locale)
  const money = (text: string): number | undefined => parseAmount(text, currency, locale)
  const units = (text: string): number | undefined => unitsOf(text, typed.type, writing)
  return {
    minimum: limitOf(typed.minimum, money, Number.MAX_SAFE_INTEGER),
    days: limitOf(typed.days, whole, DAYS_MAX),
    notice: limitOf(typed.notice, whole, DAYS_MAX),
    ripen: limitOf(typed.ripen, whole, DAYS_MAX),
    capPurchase: limitOf(typed.capPurchase, units, POINTS_MAX),
    capDay: limitOf(typed.capDay, units, POINTS_MAX),
    capMonth: limitOf(typed.capMonth, units, POINTS_MAX),
    visitsDay: limitOf(typed.visitsDay, whole, VISITS_MAX),
    cooldown: limitOf(typed.cooldown, whole, COOLDOWN_MAX),
  }
}

/** What is wrong with the terms; `today` as `2026-11-22`, where the shop is. */
export function termProblems(
  typed: TypedTerms,
  writing: Writing,
  today: string,
): readonly TermField[] {
  const numbers = numbersOf(typed, writing)
  const names = Object.keys(numbers) as (keyof typeof numbers)[]
  return [
    ...(['name', 'one', 'other'] as const).filter((field) => typed[field].trim() === ''),
    ...ruleProblems(typed, writing),
    ...(typed.endsOn !== '' && typed.endsOn < today ? (['endsOn'] as const) : []),
    ...names.filter((field) => numbers[field] === undefined),
  ]
}

export function programProblems(
  typed: TypedProgram,
  writing: Writing,
  today: string,
): readonly TermField[] {
  const isWrong = (tier: TypedTier): boolean => tierProblems(tier, typed.type, writing).length > 0
  const needsTier = typed.type !== 'cashback' && typed.tiers.length === 0
  const terms = termProblems(typed, writing, today)
  return needsTier || typed.tiers.some(isWrong) ? [...terms, 'tiers'] : terms
}

function limitsOf(numbers: ReturnType<typeof numbersOf>): Required<Limits> {
  return {
    points_per_purchase: numbers.capPurchase ?? 0,
    points_per_day: numbers.capDay ?? 0,
    points_per_month: numbers.capMonth ?? 0,
    earnings_per_day: numbers.visitsDay ?? 0,
    cooldown_minutes: numbers.cooldown ?? 0,
  }
}

/** The terms that were typed; only where they have no problems. */
export function termsTyped(typed: TypedTerms, writing: Writing): ProgramTerms {
  const numbers = numbersOf(typed, writing)
  return {
    name: typed.name.trim(),
    type: typed.type,
    terminology: { one: typed.one.trim(), other: typed.other.trim() },
    accrual_rules: rulesOf(typed, writing),
    minimum_amount_money: { amount: numbers.minimum ?? 0, currency: writing.currency },
    ends_on: typed.endsOn,
    expiration_days: numbers.days ?? 0,
    expiry_notice_days: numbers.notice ?? 0,
    ripen_days: numbers.ripen ?? 0,
    on_refund: typed.onRefund,
    limits: limitsOf(numbers),
  }
}

export function programTyped(typed: TypedProgram, writing: Writing): NewProgram {
  const { ends_on, ...terms } = termsTyped(typed, writing)
  return {
    ...terms,
    ...(ends_on ? { ends_on } : {}),
    reward_tiers: typed.tiers.map((tier) => tierOf(tier, typed.type, writing, describeTier)),
  }
}

/** A programme in the fields of its form. Its rules may be more than those can say: then `hasOwnRules`
    is false, and they stay as they are. */
export function typedProgram(
  program: Program,
  writing: Writing,
): { typed: TypedTerms; hasOwnRules: boolean } {
  const { type } = program
  const preset = presetOf(type, program.name, writing)
  const rule = typedRule(program.accrual_rules, type, writing)
  const { limits = {} } = program
  const units = (count: number | undefined): string => unitsTyped(count, type, writing)
  const count = (value: number | undefined): string => (value ? String(value) : '')
  const minimum = program.minimum_amount_money?.amount
  const typed: TypedTerms = {
    ...preset,
    ...rule,
    name: program.name,
    one: program.terminology.one,
    other: program.terminology.other,
    minimum: minimum ? amountText(minimum, writing.currency, writing.locale) : '',
    endsOn: program.ends_on ?? '',
    days: count(program.expiration_days),
    notice: count(program.expiry_notice_days),
    ripen: count(program.ripen_days),
    onRefund: program.on_refund ?? 'owed',
    capPurchase: units(limits.points_per_purchase),
    capDay: units(limits.points_per_day),
    capMonth: units(limits.points_per_month),
    visitsDay: count(limits.earnings_per_day),
    cooldown: count(limits.cooldown_minutes),
  }
  return { typed, hasOwnRules: rule !== undefined }
}
