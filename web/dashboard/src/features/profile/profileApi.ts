// What somebody of the team sets up for themselves, typed as openapi.yaml describes it.
import { get, put, putFile, remove, send, type Reply } from '$shared/api'

export interface SecondFactor {
  readonly active: boolean
  readonly since?: string
  readonly recovery_codes_left: number
  /** The shop asks everybody for one. */
  readonly required: boolean
}

export interface Profile {
  readonly id: string
  readonly name: string
  readonly email: string
  /** Absent: the shop's. */
  readonly language?: string
  readonly time_zone?: string
  readonly photo_path?: string
  /** A code went there and has not come back. */
  readonly email_change?: { readonly email: string; readonly expires_at: string }
  readonly second_factor: SecondFactor
}

export interface OwnSession {
  readonly id: string
  /** "Firefox, Windows", as far as the browser tells. */
  readonly device?: string
  readonly created_at: string
  readonly used_at: string
  readonly current: boolean
}

/** The password, and a code where there is a second factor. */
export interface Proof {
  readonly password: string
  readonly code?: string
}

export interface Offer {
  /** To be typed into an app. */
  readonly secret: string
  /** To be read by one as a QR code. */
  readonly address: string
}

const profileOf = (reply: Reply<{ profile: Profile }>): Reply<Profile> =>
  reply.ok ? { ok: true, value: reply.value.profile } : reply
const codesOf = (reply: Reply<{ recovery_codes: readonly string[] }>): Reply<readonly string[]> =>
  reply.ok ? { ok: true, value: reply.value.recovery_codes } : reply

export async function readProfile(): Promise<Reply<Profile>> {
  return profileOf(await get('/v2/profile'))
}

export async function changeProfile(profile: {
  name?: string
  language?: string | null
  time_zone?: string | null
}): Promise<Reply<Profile>> {
  return profileOf(await put('/v2/profile', { profile }))
}

export function putPhoto(file: Blob): Promise<Reply<unknown>> {
  return putFile('/v2/profile/photo', file)
}

export function removePhoto(): Promise<Reply<unknown>> {
  return remove('/v2/profile/photo')
}

export function beginEmailChange(email: string, password: string): Promise<Reply<unknown>> {
  return send('/v2/profile/email', { email, password })
}

export async function confirmEmailChange(code: string): Promise<Reply<Profile>> {
  return profileOf(await send('/v2/profile/email/confirm', { code }))
}

export function changePassword(password: string, new_password: string): Promise<Reply<unknown>> {
  return put('/v2/profile/password', { password, new_password })
}

export async function offerSecondFactor(proof: Proof): Promise<Reply<Offer>> {
  const reply = await send<{ offer: Offer }>('/v2/profile/second-factor', proof)
  return reply.ok ? { ok: true, value: reply.value.offer } : reply
}

export async function confirmSecondFactor(code: string): Promise<Reply<readonly string[]>> {
  return codesOf(await send('/v2/profile/second-factor/confirm', { code }))
}

export function endSecondFactor(proof: Proof): Promise<Reply<unknown>> {
  return send('/v2/profile/second-factor/end', proof)
}

export async function renewRecoveryCodes(proof: Proof): Promise<Reply<readonly string[]>> {
  return codesOf(await send('/v2/profile/recovery-codes', proof))
}

export async function readSessions(): Promise<Reply<readonly OwnSession[]>> {
  const reply = await get<{ sessions: readonly OwnSession[] }>('/v2/profile/sessions')
  return reply.ok ? { ok: true, value: reply.value.sessions } : reply
}

export function endSession(id: string): Promise<Reply<unknown>> {
  return remove(`/v2/profile/sessions/${id}`)
}

export function endOtherSessions(): Promise<Reply<unknown>> {
  return send('/v2/profile/sessions/end-others', {})
}

export function changePin(pin: string): Promise<Reply<unknown>> {
  return put('/v2/session/pin', { pin })
}

export function removePin(): Promise<Reply<unknown>> {
  return remove('/v2/session/pin')
}

/* ---- the team's ---- */
export interface SecondFactorRule {
  readonly required: boolean
  /** Those who have one. */
  readonly team_member_ids: readonly string[]
}

const ruleOf = (reply: Reply<{ second_factor: SecondFactorRule }>): Reply<SecondFactorRule> =>
  reply.ok ? { ok: true, value: reply.value.second_factor } : reply

export async function readRule(): Promise<Reply<SecondFactorRule>> {
  return ruleOf(await get('/v2/team/second-factor'))
}

export async function changeRule(required: boolean): Promise<Reply<SecondFactorRule>> {
  return ruleOf(await put('/v2/team/second-factor', { required }))
}

export function resetSecondFactor(member: string): Promise<Reply<unknown>> {
  return remove(`/v2/team-members/${member}/second-factor`)
}
