// The till's calls, typed as openapi.yaml describes them.
import { get, remove, send, type Reply } from '$shared/api'
import type { Money, Units } from '$shared/format'

export interface Session {
  readonly session: {
    readonly merchant: {
      readonly id: string
      readonly name: string
      readonly language: string
      readonly currency: string
      readonly country: string
      readonly time_zone: string
      /** Absent when the merchant chose no colour. */
      readonly brand_color?: string
    }
    readonly team_member?: { readonly id: string; readonly name: string; readonly email: string }
    readonly permissions: readonly string[]
  }
  readonly csrf_token: string
}

export interface Place {
  readonly id: string
  readonly name: string
}

export interface Item {
  readonly id: string
  readonly name: string
  readonly category?: string
  readonly variation_id?: string
  readonly price_money: Money
}

export interface Program extends Units {
  readonly id: string
  readonly name: string
}

export interface Notice {
  readonly version: string | number
  readonly language: string
  readonly text: string
}

export interface Opening {
  readonly till: { readonly register: Place; readonly location: Place }
  readonly items: readonly Item[]
  readonly program: Program | null
  readonly notice: Notice
  readonly locations: readonly Place[]
}

export interface Account {
  readonly id: string
  readonly balance: number
  readonly program: Program
}

export interface Reward {
  readonly id: string
  readonly name: string
}

export interface Tier {
  readonly tier_id: string
  readonly name: string
  readonly points: number
}

export interface Found {
  readonly customer: {
    readonly id: string
    readonly given_name?: string
    readonly family_name?: string
    readonly phone_number?: string
  }
  readonly accounts: readonly Account[]
  /** Taken and not used yet. */
  readonly rewards: readonly Reward[]
  /** What their points would give now. */
  readonly takeable: readonly Tier[]
}

export interface SaleLine {
  readonly name: string
  readonly quantity: string
  readonly price_money: Money
  readonly item_id?: string
}

export type ClaimState = 'NONE' | 'WAITING' | 'CLAIMED' | 'EXPIRED' | 'CANCELED'

export interface Order {
  readonly id: string
  readonly total_money: Money
  readonly refunded_money?: Money
  readonly closed_at?: string
  readonly created_at: string
  readonly points?: number
  readonly claim_state: ClaimState
  readonly state: string
  readonly source?: { readonly name?: string }
}

interface Goal {
  readonly name: string
  readonly points: number
}

/** What a customer got, whether they were named before the sale or after. */
export interface Earned {
  readonly points: number
  readonly balance: number
  readonly reward_available: Goal | null
  readonly next_reward: (Goal & { readonly missing: number }) | null
}

export interface Sale {
  readonly order: Order
  readonly earned: Earned | null
  /** What it gives to somebody who joins now. */
  readonly waiting_points: number
}

export interface Claim {
  readonly order_id: string
  readonly points: number
  readonly is_new: boolean
  readonly account: { readonly id: string; readonly balance: number }
  readonly next_reward: (Goal & { readonly missing: number }) | null
  readonly reward_available: Goal | null
  readonly customer_id: string
}

export interface Details {
  readonly given_name?: string
  readonly family_name?: string
  readonly email_address?: string
  readonly birthday?: string
}

export interface SignInLink {
  readonly url: string
  readonly expires_at: string
}

export const readSession = (): Promise<Reply<Session>> => get('/v2/session')

export const signIn = (email: string, password: string): Promise<Reply<Session>> =>
  send('/v2/session', { email, password })

export const signOut = (): Promise<Reply<unknown>> => remove('/v2/session')

interface ToldItem {
  readonly id: string
  readonly name: string
  readonly category: Place | null
  readonly variations: readonly { readonly id: string; readonly price_money: Money | null }[]
}

/** The families that the till knows, by their names. */
const families = new Map<string, string>()

/** An article as a key: its first variation that has a price. */
function keyOf({ id, name, category, variations }: ToldItem): Item[] {
  const sold = variations.find(({ price_money }) => price_money)
  if (category) families.set(category.name, category.id)
  if (!sold?.price_money) return []
  const { id: variation_id, price_money } = sold
  return [{ id, name, variation_id, price_money, ...(category ? { category: category.name } : {}) }]
}

