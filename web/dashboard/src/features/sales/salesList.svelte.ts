// The list of sales, by day, with its filters. What is filtered stands in the address.
import { parseWhole } from '$shared/numbers'
import { Pages } from '$shared/state/pages.svelte'
import { dayAfter } from '../home/home.svelte'
import {
  CLAIM_STATES,
  searchOrders,
  type ClaimState,
  type Order,
  type SalesFilter,
} from './salesApi'

/** What a person chose; '' is no filter. */
export interface SalesChoice {
  readonly day: string
  readonly last_4: string
  readonly state: ClaimState | ''
  readonly customer: string
}

export function choiceOf(query: URLSearchParams): SalesChoice {
  const day = query.get('day') ?? ''
  const last_4 = query.get('card') ?? ''
  const state = query.get('state') ?? ''
  return {
    day: /^\d{4}-\d\d-\d\d$/.test(day) ? day : '',
    last_4: /^\d{4}$/.test(last_4) ? last_4 : '',
    state: CLAIM_STATES.find((one) => one === state) ?? '',
    customer: query.get('customer') ?? '',
  }
}

/** The last four digits of a card, from anything that has exactly four; '' from nothing. */
export function lastFour(typed: string): string | undefined {
  const text = typed.normalize('NFKC').replace(/\s/g, '')
  if (text === '') return ''
  if (text.length !== 4 || parseWhole(text, 'en') === undefined) return undefined
  return [...text].map((digit) => parseWhole(digit, 'en') ?? '').join('')
}

/** The instant at which this calendar day begins in that zone, daylight saving or not. */
export function startOfDay(day: string, zone: string): string {
  const guess = Date.parse(`${day}T00:00:00Z`)
  const first = guess - offsetAt(guess, zone)
  return new Date(guess - offsetAt(first, zone)).toISOString()
}

function offsetAt(at_ms: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = Object.fromEntries(
    format.formatToParts(at_ms).map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const local = Date.UTC(year, month - 1, day, hour, minute, second)
  return local - Math.floor(at_ms / 1000) * 1000
}

export function filterOf(choice: SalesChoice, zone: string): SalesFilter {
  return {
    ...(choice.day
      ? {
          start_at: startOfDay(choice.day, zone),
          end_at: startOfDay(dayAfter(choice.day, 1), zone),
        }
      : {}),
    ...(choice.last_4 ? { last_4: choice.last_4 } : {}),
    ...(choice.state ? { claim_state: choice.state } : {}),
    ...(choice.customer ? { customer_id: choice.customer } : {}),
  }
}

export class SalesList extends Pages<Order> {
  #filter: SalesFilter = {}

  constructor() {
    super((cursor) => searchOrders(this.#filter, cursor))
  }

  async show(filter: SalesFilter): Promise<void> {
    this.#filter = filter
    await this.restart()
  }
}
