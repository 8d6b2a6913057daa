// The way out for the shop's own people: five taps in an upper corner, one soon after the other.

const TAPS = 5
const CORNER_PX = 96
const WITHIN_MS = 3_000

export class CornerTaps {
  #times: readonly number[] = []

  /** True at the fifth tap. */
  tap(x: number, y: number, width: number, at_ms: number): boolean {
    const isCorner = y <= CORNER_PX && (x <= CORNER_PX || x >= width - CORNER_PX)
    if (!isCorner) {
      this.#times = []
      return false
    }
    this.#times = [...this.#times, at_ms].filter((time) => at_ms - time <= WITHIN_MS)
    if (this.#times.length < TAPS) return false
    this.#times = []
    return true
  }
}
