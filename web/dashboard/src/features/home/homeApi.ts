// The figures of each day, and what needs attention.
import { get, type Reply } from '$shared/api'
import type { Money } from '$shared/format'

export interface Figures {
  readonly orders: number
  /** Sales credited to somebody. */
  readonly visits: number
  readonly revenue_money: Money
  readonly points_earned: number
  readonly points_spent: number
  readonly rewards_used: number
  readonly customers_new: number
}
export interface Day extends Figures {
  /** In the shop's own time zone: "2026-11-22". */
  readonly day: string
}
export interface Days {
  readonly days: readonly Day[]
  readonly totals: Figures
  /** The same length of time before. */
  readonly previous: Figures
}

export type AttentionKind =
  | 'tablet_silent'
  | 'tablet_unpaired'
  | 'establishment_unlinked'
  | 'register_without_tablet'
  | 'no_program'
  | 'no_reward'
  | 'suspicion'
  | 'orders_expired'
  | 'no_tablet_pin'
  | 'no_customer'
export interface Attention {
  readonly kind: AttentionKind
  readonly subject?: { readonly id?: string; readonly name?: string }
  readonly count?: number
  readonly since?: string
}

export function readDays(from: string, to: string): Promise<Reply<Days>> {
  return get(`/v2/insight/days?from=${from}&to=${to}`)
}

export async function readAttention(): Promise<Reply<readonly Attention[]>> {
  const reply = await get<{ attention: readonly Attention[] }>('/v2/insight/attention')
  return reply.ok ? { ok: true, value: reply.value.attention } : reply
}
