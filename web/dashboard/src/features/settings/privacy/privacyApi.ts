// For how long people are kept, and what they may read.
import { get, put, type Reply } from '$shared/api'

export interface Retention {
  readonly months: number
  readonly active: boolean
  readonly advised_months: number
}
export interface Quiet {
  readonly customer_id: string
  readonly given_name?: string
  readonly family_name?: string
  readonly company_name?: string
  readonly heard_at: string
}
export interface QuietPage {
  readonly count?: number
  readonly customers: readonly Quiet[]
  readonly cursor?: string
}

const retentionOf = (reply: Reply<{ retention: Retention }>): Reply<Retention> =>
  reply.ok ? { ok: true, value: reply.value.retention } : reply

export async function readRetention(): Promise<Reply<Retention>> {
  return retentionOf(await get('/v2/retention'))
}

export async function changeRetention(months: number, active: boolean): Promise<Reply<Retention>> {
  return retentionOf(await put('/v2/retention', { retention: { months, active } }))
}

export function previewRetention(months: number, cursor = ''): Promise<Reply<QuietPage>> {
  const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
  return get(`/v2/retention/preview?months=${months}${after}`)
}

export const IDENTITY = [
  'company',
  'registration',
  'address',
  'email_address',
  'phone_number',
  'publisher',
  'privacy_officer',
  'privacy_contact',
  'host',
] as const
export type IdentityField = (typeof IDENTITY)[number]
export type Identity = Partial<Record<IdentityField, string>>
export type TextKind = 'notice' | 'privacy' | 'terms' | 'legal'
export interface LegalText {
  readonly kind: TextKind
  readonly own: boolean
  readonly text: string
}
export interface Legal {
  readonly version: string
  readonly language: string
  readonly identity: Identity
  readonly texts: readonly LegalText[]
}

const legalOf = (reply: Reply<{ legal: Legal }>): Reply<Legal> =>
  reply.ok ? { ok: true, value: reply.value.legal } : reply

export async function readLegal(language: string): Promise<Reply<Legal>> {
  return legalOf(await get(`/v2/legal?language=${language}`))
}

export function changeIdentity(identity: Identity): Promise<Reply<{ identity: Identity }>> {
  return put('/v2/legal/identity', { identity })
}

/** An empty text takes the proposed one again. */
export async function writeText(
  kind: TextKind,
  language: string,
  text: string,
): Promise<Reply<Legal>> {
  return legalOf(await put('/v2/legal/texts', { text: { kind, language, text } }))
}
