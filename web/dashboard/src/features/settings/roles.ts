// What each role is called, and what it may do, in one line.
import { t } from '$shared/i18n/dashboard'
import { t as say } from '$shared/i18n/team'
import type { Role } from '../session/sessionApi'

interface Called {
  readonly role: Role
  /** Of a role of the shop's own. */
  readonly role_name?: string | undefined
}

export function roleText({ role, role_name }: Called): string {
  if (role_name) return role_name
  if (role === 'owner') return t('role.owner')
  return role === 'manager' ? t('role.manager') : t('role.cashier')
}

export function roleMeaning(role: Role): string {
  if (role === 'owner') return t('role.ownerMay')
  return role === 'manager' ? t('role.managerMay') : t('role.cashierMay')
}

/** `Peut : voir les clients, tenir la caisse` is too long for a card: how much of it there is. */
export function limitText(points_a_day: number | null): string {
  return points_a_day === null ? say('noLimit') : say('limited', { count: points_a_day })
}
