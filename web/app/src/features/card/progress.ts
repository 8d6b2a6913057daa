// How far a balance is from the rewards of its program. The server knows what may be taken; this only
// chooses what the card says.
import type { Expiring, Program, Tier } from '../../appApi'

export interface Progress {
  /** What the balance pays for, the dearest first. */
  readonly reached: readonly Tier[]
  /** The nearest of the others; undefined when everything is reached, or there is nothing. */
  readonly next: Tier | undefined
  /** Points until then. */
  readonly missing: number
}

export function progressOf(program: Program, balance: number): Progress {
  const tiers = [...program.reward_tiers].sort((a, b) => a.points - b.points)
  const next = tiers.find(({ points }) => points > balance)
  return {
    reached: tiers.filter(({ points }) => points <= balance).reverse(),
    next,
    missing: next ? next.points - balance : 0,
  }
}

const SOON_MS = 60 * 86_400_000

/** What ends soon: from the day on that the program says, or within two months. */
export function expiringSoon(all: readonly Expiring[], now_ms: number): readonly Expiring[] {
  return all.filter(
    ({ expires_at, notice_at }) =>
      (notice_at ? Date.parse(notice_at) : Date.parse(expires_at) - SOON_MS) <= now_ms,
  )
}

/** More stamps than this would be too small to be seen as stamps. */
export const STAMPS_MAX = 20

/** Whether the way to a goal is drawn as stamps. */
export function isStamped(program: Program, goal: number): boolean {
  return program.type === 'stamps' && goal > 0 && goal <= STAMPS_MAX
}