export async function openTill(location_id?: string): Promise<Reply<Opening>> {
  const asked = location_id === undefined ? {} : { location_id }
  const reply = await send<Omit<Opening, 'items'> & { items: readonly ToldItem[] }>(
    '/v2/till/open',
    asked,
  )
  if (!reply.ok) return reply
  return { ...reply, value: { ...reply.value, items: reply.value.items.flatMap(keyOf) } }
}

export const identify = (
  who: { phone_number: string } | { card_code: string },
): Promise<Reply<Found>> => send('/v2/till/identify', who)

export const takeReward = (
  loyalty_account_id: string,
  reward_tier_id: string,
  idempotency_key: string,
): Promise<Reply<{ reward: { id: string } }>> =>
  send('/v2/loyalty/rewards', { reward: { loyalty_account_id, reward_tier_id }, idempotency_key })

/** The points come back. */
export const giveUpReward = (id: string): Promise<Reply<unknown>> =>
  remove(`/v2/loyalty/rewards/${id}`)

export const handOver = (
  reward_id: string,
  location_id: string,
  idempotency_key: string,
): Promise<Reply<unknown>> =>
  send(`/v2/loyalty/rewards/${reward_id}/redeem`, { location_id, idempotency_key })

export interface NewSale {
  readonly location_id: string
  readonly sale: { readonly lines: readonly SaleLine[]; readonly customer_id?: string }
  readonly idempotency_key: string
}

export const recordSale = (sale: NewSale): Promise<Reply<Sale>> => send('/v2/till/sales', sale)

export interface NewClaim {
  readonly phone_number: string
  readonly customer: Details
  readonly consent: { readonly notice_version: string | number; readonly language: string }
  readonly idempotency_key: string
}

export const claimSale = (order_id: string, claim: NewClaim): Promise<Reply<{ claim: Claim }>> =>
  send(`/v2/till/sales/${order_id}/claim`, claim)

export const makeSignInLink = (customer_id: string): Promise<Reply<{ sign_in: SignInLink }>> =>
  send('/v2/till/sign-in-link', { customer_id })

export const listOrders = (
  location_id: string,
  start_at: string,
  cursor?: string,
): Promise<Reply<{ orders?: readonly Order[]; cursor?: string }>> =>
  send('/v2/orders/search', {
    query: { filter: { closed_at: { start_at }, location_ids: [location_id] } },
    limit: 50,
    ...(cursor === undefined ? {} : { cursor }),
  })

export interface ItemForm {
  readonly name: string
  readonly category: string
  readonly price_money: Money
  readonly variation_id?: string
}

/** The family of this name, made when there is none. */
async function familyOf(name: string, key: string): Promise<Reply<string | undefined>> {
  const known = families.get(name)
  if (!name || known) return { ok: true, value: known }
  const reply = await send<{ catalog_object: { id: string } }>('/v2/catalog/object', {
    idempotency_key: `${key}-family`,
    object: { type: 'CATEGORY', id: '#family', category_data: { name } },
  })
  return reply.ok ? { ok: true, value: reply.value.catalog_object.id } : reply
}

/** `id` is `#new` for a new article. */
export async function saveItem(
  id: string,
  { name, category, price_money, variation_id = '#variation' }: ItemForm,
  idempotency_key: string,
): Promise<Reply<unknown>> {
  const family = await familyOf(category, idempotency_key)
  if (!family.ok) return family
  const variation = {
    type: 'ITEM_VARIATION',
    id: variation_id,
    item_variation_data: { pricing_type: 'FIXED_PRICING', price_money },
  }
  const category_id = family.value === undefined ? {} : { category_id: family.value }
  const item_data = { name, ...category_id, variations: [variation] }
  return send('/v2/catalog/object', { idempotency_key, object: { type: 'ITEM', id, item_data } })
}

export const removeItem = (id: string): Promise<Reply<unknown>> =>
  remove(`/v2/catalog/object/${id}`)
