// Times of the week as the API keeps them, iCalendar events at the shop's place, and as people choose
// them: on these days, the whole day or from one hour to another.

/** As iCalendar writes them, from Monday on. */
export const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Day = (typeof DAYS)[number]

export interface WeekTime {
  days: Day[]
  /** `08:00`; both '' for the whole day. */
  from: string
  to: string
}

export const EVERY_DAY: WeekTime = { days: [...DAYS], from: '', to: '' }
const DAY_MINUTES = 24 * 60

/** Minutes since midnight; undefined when it is no time of day. */
function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(text) ?? []
  if (hours === undefined || minutes === undefined) return undefined
  const value = Number(hours) * 60 + Number(minutes)
  return value < DAY_MINUTES ? value : undefined
}

function clockOf(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
}

const isWholeDay = ({ from, to }: WeekTime): boolean => from === '' && to === ''

/** Days chosen, and two different hours or none. A time may go past midnight. */
export function isWhole(time: WeekTime): boolean {
  if (time.days.length === 0) return false
  if (isWholeDay(time)) return true
  const [from, to] = [minutesOf(time.from), minutesOf(time.to)]
  return from !== undefined && to !== undefined && from !== to
}

/** The event of a time, from a first day on, `2026-11-22`, until a last one, or '' for none. */
export function eventOf(time: WeekTime, first: string, last = ''): string {
  const from = minutesOf(time.from) ?? 0
  const length = isWholeDay(time)
    ? DAY_MINUTES
    : ((minutesOf(time.to) ?? 0) - from + DAY_MINUTES) % DAY_MINUTES
  const start = `${first.replaceAll('-', '')}T${clockOf(from).replace(':', '')}00`
  const days = DAYS.filter((day) => time.days.includes(day))
  const rule = days.length === DAYS.length ? 'FREQ=DAILY' : `FREQ=WEEKLY;BYDAY=${days.join()}`
  return [
    'BEGIN:VEVENT',
    `DTSTART:${start}`,
    `DURATION:PT${length}M`,
    `RRULE:${[rule, ...(last ? [`UNTIL=${last.replaceAll('-', '')}`] : [])].join(';')}`,
    'END:VEVENT',
  ].join('\n')
}

function lengthOf(duration: string): number | undefined {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(duration)
  if (!parts) return undefined
  const [days = 0, hours = 0, minutes = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  return days * DAY_MINUTES + hours * 60 + minutes
}

/** The time of an event; undefined where it is more than this page can say. */
export function timeOf(event: string): WeekTime | undefined {
  const part = (name: string): string =>
    new RegExp(`^${name}:(.*)$`, 'm').exec(event)?.[1]?.trim() ?? ''
  const [, date, hour, minute] = /^(\d{8})T(\d{2})(\d{2})/.exec(part('DTSTART')) ?? []
  const length = lengthOf(part('DURATION'))
  const rule = part('RRULE')
  if (!date || !hour || !minute || !length || rule === '') return undefined
  const named = /BYDAY=([A-Z,]+)/.exec(rule)?.[1]?.split(',')
  const days = DAYS.filter((day) => (named ? named.includes(day) : rule.includes('FREQ=DAILY')))
  if (days.length === 0) return undefined
  if (length === DAY_MINUTES && `${hour}${minute}` === '0000') return { days, from: '', to: '' }
  const from = Number(hour) * 60 + Number(minute)
  return { days, from: clockOf(from), to: clockOf((from + length) % DAY_MINUTES) }
}
