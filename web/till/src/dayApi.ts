// The calls of the till's day and of what it gives back, typed as openapi.yaml describes them.
import { get, send, type Reply } from '$shared/api'
import type { Money } from '$shared/format'
import type { CreditNote, Order, Reason } from './tillApi'

export interface Sum {
  readonly baskets: number
  readonly total_money: Money
}

interface Moment {
  readonly at: string
  readonly name?: string
}

export interface TillDay extends Sum {
  readonly day: string
  readonly opened: Moment | null
  readonly closed: Moment | null
  readonly is_today: boolean
  readonly time_zone: string
  readonly start_at: string
  readonly end_at: string
  readonly average_money: Money
  readonly net_money: Money
  readonly known_baskets: number
  readonly customers: number
  readonly customers_new: number
  readonly points: number
  readonly rewards_used: number
  readonly rewards_money: Money
  readonly credit_money: Money
  readonly credit_notes_money: Money
  readonly refunds: number
  readonly refunded_money: Money
  readonly refunded_to_notes_money: Money
  readonly voids: Sum
  readonly hours: readonly Sum[]
  readonly servers: readonly (Sum & { readonly team_member_id?: string; readonly name?: string })[]
}

/** Without a day: today, where the till stands. */
export const readDay = (location_id: string, day?: string): Promise<Reply<{ day: TillDay }>> =>
  send('/v2/till/day', { location_id, ...(day === undefined ? {} : { day }) })

export const closeDay = (location_id: string, idempotency_key: string): Promise<Reply<unknown>> =>
  send('/v2/till/day/close', { location_id, idempotency_key })

export interface Returned {
  readonly uid: string
  readonly quantity: string
  readonly amount_money: Money
}

export interface SoldLine {
  readonly uid: string
  readonly name: string
  readonly quantity: string
  readonly total_money: Money
}

/** A sale with what went back of it. */
export interface SoldOrder extends Order {
  readonly line_items: readonly SoldLine[]
  readonly returned_line_items: readonly Returned[]
  readonly net_amounts: { readonly total_money: Money }
}

export const readOrder = (id: string): Promise<Reply<{ order: SoldOrder }>> =>
  get(`/v2/orders/${id}`)

export const REASONS: readonly Reason[] = ['DEFECTIVE', 'MISTAKE', 'CHANGED_MIND', 'OTHER']

/** An amount, lines, or neither: the sale is void. */
export interface RefundWish {
  readonly amount_money?: Money
  readonly line_items?: readonly { readonly uid: string; readonly quantity: string }[]
  readonly reason?: Reason
  readonly to_credit_note?: boolean
}

export const quoteRefund = (
  order_id: string,
  wish: RefundWish,
): Promise<Reply<{ quote: { readonly amount_money: Money } }>> =>
  send(`/v2/till/sales/${order_id}/refund-quote`, wish)

export interface Given {
  readonly order: Order
  /** null: the sale is void. */
  readonly refund: { readonly amount_money: Money } | null
  readonly credit_note: (CreditNote & { readonly customer_id?: string }) | null
  readonly moved: readonly {
    readonly program_id: string
    readonly points: number
    readonly balance: number
  }[]
}

export const giveBack = (
  order_id: string,
  wish: RefundWish,
  idempotency_key: string,
): Promise<Reply<Given>> => send(`/v2/till/sales/${order_id}/refund`, { ...wish, idempotency_key })

/** What one has just sold by mistake: it is void. */
export const undoSale = (
  { order, reason }: { readonly order: string; readonly reason: Reason },
  idempotency_key: string,
): Promise<Reply<Pick<Given, 'order' | 'moved'>>> =>
  send(`/v2/till/sales/${order}/void`, { reason, idempotency_key })
