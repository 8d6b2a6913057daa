// Where the lines, bars and figures of a chart stand. No markup, no words.

export interface Point {
  /** `2026-11-22` */
  readonly day: string
  readonly value: number
}

/** Room for the figures at the left and the days below, in CSS pixels. */
export const ROOM = { top: 12, right: 8, bottom: 28, left: 52 } as const

/** Round figures for the lines behind: the highest is not below `most`. */
export function ticksOf(most: number, about = 4): readonly number[] {
  if (most <= 0) return [0, 1]
  const rough = most / about
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(
    1,
    [1, 2, 2.5, 5, 10].map((part) => part * magnitude).find((size) => size >= rough) ?? rough,
  )
  const whole = Number.isInteger(step) ? step : Math.ceil(step)
  return Array.from({ length: Math.ceil(most / whole) + 1 }, (_, i) => i * whole)
}

export class Scale {
  readonly ticks: readonly number[]
  readonly #top: number

  constructor(
    readonly points: readonly Point[],
    readonly width: number,
    readonly height: number,
  ) {
    this.ticks = ticksOf(Math.max(0, ...points.map(({ value }) => value)))
    this.#top = this.ticks.at(-1) ?? 1
  }

  /** How much of the width one day has. */
  get band(): number {
    return Math.max(0, this.width - ROOM.left - ROOM.right) / Math.max(1, this.points.length)
  }

  x(place: number): number {
    return ROOM.left + this.band * (place + 0.5)
  }

  y(value: number): number {
    const inside = this.height - ROOM.top - ROOM.bottom
    return ROOM.top + inside * (1 - Math.max(0, value) / this.#top)
  }

  get line(): string {
    return this.points
      .map(({ value }, i) => `${i ? 'L' : 'M'}${this.x(i).toFixed(1)} ${this.y(value).toFixed(1)}`)
      .join('')
  }

  /** The line, closed along the ground. */
  get area(): string {
    const ground = this.y(0).toFixed(1)
    const last = this.x(this.points.length - 1).toFixed(1)
    return this.points.length
      ? `${this.line}L${last} ${ground}L${this.x(0).toFixed(1)} ${ground}z`
      : ''
  }

  /** A bar with round shoulders that stands on the ground; a day with nothing has none. */
  bar(place: number): string {
    const { value } = this.points[place] ?? { value: 0 }
    const [ground, top] = [this.y(0), this.y(value)]
    const wide = Math.max(1, Math.min(28, this.band * 0.72))
    const round = Math.min(4, wide / 2, ground - top)
    if (value <= 0) return ''
    const left = this.x(place) - wide / 2
    const shoulders = `q0-${round} ${round}-${round}h${wide - 2 * round}q${round} 0 ${round} ${round}`
    return `M${left} ${ground}V${top + round}${shoulders}V${ground}z`
  }

  /** Days that have room for their names below: the last one always, the others evenly before it. */
  named(room_px: number): readonly number[] {
    const every = Math.max(1, Math.ceil(room_px / Math.max(1, this.band)))
    return this.points.map((_, i) => i).filter((i) => (this.points.length - 1 - i) % every === 0)
  }

  /** The day under a finger or a mouse. */
  at(x: number): number {
    const place = Math.floor((x - ROOM.left) / Math.max(1, this.band))
    return Math.min(this.points.length - 1, Math.max(0, place))
  }
}
