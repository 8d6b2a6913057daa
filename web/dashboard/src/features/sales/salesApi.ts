// Sales: every order that a till told us of.
import { get, send, type Reply } from '$shared/api'
import type { Money } from '$shared/format'
import type { Page } from '$shared/state/pages.svelte'

export const CLAIM_STATES = ['WAITING', 'CLAIMED', 'EXPIRED', 'CANCELED', 'NONE'] as const
export type ClaimState = (typeof CLAIM_STATES)[number]

export interface Order {
  readonly id: string
  readonly location_id: string
  readonly state: string
  readonly total_money: Money
  readonly refunded_money?: Money
  readonly closed_at?: string
  readonly created_at: string
  readonly line_items?: readonly {
    readonly name?: string
    readonly quantity: string
    readonly total_money?: Money
  }[]
  readonly tenders?: readonly {
    readonly type: string
    readonly card_details?: {
      readonly card?: { readonly card_brand?: string; readonly last_4?: string }
    }
  }[]
  /** Who got the points. */
  readonly customer_id?: string
  readonly source?: { readonly name: string; readonly vendor?: string }
  readonly register?: { readonly id: string; readonly name: string } | null
  readonly points?: number
  readonly claim_state: ClaimState
  readonly paid_by?: { readonly customer_id: string; readonly name?: string }
}

export interface SalesFilter {
  readonly start_at?: string
  readonly end_at?: string
  readonly last_4?: string
  readonly claim_state?: ClaimState
  readonly customer_id?: string
}

export async function searchOrders(
  { start_at, end_at, last_4, claim_state, customer_id }: SalesFilter,
  cursor: string | undefined,
): Promise<Reply<Page<Order>>> {
  const reply = await send<{ orders: readonly Order[]; cursor?: string }>('/v2/orders/search', {
    query: {
      filter: {
        ...(start_at && end_at ? { closed_at: { start_at, end_at } } : {}),
        ...(last_4 ? { card_last_4: last_4 } : {}),
        ...(claim_state ? { claim_state } : {}),
        ...(customer_id ? { customer_id } : {}),
      },
    },
    limit: 30,
    ...(cursor ? { cursor } : {}),
  })
  if (!reply.ok) return reply
  return { ok: true, value: { items: reply.value.orders, cursor: reply.value.cursor } }
}

export async function readOrder(id: string): Promise<Reply<Order>> {
  const reply = await get<{ order: Order }>(`/v2/orders/${id}`)
  return reply.ok ? { ok: true, value: reply.value.order } : reply
}
