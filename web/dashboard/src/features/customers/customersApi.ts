// The directory: customers, page by page; one of them is in $shared/person.
import { remove, send, type Reply } from '$shared/api'
import type { Money } from '$shared/format'
import type { Account, Customer } from '$shared/person/personApi'
import type { Page } from '$shared/state/pages.svelte'
import { queryOf, type Filter, type Sort } from './directoryApi'

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

export function removeCustomer(id: string): Promise<Reply<unknown>> {
  return remove(`/v2/customers/${id}`)
}

export interface SignIn {
  readonly url: string
  readonly expires_at: string
}
export async function makeSignIn(customer_id: string): Promise<Reply<SignIn>> {
  const reply = await send<{ sign_in: SignIn }>('/v2/till/sign-in-link', { customer_id })
  return reply.ok ? { ok: true, value: reply.value.sign_in } : reply
}
