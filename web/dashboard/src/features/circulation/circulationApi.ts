// What the shop owes its customers, typed as openapi.yaml describes it.
import { get, type Reply } from '$shared/api'
import type { Money, Terminology } from '$shared/format'

/** What moved in a time, and what was there before and after. */
export interface Flows<T> {
  readonly opening: T
  readonly issued: T
  readonly redeemed: T
  readonly expired: T
  readonly returned: T
  readonly adjusted: T
  readonly closing: T
}

/** What a point is worth, and who says so. */
export interface Worth {
  readonly from: 'SET' | 'BEST_REWARD' | 'CASHBACK' | 'NONE'
  readonly points?: number
  readonly money?: Money
  readonly reward_tier_name?: string
}

export interface ProgramLiability extends Flows<number> {
  readonly program_id: string
  readonly name: string
  readonly type: 'points' | 'stamps' | 'cashback'
  readonly terminology: Terminology
  /** By customers, after a refund of what they had spent already. */
  readonly owed: number
  readonly pending: number
  /** Without figures when nothing tells what a point is worth. */
  readonly money: { readonly value: Worth } & Partial<Flows<Money>>
}

export interface LiabilityDay {
  readonly day: string
  readonly programs: readonly {
    readonly program_id: string
    readonly closing: number
    readonly closing_money?: Money
  }[]
  readonly credit_notes_money: Money
}

export interface Liability {
  readonly from: string
  readonly to: string
  readonly programs: readonly ProgramLiability[]
  readonly credit_notes: Flows<Money>
  /** Of all programmes whose points' worth is known, and credit notes, at the end. */
  readonly total_money: Money
  readonly days: readonly LiabilityDay[]
}

export interface Period {
  readonly from: string
  readonly to: string
}

export function readLiability({ from, to }: Period): Promise<Reply<Liability>> {
  return get(`/v2/insight/liability?from=${from}&to=${to}`)
}

/** Where the file for the accountant is; with decimals as spreadsheets of the country read them. */
export function journalHref({ from, to }: Period, decimal: 'point' | 'comma'): string {
  return `/v2/insight/liability/journal?from=${from}&to=${to}&decimal=${decimal}`
}
