// The roles of a shop: the three that are always there, and its own.
import { get, put, remove, send, type Reply } from '$shared/api'
import type { Role } from '../session/sessionApi'
import type { GivenPermission } from './permissions'

export interface TeamRole {
  readonly id: Role
  /** Of the shop's own. */
  readonly name?: string
  readonly permissions: readonly GivenPermission[]
  readonly points_a_day: number | null
  readonly members: number
}
export interface NewRole {
  readonly name: string
  readonly permissions: readonly GivenPermission[]
  readonly points_a_day?: number
}
export interface RoleChange {
  readonly name?: string
  readonly permissions?: readonly GivenPermission[]
  readonly points_a_day: number | null
}

export async function readRoles(): Promise<Reply<readonly TeamRole[]>> {
  const reply = await get<{ roles: readonly TeamRole[] }>('/v2/team-roles')
  return reply.ok ? { ok: true, value: reply.value.roles } : reply
}

export function addRole(role: NewRole, idempotency_key: string): Promise<Reply<unknown>> {
  return send('/v2/team-roles', { role, idempotency_key })
}

export function changeRole(id: Role, role: RoleChange): Promise<Reply<unknown>> {
  return put(`/v2/team-roles/${id}`, { role })
}

export function removeRole(id: Role): Promise<Reply<unknown>> {
  return remove(`/v2/team-roles/${id}`)
}
