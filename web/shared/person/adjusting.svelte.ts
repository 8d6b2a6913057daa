// Adding or taking points by hand: what was typed, what it comes to, and doing it once.
import { unitsOf, type Writing } from '../programs/typedTier'
import type { Units } from '../format'
import { Intention } from '../state/intention.svelte'
import type { Account } from './personApi'
import { adjustPoints, type Adjustment } from './personApi'

export type Direction = 'add' | 'take'
export const POINTS_MAX = 1_000_000_000

export interface Typed {
  direction: Direction
  points: string
  reason: string
}

/** The points meant, or the money of a cashback programme, always positive; undefined when the text is
    no such number. */
export function pointsOf(text: string, type: Units['type'], writing: Writing): number | undefined {
  const value = unitsOf(text, type, writing)
  return value !== undefined && value > 0 && value <= POINTS_MAX ? value : undefined
}

export class Adjusting {
  readonly intention = new Intention()
  #type: Units['type']
  #writing: Writing

  constructor(type: Units['type'], writing: Writing) {
    this.#type = type
    this.#writing = writing
  }

  /** With its sign: what the account moves by. */
  change({ direction, points }: Typed): number | undefined {
    const value = pointsOf(points, this.#type, this.#writing)
    if (value === undefined) return undefined
    return direction === 'add' ? value : -value
  }

  /** What the balance would be, as far as this screen knows; the server decides. */
  preview(account: Account, typed: Typed): number | undefined {
    const change = this.change(typed)
    return change === undefined ? undefined : account.balance + change
  }

  async run(account: string, typed: Typed): Promise<Adjustment | undefined> {
    const points = this.change(typed)
    if (points === undefined) return undefined
    const wish: Adjustment = { account, points, reason: typed.reason.trim() }
    return (await this.intention.run(wish, adjustPoints)) ? wish : undefined
  }
}
