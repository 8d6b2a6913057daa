// A customer's record: what is known of them, and what staff correct of it, in the dashboard and at the
// till.
import { get, put, remove, send, type Reply } from '../api'
import type { Money, Terminology, Units } from '../format'

export interface Address {
  readonly address_line_1?: string
  readonly address_line_2?: string
  readonly postal_code?: string
  readonly locality?: string
  readonly country?: string
}
export interface Customer {
  readonly id: string
  readonly version: number
  readonly created_at: string
  readonly given_name?: string
  readonly family_name?: string
  readonly nickname?: string
  readonly company_name?: string
  readonly email_address?: string
  readonly phone_number?: string
  /** Year 0000 when it was not told. */
  readonly birthday?: string
  readonly note?: string
  readonly reference_id?: string
  readonly creation_source?: string
  readonly address?: Address
}
/** What a change may replace; null clears. */
export type CustomerFields = {
  -readonly [K in keyof Omit<Customer, 'id' | 'version' | 'created_at' | 'creation_source'>]?:
    Customer[K] | null
}

export interface Account {
  readonly id: string
  readonly program_id: string
  readonly balance: number
  readonly lifetime_points: number
  readonly enrolled_at?: string
  readonly created_at: string
  readonly expiring_point_deadlines?: readonly {
    readonly points: number
    readonly expires_at: string
    /** When their owner is told; absent where nobody is. */
    readonly notice_at?: string
  }[]
  /** Earned, and not to be used before its day. */
  readonly pending?: readonly { readonly points: number; readonly ripe_at: string }[]
  readonly program: {
    readonly id: string
    readonly name: string
    readonly type: Units['type']
    readonly terminology: Terminology
  }
}
export interface Reward {
  readonly id: string
  readonly status: 'ISSUED' | 'REDEEMED' | 'DELETED'
  readonly loyalty_account_id: string
  readonly name?: string
  readonly points: number
  readonly created_at: string
  readonly redeemed_at?: string
  readonly expires_at?: string
  readonly expired_at?: string
}
export interface CreditNote {
  readonly id: string
  readonly code: string
  readonly amount_money: Money
  readonly balance_money: Money
  readonly reason: 'refund' | 'reward' | 'gesture'
  readonly note?: string
  readonly expires_at?: string
  readonly ended_at?: string
  readonly created_at: string
}
export interface Consent {
  readonly purpose: string
  readonly state: 'shown' | 'given' | 'withdrawn'
  readonly notice_version: string
  readonly language: string
  readonly source?: string
  readonly at: string
}
export interface SheetFigures {
  readonly orders: number
  readonly last_order_at?: string
  readonly average_money?: Money
  readonly total_money?: Money
  readonly rewards_taken: number
  readonly rewards_used: number
  readonly rewards_available: number
  readonly cashback_money: Money
  readonly cashback_earned_money: Money
  readonly credit_money: Money
}
export interface Summary {
  readonly customer: Customer
  readonly accounts: readonly Account[]
  readonly rewards: readonly Reward[]
  readonly credit_notes?: readonly CreditNote[]
  readonly cards: readonly {
    readonly id: string
    readonly brand?: string
    readonly last_4?: string
    readonly linked_at: string
  }[]
  /** Newest first. */
  readonly consents: readonly Consent[]
  readonly tags: readonly { readonly id: string; readonly name: string }[]
  readonly figures: SheetFigures
}

export function createCustomer(
  fields: CustomerFields,
  idempotency_key: string,
): Promise<Reply<{ customer: Customer }>> {
  return send('/v2/customers', { ...fields, idempotency_key })
}

export function changeCustomer(
  id: string,
  version: number,
  fields: CustomerFields,
): Promise<Reply<{ customer: Customer }>> {
  return put(`/v2/customers/${id}`, { ...fields, version })
}

export function readSummary(id: string): Promise<Reply<Summary>> {
  return get(`/v2/customers/${id}/summary`)
}

export interface Tag {
  readonly id: string
  readonly name: string
}
export async function readTags(): Promise<Reply<readonly Tag[]>> {
  const reply = await get<{ groups: readonly Tag[] }>('/v2/customers/groups')
  return reply.ok ? { ok: true, value: reply.value.groups } : reply
}

export function putTag(customer: string, tag: string): Promise<Reply<unknown>> {
  return put(`/v2/customers/${customer}/groups/${tag}`, {})
}

export function takeTag(customer: string, tag: string): Promise<Reply<unknown>> {
  return remove(`/v2/customers/${customer}/groups/${tag}`)
}

/** Whoever's name, number or address has these words. */
export async function findCustomers(
  words: string,
  limit: number,
): Promise<Reply<readonly Customer[]>> {
  const query = { filter: { text: { fuzzy: words } } }
  const reply = await send<{ customers: readonly Customer[] }>('/v2/customers/search', {
    query,
    limit,
  })
  return reply.ok ? { ok: true, value: reply.value.customers } : reply
}

export interface Adjustment {
  readonly account: string
  readonly points: number
  readonly reason: string
}
export function adjustPoints(
  { account, points, reason }: Adjustment,
  idempotency_key: string,
): Promise<Reply<unknown>> {
  return send(`/v2/loyalty/accounts/${account}/adjust`, {
    adjust_points: { points, ...(reason ? { reason } : {}) },
    idempotency_key,
  })
}
