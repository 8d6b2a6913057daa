// The till's calls, typed as openapi.yaml describes them.
import { get, remove, send, type Reply } from '$shared/api'
import type { Money, Units } from '$shared/format'
import type { Explanation } from '$shared/programs/explain'
import type { NewProgram, Program as WholeProgram, TierTerms } from '$shared/programs/program'

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
    readonly team_member?: {
      readonly id: string
      readonly name: string
      readonly email: string
      /** Of their screens; absent, the merchant's. */
      readonly language?: string
    }
    readonly permissions: readonly string[]
    /** Good for nothing but setting up, in the dashboard, the second factor that is required. */
    readonly limited?: boolean
  }
  readonly csrf_token: string
}

export interface Place {
  readonly id: string
  readonly name: string
}

/** What has a price. */
export interface Variation {
  readonly id: string
  /** '' where it is the only one. */
  readonly name: string
  /** As a barcode says it. */
  readonly sku?: string
  /** null: told at the till. */
  readonly price_money: Money | null
}

export interface Item {
  readonly id: string
  readonly name: string
  readonly category: { readonly id: string; readonly name: string } | null
  readonly variations: readonly Variation[]
  readonly tax?: { readonly id: string }
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
  /** Earned, and not to be spent yet. */
  readonly pending_points?: number
  readonly pending?: readonly { readonly points: number; readonly ripe_at: string }[]
}

/** Taken for points, and not used yet. */
export interface Reward extends TierTerms {
  readonly id: string
  readonly loyalty_account_id: string
  readonly reward_tier_id: string
  readonly code?: string
  readonly expires_at?: string
}

/** What points of an account would give now. */
export interface Tier extends TierTerms {
  readonly tier_id: string
  /** Absent: of the main program. */
  readonly loyalty_account_id?: string
}

export interface CreditNote {
  readonly id: string
  readonly code: string
  readonly amount_money: Money
  readonly balance_money: Money
  readonly reason: 'refund' | 'reward' | 'gesture'
  readonly expires_at?: string
  readonly ended_at?: string
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
  readonly credit_notes?: readonly CreditNote[]
}

export interface SaleLine {
  readonly name: string
  readonly quantity: string
  readonly price_money: Money
  readonly item_id?: string
  readonly variation_id?: string
}

/** What a customer pays with that is no money: rewards, cashback, credit notes. */
export interface Payables {
  readonly rewards?: readonly string[]
  readonly credit?: { readonly account_id: string; readonly amount_money: Money }
  readonly credit_notes?: readonly ({ readonly id: string } | { readonly code: string })[]
}

export interface SaleWish extends Payables {
  readonly lines: readonly SaleLine[]
  readonly customer_id?: string
}

export interface Discount {
  readonly kind: 'reward' | 'credit' | 'credit_note'
  /** Of the reward, the account or the note. */
  readonly id: string
  readonly name?: string
  readonly amount_money: Money
  /** Why it gives nothing. */
  readonly reason?: string
}

export interface Earning {
  readonly program_id: string
  /** Of the rules. */
  readonly points: number
  /** Of a promotion, besides. */
  readonly promotion_points: number
  readonly explanation: readonly Explanation[]
}

/** A sale as it would be: what comes off, what is left to pay, what it earns. */
export interface Quote {
  readonly subtotal_money: Money
  readonly discounts: readonly Discount[]
  readonly total_money: Money
  readonly earns: readonly Earning[]
}

export type ClaimState = 'NONE' | 'WAITING' | 'CLAIMED' | 'EXPIRED' | 'CANCELED'

export type Reason = 'DEFECTIVE' | 'MISTAKE' | 'CHANGED_MIND' | 'OTHER'

/** Who gave something back, and why, as far as it was told. */
export interface GivenBack {
  readonly reason?: Reason
  readonly team_member_name?: string
}

export interface Order {
  readonly id: string
  readonly total_money: Money
  readonly refunded_money?: Money
  readonly closed_at?: string
  readonly created_at: string
  readonly points?: number
  readonly claim_state: ClaimState
  readonly state: string
  readonly source?: { readonly name?: string; readonly vendor?: string }
  readonly line_items?: readonly { readonly name: string }[]
  readonly paid_by?: { readonly name?: string }
  /** Until then whoever sees this may undo it as their own mistake. */
  readonly undo_until?: string
  readonly void?: GivenBack
  readonly refunds?: readonly (GivenBack & { readonly id: string; readonly amount_money: Money })[]
}

interface Goal {
  readonly name: string
  readonly points: number
}

