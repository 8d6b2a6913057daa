// Who is who: two records that are one person, their number, their cards, a credit for the wrong one.
import { get, put, send, type Reply } from '../api'
import type { Money } from '../format'
import type { Account, Customer } from './personApi'

export interface Side {
  readonly customer: Customer
  readonly accounts: readonly Account[]
  readonly rewards: number
  readonly credit_notes_money: Money
  readonly cards: number
}
export interface Preview {
  readonly customer: Side
  readonly merged_customer: Side
  readonly result: Customer
}
export interface Merge {
  readonly id: string
  readonly created_at: string
  readonly undo_until: string
  readonly undone_at?: string
  readonly can_be_undone: boolean
  /** As they were, while it can be undone. */
  readonly merged_customer?: Customer
}
export interface MergeDone {
  readonly merge: Merge
  readonly customer: Side
}
export type DuplicateBy = 'PHONE' | 'EMAIL' | 'CARD' | 'NAME'
export interface Duplicate {
  readonly customer: Customer
  readonly reasons: readonly DuplicateBy[]
}
export interface MergeWish {
  readonly customer_id: string
  readonly merged_customer_id: string
  readonly phone_number?: string
}

export function previewMerge(
  customer_id: string,
  merged_customer_id: string,
): Promise<Reply<Preview>> {
  return send('/v2/customers/merge/preview', { customer_id, merged_customer_id })
}

export function mergeCustomers(
  wish: MergeWish,
  idempotency_key: string,
): Promise<Reply<MergeDone>> {
  return send('/v2/customers/merge', { ...wish, idempotency_key })
}

export function undoMerge(merge: string, idempotency_key: string): Promise<Reply<MergeDone>> {
  return send(`/v2/customers/merges/${merge}/undo`, { idempotency_key })
}

export async function listMerges(customer: string): Promise<Reply<readonly Merge[]>> {
  const reply = await get<{ merges: readonly Merge[] }>(`/v2/customers/${customer}/merges`)
  return reply.ok ? { ok: true, value: reply.value.merges } : reply
}

export async function listDuplicates(customer: string): Promise<Reply<readonly Duplicate[]>> {
  const reply = await get<{ duplicates: readonly Duplicate[] }>(
    `/v2/customers/${customer}/duplicates`,
  )
  return reply.ok ? { ok: true, value: reply.value.duplicates } : reply
}

export function changePhone(wish: {
  readonly account: string
  readonly phone_number: string
}): Promise<Reply<{ customer: Customer }>> {
  return put(`/v2/loyalty/accounts/${wish.account}/phone`, { phone_number: wish.phone_number })
}

export function unlinkCards(wish: {
  readonly customer: string
  readonly card_ids: readonly string[]
}): Promise<Reply<unknown>> {
  return send(`/v2/customers/${wish.customer}/cards/unlink`, { card_ids: wish.card_ids })
}
