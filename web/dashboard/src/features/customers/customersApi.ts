// The directory: customers, and all that is known of one of them.
import { get, put, remove, send, type Reply } from '$shared/api'
import type { Money, Terminology } from '$shared/format'
import type { ProgramType } from '../../shopApi'
import type { Page } from '../../state/pages.svelte'
import { queryOf, type Filter, type Sort } from './directoryApi'

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
    readonly type: ProgramType
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

/** A customer of the list, with the balances of their programmes. */
export interface ListedCustomer extends Customer {
  readonly group_ids: readonly string[]
  readonly visits: number
  readonly spend_money: Money
  readonly last_visit_at?: string
  readonly accounts: readonly Pick<Account, 'program_id' | 'balance'>[]
}

const PAGE = 30

/** The balances of a page's customers; without them the list is shown all the same. */
async function withBalances(
  customers: readonly Omit<ListedCustomer, 'accounts'>[],
): Promise<readonly ListedCustomer[]> {
  const customer_ids = customers.map(({ id }) => id)
  const reply = await (customer_ids.length
    ? send<{ loyalty_accounts?: readonly (Account & { customer_id?: string })[] }>(
        '/v2/loyalty/accounts/search',
        { query: { customer_ids }, limit: 200 },
      )
    : undefined)
  const accounts = reply?.ok ? (reply.value.loyalty_accounts ?? []) : []
  return customers.map((customer) => ({
    ...customer,
    accounts: accounts.filter(({ customer_id }) => customer_id === customer.id),
  }))
}

export interface Search {
  readonly words: string
  readonly filter: Filter
  readonly sort: Sort
}

export async function searchCustomers(
  { words, filter, sort }: Search,
  cursor: string | undefined,
): Promise<Reply<Page<Omit<ListedCustomer, 'accounts'>>>> {
  const reply = await send<{
    customers: readonly Omit<ListedCustomer, 'accounts'>[]
    cursor?: string
  }>('/v2/customers/search', {
    query: {
      ...queryOf(words, filter),
      sort: { field: sort, order: sort === 'NAME' ? 'ASC' : 'DESC' },
    },
    limit: PAGE,
    ...(cursor ? { cursor } : {}),
  })
  if (!reply.ok) return reply
  return { ok: true, value: { items: reply.value.customers, cursor: reply.value.cursor } }
}

export async function listCustomers(
  search: Search,
  cursor: string | undefined,
): Promise<Reply<Page<ListedCustomer>>> {
  const reply = await searchCustomers(search, cursor)
  if (!reply.ok) return reply
  const items = await withBalances(reply.value.items)
  return { ok: true, value: { items, cursor: reply.value.cursor } }
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

export function removeCustomer(id: string): Promise<Reply<unknown>> {
  return remove(`/v2/customers/${id}`)
}

export function readSummary(id: string): Promise<Reply<Summary>> {
  return get(`/v2/customers/${id}/summary`)
}

export interface SignIn {
  readonly url: string
  readonly expires_at: string
}
export async function makeSignIn(customer_id: string): Promise<Reply<SignIn>> {
  const reply = await send<{ sign_in: SignIn }>('/v2/till/sign-in-link', { customer_id })
  return reply.ok ? { ok: true, value: reply.value.sign_in } : reply
}