/** In another program than the main one. */
export interface Gain {
  readonly program_id: string
  readonly points: number
}

/** What a customer got, whether they were named before the sale or after. */
export interface Earned {
  readonly points: number
  readonly balance: number
  readonly reward_available: Goal | null
  readonly next_reward: (Goal & { readonly missing: number }) | null
  /** What the same sale gave in the shop's other programs. */
  readonly others?: readonly Gain[]
  /** From when on its points can be spent, when not at once. */
  readonly pending_until?: string
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
  readonly others?: readonly Gain[]
  readonly pending_until?: string
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

/** code: of their second factor, once it was asked for. */
export const signIn = (entry: {
  email: string
  password: string
  code?: string
}): Promise<Reply<Session>> => send('/v2/session', entry)

export const signOut = (): Promise<Reply<unknown>> => remove('/v2/session')

/** By a PIN: whoever has it serves from now on. */
export const serve = (pin: string): Promise<Reply<Session>> => send('/v2/session/serve', { pin })

export const openTill = (location_id?: string): Promise<Reply<Opening>> =>
  send('/v2/till/open', location_id === undefined ? {} : { location_id })

/** As a search found them, by the number they say, by their card, or by a reward that they show. */
export type Who =
  | { readonly customer_id: string }
  | { readonly phone_number: string }
  | { readonly card_code: string }
  | { readonly reward_code: string }

export const identify = (who: Who): Promise<Reply<Found>> => send('/v2/till/identify', who)

export const takeReward = (
  loyalty_account_id: string,
  reward_tier_id: string,
  idempotency_key: string,
): Promise<Reply<{ reward: Reward; credit_note?: CreditNote }>> =>
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
  readonly sale: SaleWish
  readonly idempotency_key: string
}

export const recordSale = (sale: NewSale): Promise<Reply<Sale>> => send('/v2/till/sales', sale)

export const quoteSale = (sale: SaleWish, location_id: string): Promise<Reply<{ quote: Quote }>> =>
  send('/v2/till/quote', { location_id, sale })

export const findNote = (code: string): Promise<Reply<{ credit_notes?: readonly CreditNote[] }>> =>
  send('/v2/credit-notes/search', { query: { filter: { code } } })

/** All that run: what they count, and what their points give. */
export const listPrograms = (): Promise<Reply<{ programs?: readonly WholeProgram[] }>> =>
  get('/v2/loyalty/programs')

export const createProgram = (
  program: NewProgram,
  idempotency_key: string,
): Promise<Reply<unknown>> => send('/v2/loyalty/programs', { program, idempotency_key })

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

export interface Span {
  readonly start_at: string
  readonly end_at: string
}

export const listOrders = (
  location_id: string,
  closed_at: Span,
  cursor?: string,
): Promise<Reply<{ orders?: readonly Order[]; cursor?: string }>> =>
  send('/v2/orders/search', {
    query: { filter: { closed_at, location_ids: [location_id] } },
    limit: 100,
    ...(cursor === undefined ? {} : { cursor }),
  })

export interface ItemForm {
  readonly name: string
  /** '': in none. */
  readonly category_id: string
  /** '': none is known. */
  readonly tax_id: string
  readonly variations: readonly Variation[]
}

/** `id` is `#new` for a new article, or for a new variation of it. */
export const saveItem = (
  id: string,
  { name, category_id, tax_id, variations }: ItemForm,
  idempotency_key: string,
): Promise<Reply<unknown>> =>
  send('/v2/catalog/object', {
    idempotency_key,
    object: {
      type: 'ITEM',
      id,
      item_data: {
        name,
        ...(category_id ? { category_id } : {}),
        ...(tax_id ? { tax_ids: [tax_id] } : {}),
        variations: variations.map((variation) => ({
          type: 'ITEM_VARIATION',
          id: variation.id,
          item_variation_data: {
            ...(variation.name ? { name: variation.name } : {}),
            ...(variation.sku ? { sku: variation.sku } : {}),
            ...(variation.price_money
              ? { pricing_type: 'FIXED_PRICING', price_money: variation.price_money }
              : { pricing_type: 'VARIABLE_PRICING' }),
          },
        })),
      },
    },
  })

/** A family of articles that was not there yet. */
export const saveCategory = (
  name: string,
  idempotency_key: string,
): Promise<Reply<{ catalog_object: { id: string } }>> =>
  send('/v2/catalog/object', {
    idempotency_key,
    object: { type: 'CATEGORY', id: '#new', category_data: { name } },
  })

export const removeItem = (id: string): Promise<Reply<unknown>> =>
  remove(`/v2/catalog/object/${id}`)
