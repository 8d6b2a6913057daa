// A reward as it is typed, and what is sent of it. Where a programme counts in money, so do its rewards.
import { amountText, parseAmount, parsePercent, parseWhole } from '../numbers'
import type { ProgramType, TierKind, TierTerms } from './program'

/** How numbers are written here. */
export interface Writing {
  readonly currency: string
  readonly locale: string
}

/** Articles and categories of the catalog. */
export interface Chosen {
  item_variation_ids: string[]
  category_ids: string[]
}

export interface TypedTier extends Chosen {
  kind: TierKind
  /** '': named after what it is worth. */
  name: string
  points: string
  percentage: string
  amount: string
  max: string
  minimum: string
  validDays: string
  stock: string
  perCustomer: string
}
export type TierField = Exclude<keyof TypedTier, 'kind' | keyof Chosen> | 'chosen'

export const TIER_KINDS: readonly TierKind[] = ['amount', 'percentage', 'item', 'credit', 'other']
export const DAYS_MAX = 3650
export const COUNT_MAX = 1_000_000

export function emptyTier(kind: TierKind = 'amount'): TypedTier {
  return {
    kind,
    name: '',
    points: '',
    percentage: '',
    amount: '',
    max: '',
    minimum: '',
    validDays: '',
    stock: '',
    perCustomer: '',
    item_variation_ids: [],
    category_ids: [],
  }
}

/** An amount of a programme's unit as it was typed: money where it counts in money. */
export function unitsOf(text: string, type: ProgramType, writing: Writing): number | undefined {
  if (type === 'cashback') return parseAmount(text, writing.currency, writing.locale)
  return parseWhole(text, writing.locale)
}

/** The same in a field; '' for none. */
export function unitsTyped(count: number | undefined, type: ProgramType, writing: Writing): string {
  if (!count) return ''
  return type === 'cashback' ? amountText(count, writing.currency, writing.locale) : String(count)
}

/** An empty field is 0, which is no limit; undefined when what stands there is no such number. */
export function limitOf(
  text: string,
  parse: (text: string) => number | undefined,
  max: number,
): number | undefined {
  if (text.trim() === '') return 0
  const value = parse(text)
  return value !== undefined && value >= 0 && value <= max ? value : undefined
}

/** A percentage in a field, with the comma of the country. */
export function percentTyped(percent: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(percent)
}

export function typedTier(tier: TierTerms, type: ProgramType, writing: Writing): TypedTier {
  const { currency, locale } = writing
  const amount = (minor: number | undefined): string =>
    minor ? amountText(minor, currency, locale) : ''
  const count = (value: number | undefined): string => (value === undefined ? '' : String(value))
  return {
    kind: tier.kind ?? 'other',
    name: tier.name,
    points: unitsTyped(tier.points, type, writing),
    percentage: tier.percentage ? percentTyped(Number(tier.percentage), locale) : '',
    amount: amount(tier.amount_money?.amount),
    max: amount(tier.max_discount_money?.amount),
    minimum: amount(tier.minimum_amount_money?.amount),
    validDays: tier.valid_days ? String(tier.valid_days) : '',
    stock: count(tier.stock),
    perCustomer: tier.per_customer ? String(tier.per_customer) : '',
    item_variation_ids: [...(tier.item_variation_ids ?? [])],
    category_ids: [...(tier.category_ids ?? [])],
  }
}

interface Values {
  readonly points: number | undefined
  readonly percentage: number | undefined
  readonly amount: number | undefined
  readonly max: number | undefined
  readonly minimum: number | undefined
  readonly validDays: number | undefined
  readonly stock: number | undefined
  readonly perCustomer: number | undefined
}

function valuesOf(typed: TypedTier, type: ProgramType, writing: Writing): Values {
  const { currency, locale } = writing
  const money = (text: string): number | undefined => parseAmount(text, currency, locale)
  const whole = (text: string): number | undefined => parseWhole(text, locale)
  const AMOUNT_MAX = Number.MAX_SAFE_INTEGER
  return {
    points: unitsOf(typed.points, type, writing),
    percentage: parsePercent(typed.percentage, locale),
    amount: money(typed.amount),
    max: limitOf(typed.max, money, AMOUNT_MAX),
    minimum: limitOf(typed.minimum, money, AMOUNT_MAX),
    validDays: limitOf(typed.validDays, whole, DAYS_MAX),
    stock: limitOf(typed.stock, whole, COUNT_MAX),
    perCustomer: limitOf(typed.perCustomer, whole, COUNT_MAX),
  }
}

const isTooSmall = (value: number | undefined): boolean => value === undefined || value < 1

export function tierProblems(
  typed: TypedTier,
  type: ProgramType,
  writing: Writing,
): readonly TierField[] {
  const values = valuesOf(typed, type, writing)
  const wrong: TierField[] = []
  if (typed.kind === 'other' && typed.name.trim() === '') wrong.push('name')
  if (isTooSmall(values.points)) wrong.push('points')
  if (typed.kind === 'percentage' && isTooSmall(values.percentage)) wrong.push('percentage')
  if ((typed.kind === 'amount' || typed.kind === 'credit') && isTooSmall(values.amount))
    wrong.push('amount')
  const hasChosen = typed.item_variation_ids.length + typed.category_ids.length > 0
  if (typed.kind === 'item' && !hasChosen) wrong.push('chosen')
  const limits = ['max', 'minimum', 'validDays', 'stock', 'perCustomer'] as const
  return [...wrong, ...limits.filter((field) => values[field] === undefined)]
}

/** Hundredths of a percent as the API writes them: `10.5`. */
function percentText(hundredths: number): string {
  return String(hundredths / 100)
}

/** What a reward of a kind has beside its name and its points; the rest is not its own. */
function worthOf(typed: TypedTier, values: Values, currency: string): Partial<TierTerms> {
  const { item_variation_ids, category_ids } = typed
  const amount_money = { amount: values.amount ?? 0, currency }
  const max = values.max ? { max_discount_money: { amount: values.max, currency } } : {}
  const choice = { item_variation_ids: [...item_variation_ids], category_ids: [...category_ids] }
  switch (typed.kind) {
    case 'percentage':
      return { percentage: percentText(values.percentage ?? 0), ...max, ...choice }
    case 'amount':
      return { amount_money, ...choice }
    case 'item':
      return { ...max, ...choice }
    case 'credit':
      return { amount_money }
    case 'other':
      return {}
  }
}

/** The reward that was typed; only where it has no problems. `nameless` is what it is called then. */
export function tierOf(
  typed: TypedTier,
  type: ProgramType,
  writing: Writing,
  nameless: (tier: TierTerms) => string,
): TierTerms {
  const values = valuesOf(typed, type, writing)
  const { currency } = writing
  const isDiscount = typed.kind !== 'other' && typed.kind !== 'credit'
  const tier: TierTerms = {
    name: typed.name.trim(),
    points: values.points ?? 0,
    kind: typed.kind,
    ...worthOf(typed, values, currency),
    ...(isDiscount && values.minimum
      ? { minimum_amount_money: { amount: values.minimum, currency } }
      : {}),
    ...(values.validDays ? { valid_days: values.validDays } : {}),
    ...(typed.stock.trim() ? { stock: values.stock ?? 0 } : {}),
    ...(values.perCustomer ? { per_customer: values.perCustomer } : {}),
  }
  return tier.name ? tier : { ...tier, name: nameless(tier) }
}
