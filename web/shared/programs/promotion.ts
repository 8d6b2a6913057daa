// An offer of a programme: more points for some time. As the API tells it (Square's loyalty promotion),
// as it is typed, and what is sent of it.
import { calendarDay, formatUnits, locale, money, number, type Money, type Units } from '../format'
import { t } from '../i18n/loyalty'
import { t as say } from '../i18n/programs'
import { parseAmount, parseWhole } from '../numbers'
import type { Choice, ProgramType } from './program'
import { limitOf, unitsOf, type Chosen, type Writing } from './typedTier'
import { describeChoice, listed, type NameOf } from './words'
import { DAYS, EVERY_DAY, eventOf, isWhole, timeOf, type Day, type WeekTime } from './weekTimes'

export type PromotionStatus = 'ACTIVE' | 'SCHEDULED' | 'ENDED' | 'CANCELED'
export interface PromotionTerms {
  readonly name: string
  readonly incentive:
    | {
        readonly type: 'POINTS_MULTIPLIER'
        readonly points_multiplier_data: { readonly multiplier: string }
      }
    | {
        readonly type: 'POINTS_ADDITION'
        readonly points_addition_data: { readonly points_addition: number }
      }
  readonly available_time: {
    /** First and last day, which follow from the periods; the server tells them. */
    readonly start_date?: string
    readonly end_date?: string
    readonly time_periods: readonly string[]
  }
  readonly trigger_limit?: { readonly times: number; readonly interval: 'ALL_TIME' | 'DAY' }
  readonly minimum_spend_amount_money?: Money
  readonly qualifying_item_variation_ids?: readonly string[]
  readonly qualifying_category_ids?: readonly string[]
}
export interface Promotion extends PromotionTerms {
  readonly id: string
  readonly status: PromotionStatus
}

export interface TypedPromotion extends Chosen {
  name: string
  kind: 'multiplier' | 'addition'
  multiplier: string
  addition: string
  startsOn: string
  /** '' for no end. */
  endsOn: string
  always: boolean
  times: WeekTime[]
  minimum: string
  limit: string
  limitPerDay: boolean
}
export type PromotionField =
  'name' | 'multiplier' | 'addition' | 'startsOn' | 'endsOn' | 'times' | 'minimum' | 'limit'

const MULTIPLIER_MAX = 10
/** Square's, of one purchase. */
export const ADDITION_MAX = 100

/** What most shops begin with: twice as much, on Tuesdays. */
export function newPromotion(today: string): TypedPromotion {
  return {
    name: t('promotion.presetName'),
    kind: 'multiplier',
    multiplier: '2',
    addition: '',
    startsOn: today,
    endsOn: '',
    always: false,
    times: [{ days: ['TU'], from: '', to: '' }],
    minimum: '',
    limit: '',
    limitPerDay: true,
    item_variation_ids: [],
    category_ids: [],
  }
}

/** A factor, in thousandths: `1,5` is 1500. */
function thousandths(text: string, language: string): number | undefined {
  const value = parseAmount(text, 'BHD', language) // a currency of three decimals
  return value !== undefined && value > 1000 && value <= MULTIPLIER_MAX * 1000 ? value : undefined
}

export function promotionProblems(
  typed: TypedPromotion,
  type: ProgramType,
  writing: Writing,
  today: string,
): readonly PromotionField[] {
  const { currency, locale: language } = writing
  const wrong: PromotionField[] = typed.name.trim() ? [] : ['name']
  const isTimes = typed.kind === 'multiplier'
  if (isTimes && thousandths(typed.multiplier, language) === undefined) wrong.push('multiplier')
  const addition = unitsOf(typed.addition, type, writing) ?? 0
  if (!isTimes && (addition < 1 || addition > ADDITION_MAX)) wrong.push('addition')
  if (typed.startsOn < today) wrong.push('startsOn')
  if (typed.endsOn !== '' && typed.endsOn < typed.startsOn) wrong.push('endsOn')
  if (!typed.always && !(typed.times.length && typed.times.every(isWhole))) wrong.push('times')
  const amount = (text: string): number | undefined => parseAmount(text, currency, language)
  const whole = (text: string): number | undefined => parseWhole(text, language)
  if (limitOf(typed.minimum, amount, Number.MAX_SAFE_INTEGER) === undefined) wrong.push('minimum')
  return limitOf(typed.limit, whole, 1_000_000) === undefined ? [...wrong, 'limit'] : wrong
}

