// The customer's calls at one shop, typed as openapi.yaml describes them.
import {
  get,
  getFile,
  put,
  remove,
  send,
  setCsrfToken,
  type ApiError,
  type Reply,
} from '$shared/api'
import type { Money, Units } from '$shared/format'
import type { TierTerms } from '$shared/programs/program'

export type Channel = 'sms' | 'email'

export interface Tier extends TierTerms {
  readonly id: string
}

export interface Program extends Units {
  readonly id: string
  readonly name: string
  readonly is_main: boolean
  readonly reward_tiers: readonly Tier[]
  /** It is being deleted: what is left of its points ends then. */
  readonly closing_at?: string
}

export interface Notice {
  readonly version: string | number
  readonly language: string
  readonly text: string
}

/** Paragraphs between empty lines; `## ` begins a heading, `- ` a point. */
export interface LegalText {
  readonly kind: 'notice' | 'privacy' | 'terms' | 'legal'
  readonly text: string
}

export interface Shop {
  readonly merchant: {
    readonly name: string
    readonly language: string
    readonly country: string
    readonly currency: string
    /** Absent when the merchant chose none. */
    readonly brand_color?: string
    readonly logo_path?: string
  }
  readonly programs: readonly Program[]
  readonly notice: Notice
  readonly channels: readonly Channel[]
  /** Nothing leaves this server: messages are read on a page of it. */
  readonly demo: boolean
}

export interface Customer {
  readonly id: string
  readonly given_name?: string
  readonly family_name?: string
  readonly phone_number?: string
  readonly email_address?: string
  readonly birthday?: string
}

export interface Expiring {
  readonly points: number
  readonly expires_at: string
  /** From when on they are told of it. */
  readonly notice_at?: string
}

/** Earned, and not to be spent before then. */
export interface Pending {
  readonly points: number
  readonly ripe_at: string
}

export interface Account {
  readonly id: string
  readonly program_id: string
  readonly balance: number
  readonly expiring: readonly Expiring[]
  readonly pending_points?: number
  readonly pending?: readonly Pending[]
  /** Also one that the shop offers no longer: what was earned in it stays. */
  readonly program: Program
}

export interface Reward extends Omit<TierTerms, 'name'> {
  readonly id: string
  readonly name?: string
  readonly status: 'ISSUED' | 'REDEEMED' | 'DELETED'
  readonly loyalty_account_id: string
  readonly created_at: string
  /** Scanned at the till, it is used on that purchase. */
  readonly code?: string
  readonly expires_at?: string
}

/** Money that the shop owes its customer, to be spent there. */
export interface CreditNote {
  readonly id: string
  readonly code: string
  readonly amount_money: Money
  readonly balance_money: Money
  readonly reason: 'refund' | 'reward' | 'gesture'
  readonly expires_at?: string
  readonly ended_at?: string
  readonly created_at: string
}

export interface Card {
  readonly customer: Customer
  readonly card_code: string
  readonly accounts: readonly Account[]
  readonly rewards: readonly Reward[]
  readonly credit_notes?: readonly CreditNote[]
  readonly server_time: string
}

export interface HistoryEvent {
  readonly id: string
  readonly type: string
  readonly points: number
  readonly at: string
  readonly program_id: string
  readonly location_name?: string
  readonly reward_name?: string
  readonly promotion_name?: string
  readonly reason?: string
}

export interface Showing {
  readonly token: string
  readonly until: string
  readonly server_time?: string
}

/** Where a code goes: one of the two. */
export type Address = { readonly phone_number: string } | { readonly email_address: string }

export interface SignIn {
  readonly address: Address
  readonly code: string
  readonly given_name?: string
  readonly notice?: Notice
  readonly source?: string
}

export type Changes = Partial<Omit<Customer, 'id' | 'phone_number'>>

export class ShopApi {
  readonly #path: string

  constructor(slug: string) {
    this.#path = `/v2/app/${encodeURIComponent(slug)}`
  }

  /** The notice comes in this language, or in one that the shop has. */
  shop(language: string): Promise<Reply<Shop>> {
    return get(`${this.#path}?language=${language}`)
  }

  manifest(): string {
    return `${this.#path}/manifest`
  }

