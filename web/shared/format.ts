// Numbers, money and times as people of the country write them. The only place that does.
import { language } from './i18n/catalogue.svelte'

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

let country = 'FR'

/** Money and times follow the shop's country; words follow the language. */
export function setCountry(code: string): void {
  if (/^[A-Z]{2}$/.test(code)) country = code
}

function locale(): string {
  return `${language()}-${country}`
}

export function money({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat(locale(), { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}

export function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
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

export function clock(at: Date | string): string {
  const date = typeof at === 'string' ? new Date(at) : at
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(date)
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
