// The tablet's calls, typed as openapi.yaml describes them.
import { get, send, type Reply } from '$shared/api'
import type { Money, Terminology } from '$shared/format'

export interface Order {
  readonly id: string
  readonly points: number
  readonly total_money: Money
  readonly closed_at: string
  readonly expires_at: string
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
  }
  readonly program: {
    readonly id: string
    readonly name: string
    readonly terminology: Terminology
  }
  readonly notice: Notice
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
}

export type GoneReason = 'claimed' | 'expired' | 'canceled' | 'refunded'

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
  order_id: string,
  phone_number: string,
  notice: Notice,
  idempotency_key: string,
): Promise<Reply<{ claim: Claim }>> {
  const consent = { notice_version: notice.version, language: notice.language }
  return send('/v2/tablet/claims', { order_id, phone_number, consent, idempotency_key })
}