  sendCode(address: Address, language: string) {
    return send<{ code: { channel: Channel; expires_at: string; resend_at: string } }>(
      `${this.#path}/codes`,
      { ...address, language },
    )
  }

  async signIn(wish: SignIn): Promise<Reply<{ csrf_token: string }>> {
    const { address, code, given_name, notice, source } = wish
    return this.#entered(
      await send<{ csrf_token: string }>(`${this.#path}/session`, {
        ...address,
        code,
        ...(given_name ? { customer: { given_name } } : {}),
        ...(notice
          ? { consent: { notice_version: notice.version, language: notice.language } }
          : {}),
        ...(source ? { source } : {}),
      }),
    )
  }

  async signInByLink(token: string): Promise<Reply<{ csrf_token: string }>> {
    return this.#entered(
      await send<{ csrf_token: string }>(`${this.#path}/session/link`, { token }),
    )
  }

  async session(): Promise<Reply<{ csrf_token: string }>> {
    return this.#entered(await get<{ csrf_token: string }>(`${this.#path}/session`))
  }

  signOut(): Promise<Reply<unknown>> {
    return this.#change(() => remove(`${this.#path}/session`))
  }

  card(): Promise<Reply<Card>> {
    return get<Card>(`${this.#path}/card`)
  }

  history(cursor = ''): Promise<Reply<{ events: HistoryEvent[]; cursor?: string }>> {
    const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''
    return get(`${this.#path}/history${query}`)
  }

  take(reward_tier_id: string, account_id: string | undefined, idempotency_key: string) {
    return this.#change(() =>
      send<{ reward: Reward; balance: number; credit_note?: CreditNote }>(`${this.#path}/rewards`, {
        reward_tier_id,
        ...(account_id ? { account_id } : {}),
        idempotency_key,
      }),
    )
  }

  giveUp(reward: string): Promise<Reply<unknown>> {
    return this.#change(() => remove(this.#reward(reward)))
  }

  use(reward: string, idempotency_key: string) {
    return this.#change(() =>
      send<{ reward: Reward; showing: Showing }>(`${this.#reward(reward)}/use`, {
        idempotency_key,
      }),
    )
  }

  showing(reward: string, token: string) {
    const path = `${this.#reward(reward)}/showing?token=${encodeURIComponent(token)}`
    return get<{ reward: Reward; showing: { until: string }; server_time: string }>(path)
  }

  endShowing(reward: string, token: string): Promise<Reply<unknown>> {
    return this.#change(() => send(`${this.#reward(reward)}/showing/end`, { token }))
  }

  /** Another e-mail address goes with the code that was sent to it. */
  changeMe(customer: Changes, code: string): Promise<Reply<{ customer: Customer }>> {
    return this.#change(() =>
      put<{ customer: Customer }>(`${this.#path}/me`, { customer, ...(code ? { code } : {}) }),
    )
  }

  /** The card's code of before finds nobody any more. */
  renewCardCode(): Promise<Reply<{ card_code: string }>> {
    return this.#change(() => send<{ card_code: string }>(`${this.#path}/card-code`, {}))
  }

  /** All that the shop knows of them: as a page to read, or for programs. */
  export(format: 'page' | 'json', language: string): Promise<Reply<Blob>> {
    return getFile(`${this.#path}/me/export?format=${format}&language=${language}`)
  }

  legal(language: string): Promise<Reply<{ legal: { texts: readonly LegalText[] } }>> {
    return get(`${this.#path}/legal?language=${language}`)
  }

  removeMe(): Promise<Reply<unknown>> {
    return this.#change(() => remove(`${this.#path}/me`))
  }

  #reward(id: string): string {
    return `${this.#path}/rewards/${encodeURIComponent(id)}`
  }

  /** A change. Another tab may have signed in anew: then the token is read again, and it goes on. */
  async #change<T>(ask: () => Promise<Reply<T>>): Promise<Reply<T>> {
    const reply = await ask()
    if (reply.ok || reply.error.code !== 'CSRF') return reply
    await this.session()
    return ask()
  }

  #entered<T extends { csrf_token: string }>(reply: Reply<T>): Reply<T> {
    if (reply.ok) setCsrfToken(reply.value.csrf_token)
    return reply
  }
}

export function isSignedOut(error: ApiError): boolean {
  return error.status === 401
}
