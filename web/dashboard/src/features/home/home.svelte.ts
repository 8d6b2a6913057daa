// The home page's figures: a number of days up to today, as the shop's clock has it.
import type { Reply } from '$shared/api'
import { Loaded } from '$shared/state/loaded.svelte'
import { readAttention, readDays, type Attention, type Days } from './homeApi'

export const SPANS = [30, 90] as const
export type Span = (typeof SPANS)[number]

const DAY_MS = 86_400_000

/** "2026-11-22", of this moment in that zone. */
export function dayIn(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** So many days later, or earlier: calendar days have no hours, so summer time does not matter. */
export function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

export class Home {
  span = $state<Span>(30)
  readonly days: Loaded<Days>
  readonly attention = new Loaded<readonly Attention[]>(readAttention)
  #zone: () => string

  constructor(zone: () => string) {
    this.#zone = zone
    this.days = new Loaded<Days>(() => this.#read())
  }

  async load(): Promise<void> {
    await Promise.all([this.days.load(), this.attention.load()])
  }

  async show(span: Span): Promise<void> {
    this.span = span
    await this.days.load()
  }

  /** Nothing was ever sold: the page teaches the first step instead of drawing zeros. */
  get isQuiet(): boolean {
    const days = this.days.value
    return days !== undefined && days.totals.orders === 0 && days.previous.orders === 0
  }

  #read(): Promise<Reply<Days>> {
    const today = dayIn(this.#zone(), new Date())
    return readDays(dayAfter(today, 1 - this.span), today)
  }
}
