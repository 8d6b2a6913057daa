// Which days are looked at, and what is in circulation at their end. No markup, no text.
import type { Point } from '$shared/chart'
import type { Money, Units } from '$shared/format'
import { Loaded } from '$shared/state/loaded.svelte'
import { dayAfter } from '../home/home.svelte'
import {
  readLiability,
  type Flows,
  type Liability,
  type Period,
  type ProgramLiability,
} from './circulationApi'

/** As many as the journal may have. */
export const DAYS_MAX = 400
const DAYS_FIRST = 30
const DAY_MS = 86_400_000

export const SPANS = ['days', 'lastMonth', 'year', 'lastYear'] as const
export type Span = (typeof SPANS)[number]

/** The days of a span, today being the last that there is. */
export function periodOf(span: Span, today: string): Period {
  const [year = '', month = ''] = today.split('-')
  const firstOfMonth = `${year}-${month}-01`
  const lastYear = String(Number(year) - 1)
  switch (span) {
    case 'days':
      return { from: dayAfter(today, 1 - DAYS_FIRST), to: today }
    case 'lastMonth': {
      const to = dayAfter(firstOfMonth, -1)
      return { from: `${to.slice(0, 8)}01`, to }
    }
    case 'year':
      return { from: `${year}-01-01`, to: today }
    case 'lastYear':
      return { from: `${lastYear}-01-01`, to: `${lastYear}-12-31` }
  }
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

/** What is wrong with a period: '' when nothing is. */
export function wrongWith({ from, to }: Period): '' | 'incomplete' | 'backwards' | 'long' {
  if (!isDay(from) || !isDay(to)) return 'incomplete'
  if (from > to) return 'backwards'
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  return days > DAYS_MAX ? 'long' : ''
}

/** From the address, or the last thirty days. */
export function periodIn(query: URLSearchParams, today: string): Period {
  const period = { from: query.get('from') ?? '', to: query.get('to') ?? '' }
  return wrongWith(period) ? periodOf('days', today) : period
}

/** One thing that is owed: a programme's points, or credit notes, which are money alone. */
export interface Owing {
  /** The programme's, or 'notes', as it stands in the address. */
  readonly id: string
  readonly program?: ProgramLiability
  readonly units?: Units
  readonly counts?: Flows<number>
  readonly money?: Flows<Money>
  /** At the end of each day: in money where it is known. */
  readonly days: readonly Point[]
}

function hasMoney(money: Partial<Flows<Money>>): money is Flows<Money> {
  return money.closing !== undefined
}

function ofProgram(program: ProgramLiability, liability: Liability): Owing {
  const { money } = program
  const days = liability.days.map(({ day, programs }) => {
    const one = programs.find(({ program_id }) => program_id === program.program_id)
    return { day, value: one?.closing_money?.amount ?? one?.closing ?? 0 }
  })
  const isMoney = program.type === 'cashback'
  return {
    id: program.program_id,
    program,
    days,
    ...(isMoney ? {} : { units: program, counts: program }),
    ...(hasMoney(money) ? { money } : {}),
  }
}

const moves = <T>(flows: Flows<T>, amount: (value: T) => number): boolean =>
  [flows.opening, flows.issued, flows.redeemed, flows.expired, flows.returned, flows.adjusted].some(
    (value) => amount(value) !== 0,
  )

/** Every programme, and credit notes once there are any. */
export function owingsOf(liability: Liability): readonly Owing[] {
  const programs = liability.programs.map((program) => ofProgram(program, liability))
  const { credit_notes: money } = liability
  if (!moves(money, ({ amount }) => amount)) return programs
  const days = liability.days.map(({ day, credit_notes_money }) => ({
    day,
    value: credit_notes_money.amount,
  }))
  return [...programs, { id: 'notes', money, days }]
}

/** Nothing was ever given, so there is nothing to tell. */
export function isEmpty(liability: Liability): boolean {
  return (
    !liability.programs.some(
      (program) => moves(program, (value) => value) || program.pending > 0,
    ) && !moves(liability.credit_notes, ({ amount }) => amount)
  )
}

export class Circulation {
  readonly liability: Loaded<Liability>
  #period: Period

  constructor(period: Period) {
    this.#period = period
    this.liability = new Loaded<Liability>(() => readLiability(this.#period))
  }

  async show(period: Period): Promise<void> {
    this.#period = period
    await this.liability.load()
  }
}
