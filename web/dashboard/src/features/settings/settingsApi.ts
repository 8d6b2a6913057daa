// The shop itself: its name, its look, its address on the web, and who works there.
import { get, put, remove, send, putFile, type Reply } from '$shared/api'
import type { Merchant, Role } from '../session/sessionApi'

export interface ShopSettings extends Merchant {
  readonly tablet_pin_set: boolean
  /** Where its customers find the app. */
  readonly app_url: string
}
export interface ShopChange {
  readonly name?: string
  readonly language?: string
  readonly time_zone?: string
  readonly brand_color?: string | null
  readonly slug?: string
  readonly tablet_pin?: string
}
export interface Member {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly role_name?: string
  readonly active: boolean
  /** They have chosen no password yet. */
  readonly invited: boolean
  readonly has_pin: boolean
  /** None: everywhere. */
  readonly location_ids: readonly string[]
  readonly created_at: string
}
export interface NewMember {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly location_ids: readonly string[]
  /** Absent: they are invited by e-mail, and choose it. */
  readonly password?: string
}

const merchantOf = (reply: Reply<{ merchant: ShopSettings }>): Reply<ShopSettings> =>
  reply.ok ? { ok: true, value: reply.value.merchant } : reply

export async function readSettings(): Promise<Reply<ShopSettings>> {
  return merchantOf(await get('/v2/merchants/me'))
}

export async function changeSettings(merchant: ShopChange): Promise<Reply<ShopSettings>> {
  return merchantOf(await put('/v2/merchants/me', { merchant }))
}

export function putLogo(file: Blob): Promise<Reply<unknown>> {
  return putFile('/v2/merchant/logo', file)
}

export function removeLogo(): Promise<Reply<unknown>> {
  return remove('/v2/merchant/logo')
}

export async function readTeam(): Promise<Reply<readonly Member[]>> {
  const reply = await get<{ team_members: readonly Member[] }>('/v2/team-members')
  return reply.ok ? { ok: true, value: reply.value.team_members } : reply
}

export function addMember(
  team_member: NewMember,
  idempotency_key: string,
): Promise<Reply<{ team_member: Member }>> {
  return send('/v2/team-members', { team_member, idempotency_key })
}

export function changeMember(
  id: string,
  team_member: {
    name?: string
    role?: Role
    location_ids?: readonly string[]
    active?: boolean
    password?: string
    pin?: string | null
  },
): Promise<Reply<{ team_member: Member }>> {
  return put(`/v2/team-members/${id}`, { team_member })
}

export function inviteMember(id: string): Promise<Reply<unknown>> {
  return send(`/v2/team-members/${id}/invitation`, {})
}
