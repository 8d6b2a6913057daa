// Calendar days as the API writes them, and the hours of one that are worth showing.
import type { Sum } from '../../dayApi'

/** So many days later: `2026-11-30` and 1 make `2026-12-01`. */
export function dayBeside(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + by)
  return date.toISOString().slice(0, 10)
}

export interface Hour extends Sum {
  readonly hour: number
}

/** From the first hour with a sale to the last; none when there was none. */
export function hoursShown(hours: readonly Sum[]): readonly Hour[] {
  const all = hours.map((sum, hour) => ({ ...sum, hour }))
  const sold = all.filter(({ baskets }) => baskets > 0)
  const [first, last] = [sold[0], sold.at(-1)]
  return first && last ? all.slice(first.hour, last.hour + 1) : []
}
