// Signing in and out, and who one is, typed as openapi.yaml describes them.
import { get, remove, send, type Reply } from '$shared/api'

/** 'owner', 'manager', 'cashier', or the id of a role of the shop's own. */
export type Role = string
export type Permission =
  | 'CATALOG_WRITE'
  | 'CUSTOMERS_READ'
  | 'CUSTOMERS_WRITE'
  | 'LOYALTY_READ'
  | 'LOYALTY_WRITE'
  | 'LOYALTY_ADJUST'
  | 'LOCATIONS_READ'
  | 'TABLETS_WRITE'
  | 'MERCHANT_WRITE'
  | 'PROGRAMS_WRITE'
  | 'TEAM_WRITE'
  | 'SALES'
  | 'MESSAGES_READ'
  | 'TRAIL_READ'
  | 'CUSTOMERS_BULK'
  | 'SALES_REFUND'
  | 'CUSTOMERS_ERASE'

export interface Merchant {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly currency: string
  readonly country: string
  readonly time_zone: string
  readonly slug: string
  readonly brand_color?: string
  readonly logo_path?: string
}

export interface TeamMember {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly role_name?: string
  readonly has_pin: boolean
  /** What they chose for themselves; absent, the shop's. */
  readonly language?: string
  readonly time_zone?: string
  readonly photo_path?: string
}

export interface SessionReply {
  readonly session: {
    readonly merchant: Merchant
    readonly team_member: TeamMember
    readonly permissions: readonly Permission[]
    /** Good for nothing but setting up the second factor that the shop asks for. */
    readonly limited: boolean
  }
  readonly csrf_token: string
  /** Where the live stream goes on. */
  readonly seq: number
}

export function readSession(): Promise<Reply<SessionReply>> {
  return get('/v2/session')
}

/** What somebody types to come in; code: of their second factor, once it was asked for. */
export interface Entry {
  readonly email: string
  readonly password: string
  readonly code?: string
}

export function signIn(entry: Entry): Promise<Reply<SessionReply>> {
  return send('/v2/session', entry)
}

/** Answered the same whether or not somebody signs in with this address. */
export function sendPasswordLink(email: string): Promise<Reply<unknown>> {
  return send('/v2/password/link', { email })
}

export function resetPassword(token: string, new_password: string): Promise<Reply<unknown>> {
  return send('/v2/password/reset', { token, new_password })
}

export function signOut(): Promise<Reply<unknown>> {
  return remove('/v2/session')
}

export function streamAddress(after: number): string {
  return `/v2/stream?after=${after}`
}