function incentiveOf(
  typed: TypedPromotion,
  type: ProgramType,
  writing: Writing,
): PromotionTerms['incentive'] {
  if (typed.kind === 'addition') {
    const points_addition = unitsOf(typed.addition, type, writing) ?? 0
    return { type: 'POINTS_ADDITION', points_addition_data: { points_addition } }
  }
  const multiplier = ((thousandths(typed.multiplier, writing.locale) ?? 0) / 1000).toFixed(3)
  return { type: 'POINTS_MULTIPLIER', points_multiplier_data: { multiplier } }
}

/** The offer that was typed; only where it has no problems. */
export function promotionOf(
  typed: TypedPromotion,
  type: ProgramType,
  writing: Writing,
): PromotionTerms {
  const { currency, locale: language } = writing
  const minimum = parseAmount(typed.minimum, currency, language)
  const times = parseWhole(typed.limit, language)
  const { item_variation_ids, category_ids } = typed
  const events = typed.always ? [EVERY_DAY] : typed.times
  return {
    name: typed.name.trim(),
    incentive: incentiveOf(typed, type, writing),
    available_time: {
      start_date: typed.startsOn,
      ...(typed.endsOn ? { end_date: typed.endsOn } : {}),
      time_periods: events.map((time) => eventOf(time, typed.startsOn, typed.endsOn)),
    },
    ...(times
      ? { trigger_limit: { times, interval: typed.limitPerDay ? 'DAY' : 'ALL_TIME' } }
      : {}),
    ...(minimum ? { minimum_spend_amount_money: { amount: minimum, currency } } : {}),
    ...(item_variation_ids.length
      ? { qualifying_item_variation_ids: [...item_variation_ids] }
      : {}),
    ...(category_ids.length ? { qualifying_category_ids: [...category_ids] } : {}),
  }
}

/** `2 fois plus de points`, `5 points de plus`. */
export function describeIncentive({ incentive }: PromotionTerms, program: Units): string {
  const words = program.type === 'cashback' ? t('promotion.kitty') : program.terminology.other
  if (incentive.type === 'POINTS_MULTIPLIER')
    return t('promotion.times', {
      times: number(Number(incentive.points_multiplier_data.multiplier)),
      points: words,
    })
  const points = formatUnits(program, incentive.points_addition_data.points_addition)
  return t('promotion.more', { points })
}

/** 1970 began on a Thursday: the fifth of January was a Monday. */
const FIRST_MONDAY = 5

export function dayName(day: Day): string {
  const at = new Date(Date.UTC(1970, 0, FIRST_MONDAY + DAYS.indexOf(day)))
  return new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(at)
}

function hourText(clock: string): string {
  const at = new Date(`1970-01-01T${clock}:00Z`)
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone: 'UTC' }).format(at)
}

/** `le mardi et le jeudi, de 08:00 à 10:00`. */
export function describeTime({ days, from, to }: WeekTime): string {
  const named = listed(days.map((day) => t('when.day', { day: dayName(day) })))
  const when = days.length === DAYS.length ? t('when.daily') : named
  if (from === '' && to === '') return when
  return t('when.hours', { when, from: hourText(from), to: hourText(to) })
}

function describePeriods(events: readonly string[]): string {
  const times = events.map(timeOf)
  if (times.some((time) => time === undefined)) return t('when.others')
  return times.map((time) => (time ? describeTime(time) : '')).join(' · ')
}

/** When and for what an offer counts, line by line. */
export function describePromotion(promotion: PromotionTerms, nameOf: NameOf): readonly string[] {
  const { start_date, end_date, time_periods } = promotion.available_time
  const minimum = promotion.minimum_spend_amount_money
  const limit = promotion.trigger_limit
  const choice: Choice = {
    item_variation_ids: promotion.qualifying_item_variation_ids ?? [],
    category_ids: promotion.qualifying_category_ids ?? [],
  }
  const what = describeChoice(choice, nameOf)
  const full = { day: 'numeric', month: 'long', year: 'numeric' } as const
  const dates = end_date
    ? t('promotion.between', {
        from: calendarDay(start_date ?? end_date, full),
        to: calendarDay(end_date, full),
      })
    : t('promotion.since', { from: start_date ? calendarDay(start_date, full) : '' })
  return [
    describePeriods(time_periods),
    dates,
    ...(what ? [t('promotion.with', { what })] : []),
    ...(minimum && minimum.amount > 0 ? [say('tier.minimum', { amount: money(minimum) })] : []),
    ...(limit ? [limitText(limit)] : []),
  ]
}

function limitText({ times, interval }: NonNullable<PromotionTerms['trigger_limit']>): string {
  return interval === 'DAY'
    ? t('promotion.limitDay', { count: times })
    : say('tier.perCustomer', { count: times })
}
