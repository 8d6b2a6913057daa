// What each role is called, and what it may do, in one line.
import { t } from '$shared/i18n/dashboard'
import type { Role } from '../session/sessionApi'

export const ROLES: readonly Role[] = ['cashier', 'manager', 'owner']

export function roleText(role: Role): string {
  if (role === 'owner') return t('role.owner')
  return role === 'manager' ? t('role.manager') : t('role.cashier')
}

export function roleMeaning(role: Role): string {
  if (role === 'owner') return t('role.ownerMay')
  return role === 'manager' ? t('role.managerMay') : t('role.cashierMay')
}
