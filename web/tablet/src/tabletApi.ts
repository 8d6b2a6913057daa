// The tablet's calls, typed as openapi.yaml describes them.
import { get, remove, send, setCsrfToken, type Reply } from '$shared/api'
import type { Money, Units } from '$shared/format'

export interface Order {
  readonly id: string
  readonly points: number
  readonly total_money: Money
  readonly closed_at: string
  readonly expires_at: string
  /** A card paid that can be known again, if its owner agrees. */
  readonly has_card: boolean
}

export interface Notice {
  readonly version: string | number
  readonly language: string
  readonly text: string
}

export interface TabletState {
  readonly tablet: {
    readonly id: string
    readonly name: string
    readonly location: { readonly id: string; readonly name: string } | null
    readonly register: { readonly id: string; readonly name: string } | null
  }
  readonly merchant: {
    readonly id: string
    readonly name: string
    readonly language: string
    readonly currency: string
    readonly country: string
    /** Absent when the merchant gave no logo. */
    readonly logo_path?: string
    /** Absent: ours. */
    readonly brand_color?: string
  }
  /** null where the shop has none yet. */
  readonly program: (Units & { readonly id: string; readonly name: string }) | null
  /** All of them. */
  readonly programs: readonly (Units & { readonly id: string; readonly name: string })[]
  /** Those that run right now. */
  readonly promotions: readonly { readonly name: string }[]
  readonly notice: Notice
  /** Where customers join. */
  readonly app_url: string
  /** A PIN opens the staff menu. */
  readonly pin_set: boolean
  readonly orders: readonly Order[]
  readonly server_time: string
  readonly seq: number
  readonly csrf_token: string
}

export interface Claim {
  readonly order_id: string
  readonly points: number
  readonly is_new: boolean
  readonly account: { readonly id: string; readonly balance: number }
  readonly next_reward: {
    readonly name: string
    readonly points: number
    readonly missing: number
  } | null
  readonly reward_available: { readonly name: string; readonly points: number } | null
  /** What the same purchase gave in the shop's other programs. */
  readonly others?: readonly {
    readonly program_id: string
    readonly points: number
  }[]
  /** Of the points, those that are not to be spent yet, and from when on they are. */
  readonly pending_until?: string
  /** For whom this very claim made known: opens their card on their telephone, once. */
  readonly sign_in?: { readonly url: string; readonly expires_at: string }
}

export type GoneReason = 'claimed' | 'expired' | 'canceled' | 'refunded'

let deviceToken = ''

/** The tablet's own CSRF token, which every change of the device carries. */
export function holdToken(token: string): void {
  deviceToken = token
  setCsrfToken(token)
}

/**
 * Asks with another token than the device's: that of a person who signed in on it. The request is
 * made before the first wait, so nothing else can be sent with it.
 */
export function withToken<T>(token: string, ask: () => Promise<T>): Promise<T> {
  setCsrfToken(token)
  const reply = ask()
  setCsrfToken(deviceToken)
  return reply
}

export function activate(code: string): Promise<Reply<{ csrf_token: string }>> {
  return send('/v2/tablets/activate', { code })
}

export function readTablet(): Promise<Reply<TabletState>> {
  return get('/v2/tablet')
}

export function streamAddress(after: number): string {
  return `/v2/tablet/stream?after=${after}`
}

export function claimPoints(
  wish: { order_id: string; phone_number: string; card_link: boolean },
  notice: Notice,
  idempotency_key: string,
): Promise<Reply<{ claim: Claim }>> {
  const { order_id, phone_number, card_link } = wish
  const consent = {
    notice_version: notice.version,
    language: notice.language,
    ...(card_link ? { card_link } : {}),
  }
  return send('/v2/tablet/claims', { order_id, phone_number, consent, idempotency_key })
}

export function unlock(pin: string): Promise<Reply<object>> {
  return send('/v2/tablet/unlock', { pin })
}

/** This device is no tablet any more. */
export function leave(): Promise<Reply<object>> {
  return remove('/v2/tablet/activation')
}
