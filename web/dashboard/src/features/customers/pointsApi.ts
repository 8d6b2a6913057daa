// A customer's points and rewards: what staff may do with them, and what happened to them.
import { get, remove, send, type Reply } from '$shared/api'
import type { Money } from '$shared/format'
import type { Earning } from '$shared/programs/explain'
import type { Page } from '$shared/state/pages.svelte'
import { queryOf, type ActivityFilter } from './activityFilter'
import type { CreditNote, Customer, Reward } from '$shared/person/personApi'

export const EVENT_TYPES = [
  'ACCUMULATE_POINTS',
  'ACCUMULATE_PROMOTION_POINTS',
  'CREATE_REWARD',
  'REDEEM_REWARD',
  'DELETE_REWARD',
  'ADJUST_POINTS',
  'EXPIRE_POINTS',
  'OTHER',
] as const
export type EventType = (typeof EVENT_TYPES)[number]
export type ActorKind = 'STAFF' | 'KEY' | 'TABLET' | 'CUSTOMER' | 'POS' | 'SYSTEM'

export type ReturnReason = 'DEFECTIVE' | 'MISTAKE' | 'CHANGED_MIND' | 'OTHER'

interface EventBlock {
  readonly loyalty_program_id: string
  /** Negative when they left the account. */
  readonly points?: number
  readonly reward_id?: string
  readonly order_id?: string
  readonly reason?: string
}
export interface LoyaltyEvent {
  readonly id: string
  readonly type: EventType
  readonly created_at: string
  readonly loyalty_account_id: string
  readonly location_id?: string
  readonly actor?: { readonly kind: ActorKind; readonly id?: string; readonly name?: string }
  /** An order took points back: a refund of it, or that it is void. */
  readonly order_return?: { readonly kind: 'REFUND' | 'VOID'; readonly reason?: ReturnReason }
  readonly accumulate_points?: EventBlock
  readonly accumulate_promotion_points?: EventBlock
  readonly create_reward?: EventBlock
  readonly redeem_reward?: EventBlock
  readonly delete_reward?: EventBlock
  readonly adjust_points?: EventBlock
  readonly expire_points?: EventBlock
  readonly other_event?: EventBlock
}

/** An event's one block, named after its type. */
export function blockOf(event: LoyaltyEvent): EventBlock | undefined {
  return (
    event.accumulate_points ??
    event.accumulate_promotion_points ??
    event.create_reward ??
    event.redeem_reward ??
    event.delete_reward ??
    event.adjust_points ??
    event.expire_points ??
    event.other_event
  )
}

export async function searchEvents(
  customer_id: string,
  filter: ActivityFilter,
  cursor: string | undefined,
  limit = 20,
): Promise<Reply<Page<LoyaltyEvent>>> {
  const reply = await send<{ events: readonly LoyaltyEvent[]; cursor?: string }>(
    '/v2/loyalty/events/search',
    {
      query: { filter: { customer_filter: { customer_id }, ...queryOf(filter) } },
      limit,
      ...(cursor ? { cursor } : {}),
    },
  )
  if (!reply.ok) return reply
  return { ok: true, value: { items: reply.value.events, cursor: reply.value.cursor } }
}

interface Enrolment {
  readonly customer_id: string
  readonly program_id: string
  readonly phone_number?: string
}
export function wishOf({ id, phone_number }: Customer, program_id: string): Enrolment {
  return { customer_id: id, program_id, ...(phone_number ? { phone_number } : {}) }
}

/** Makes a customer a member of a programme. */
export function enrol(wish: Enrolment, idempotency_key: string): Promise<Reply<unknown>> {
  const { customer_id, program_id, phone_number } = wish
  return send('/v2/loyalty/accounts', {
    loyalty_account: {
      program_id,
      customer_id,
      ...(phone_number ? { mapping: { phone_number } } : {}),
    },
    idempotency_key,
  })
}

export function takeReward(
  wish: { account: string; tier: string },
  idempotency_key: string,
): Promise<Reply<{ reward: Reward }>> {
  return send('/v2/loyalty/rewards', {
    reward: { loyalty_account_id: wish.account, reward_tier_id: wish.tier },
    idempotency_key,
  })
}

export function handOver(
  wish: { reward: string; location_id: string },
  idempotency_key: string,
): Promise<Reply<unknown>> {
  return send(`/v2/loyalty/rewards/${wish.reward}/redeem`, {
    idempotency_key,
    location_id: wish.location_id,
  })
}

export function giveUp(wish: { reward: string }): Promise<Reply<unknown>> {
  return remove(`/v2/loyalty/rewards/${wish.reward}`)
}

export function putBack(
  wish: { reward: string },
  idempotency_key: string,
): Promise<Reply<unknown>> {
  return send(`/v2/loyalty/rewards/${wish.reward}/put-back`, { idempotency_key })
}

/** Why an order earned what it did, in one account. */
export async function readEarning(account: string, order: string): Promise<Reply<Earning>> {
  const path = `/v2/loyalty/accounts/${account}/earnings/${order}`
  const reply = await get<{ earning: Earning }>(path)
  return reply.ok ? { ok: true, value: reply.value.earning } : reply
}

export interface NewNote {
  readonly customer_id: string
  readonly amount_money: Money
  readonly note?: string
  readonly expires_at?: string
}
export function issueNote(
  wish: NewNote,
  idempotency_key: string,
): Promise<Reply<{ credit_note: CreditNote }>> {
  const credit_note = { ...wish, reason: 'gesture' }
  return send('/v2/credit-notes', { credit_note, idempotency_key })
}

export function endNote(wish: { note: string }): Promise<Reply<unknown>> {
  return send(`/v2/credit-notes/${wish.note}/end`, {})
}
