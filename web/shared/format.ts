// Numbers, money and times as people of the country write them. The only place that does.
import { language } from './i18n/catalogue.svelte'
import { phone as phoneOf } from './phone'

/** An amount in the smallest unit of its currency, as the API writes it. */
export interface Money {
  readonly amount: number
  readonly currency: string
}

/** What a programme calls its points. */
export interface Terminology {
  readonly one: string
  readonly other: string
}

/** What a program counts: its own points or stamps, or money of the shop. */
export interface Units {
  readonly type: 'points' | 'stamps' | 'cashback'
  readonly terminology: Terminology
}

let country = 'FR'
let currency = 'EUR'

/** Money and times follow the shop's country; words follow the language. */
export function setCountry(code: string): void {
  if (/^[A-Z]{2}$/.test(code)) country = code
}

/** What cashback is counted in: the shop's currency. */
export function setCurrency(code: string): void {
  if (/^[A-Z]{3}$/.test(code)) currency = code
}

/** Where the shop is, as Intl and telephone numbers name countries. */
export function shopCountry(): string {
  return country
}

export function shopCurrency(): string {
  return currency
}

/** A telephone number as people of the shop's country write it. */
export function phone(e164: string, home: string = country): string {
  return phoneOf(e164, home)
}

let timeZone: string | undefined

/** Days and hours are the shop's, wherever it is looked at from. */
export function setTimeZone(name: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    timeZone = name
  } catch {
    timeZone = undefined // a name that this browser does not know: its own zone
  }
}

/** The language with the shop's country, as Intl wants it. */
export function locale(): string {
  return `${language()}-${country}`
}

export function currencySign(currency: string): string {
  const parts = new Intl.NumberFormat(locale(), { style: 'currency', currency }).formatToParts(0)
  return parts.find(({ type }) => type === 'currency')?.value ?? currency
}

export function money({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat(locale(), { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}

/** `Pain, café et thé`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names)
}

/** Where there is little room, such as beside a chart: `1 240 €`. */
export function wholeMoney({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat(locale(), { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const whole = { style: 'currency', currency, maximumFractionDigits: 0 } as const
  return new Intl.NumberFormat(locale(), whole).format(Math.round(amount / 10 ** digits))
}

export function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}

/** What stands before decimals there: `,` or `.`. */
export function decimalMark(): string {
  const parts = new Intl.NumberFormat(locale()).formatToParts(1.5)
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.'
}

/** `3 points`, with the programme's own word for them. */
export function points(count: number, words: Terminology): string {
  return `${number(count)}\u00a0${unit(count, words)}`
}

export function unit(count: number, words: Terminology): string {
  return new Intl.PluralRules(language()).select(Math.abs(count)) === 'one'
    ? words.one
    : words.other
}

/** A number of a program's units, and the word that belongs to it; money needs none. */
export function unitParts(program: Units, count: number): { number: string; word: string } {
  if (program.type === 'cashback') return { number: money({ amount: count, currency }), word: '' }
  return { number: number(count), word: unit(count, program.terminology) }
}

/**
 * What somebody has or gets of a program: `3 points`, `1 tampon`, and of cashback `2,40 €`. With
 * `sign` as a change of it: `+3 points`, `−2,40 €`.
 */
export function formatUnits(program: Units, count: number, { sign = false } = {}): string {
  if (sign && count !== 0) return `${count > 0 ? '+' : '−'}${formatUnits(program, Math.abs(count))}`
  const { number: text, word } = unitParts(program, count)
  return word ? `${text}\u00a0${word}` : text
}

/** A share: 0.125 is 13 %. */
export function percent(share: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(
    share,
  )
}

/** By how much something grew, as a share; undefined where nothing was before. */
export function changeOf(now: number, before: number): number | undefined {
  if (before === 0) return undefined
  const change = (now - before) / Math.abs(before)
  return Math.round(change * 100) === 0 ? 0 : change
}

type When = Date | string

const dateOf = (at: When): Date => (typeof at === 'string' ? new Date(at) : at)

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale(), timeZone ? { ...options, timeZone } : options)
}

/** A day in words. The French say `1er novembre`, which Intl only knows to say as `1 novembre`. */
function dayWords(format: Intl.DateTimeFormat, at: Date): string {
  return format
    .formatToParts(at)
    .map(({ type, value }) =>
      type === 'day' && value === '1' && language() === 'fr' ? '1er' : value,
    )
    .join('')
}

/** `08:05`, in the shop's time zone. */
export function clock(at: When): string {
  return dateFormat({ timeStyle: 'short' }).format(dateOf(at))
}

/** `22 novembre 2026`; of this year without the year. */
export function day(at: When, now: Date = new Date()): string {
  const isThisYear = dayNumber(dateOf(at)).slice(0, 4) === dayNumber(now).slice(0, 4)
  const format = dateFormat({
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  })
  return dayWords(format, dateOf(at))
}

/** A calendar day as the API writes it, `2026-11-22`, which has no time zone. */
export function calendarDay(
  text: string,
  options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' },
): string {
  const format = new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' })
  return dayWords(format, new Date(`${text}T00:00:00Z`))
}

/** `22 novembre à 08:05`, in the shop's time zone. */
export function dateTime(at: When, now: Date = new Date()): string {
  const isThisYear = dayNumber(dateOf(at)).slice(0, 4) === dayNumber(now).slice(0, 4)
  const format = dateFormat({
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    ...(isThisYear ? {} : { year: 'numeric' }),
  })
  return dayWords(format, dateOf(at))
}

/** The day there, as `2026-11-22`. */
function dayNumber(at: Date): string {
  const options = timeZone ? { timeZone } : {}
  return new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', ...options }).format(at)
}

const DAY_MS = 86_400_000
const RELATIVE_DAYS_MAX = 7

/** How long ago, as people say it: `il y a 5 minutes`, `hier`, `il y a 3 jours`; then the day. */
export function ago(at: When, now: Date = new Date()): string {
  const date = dateOf(at)
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  const days = (Date.parse(dayNumber(now)) - Date.parse(dayNumber(date))) / DAY_MS
  if (days < 0 || days > RELATIVE_DAYS_MAX) return day(date, now)
  if (days > 0) return format.format(-days, 'day')
  const seconds = Math.max(0, (now.getTime() - date.getTime()) / 1000)
  if (seconds < 60) return format.format(0, 'second')
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute')
  return format.format(-Math.floor(seconds / 3600), 'hour')
}

/** How long until then: minutes when there is at least one, seconds at the end. */
export function wait(duration_ms: number): string {
  const seconds = Math.max(0, Math.ceil(duration_ms / 1000))
  const [value, measure] = seconds >= 60 ? [Math.ceil(seconds / 60), 'minute'] : [seconds, 'second']
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: measure,
    unitDisplay: 'long',
  }).format(value)
}
