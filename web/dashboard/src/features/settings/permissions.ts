// What a role may be made of, in groups that a person reads.
import { t } from '$shared/i18n/team'
import type { Permission } from '../session/sessionApi'

const GROUPS = {
  customers: ['CUSTOMERS_READ', 'CUSTOMERS_WRITE', 'CUSTOMERS_BULK', 'CUSTOMERS_ERASE'],
  loyalty: ['LOYALTY_READ', 'LOYALTY_WRITE', 'LOYALTY_ADJUST', 'PROGRAMS_WRITE'],
  sales: ['SALES', 'SALES_REFUND', 'CATALOG_WRITE'],
  shop: ['MERCHANT_WRITE', 'TABLETS_WRITE', 'MESSAGES_READ', 'TRAIL_READ', 'TEAM_WRITE'],
} as const
export type GivenPermission = (typeof GROUPS)[keyof typeof GROUPS][number]

export interface PermissionGroup {
  readonly name: string
  readonly permissions: readonly { name: GivenPermission; text: string }[]
}

export function permissionGroups(): readonly PermissionGroup[] {
  return (Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => ({
    name: t(`group.${group}`),
    permissions: GROUPS[group].map((name) => ({ name, text: t(`permission.${name}`) })),
  }))
}

/** What cannot be used without another thing: it is ticked with it. */
const NEEDS: Partial<Record<GivenPermission, readonly GivenPermission[]>> = {
  CUSTOMERS_WRITE: ['CUSTOMERS_READ'],
  CUSTOMERS_BULK: ['CUSTOMERS_READ'],
  CUSTOMERS_ERASE: ['CUSTOMERS_READ'],
  LOYALTY_WRITE: ['LOYALTY_READ'],
  LOYALTY_ADJUST: ['LOYALTY_READ'],
  PROGRAMS_WRITE: ['LOYALTY_READ'],
  SALES_REFUND: ['SALES'],
  CATALOG_WRITE: ['SALES'],
}

/** The list with this one in it, or out of it together with what needs it. */
export function toggled(
  chosen: readonly GivenPermission[],
  name: GivenPermission,
): GivenPermission[] {
  if (!chosen.includes(name)) return [...new Set([...chosen, ...(NEEDS[name] ?? []), name])]
  return chosen.filter((one) => one !== name && !NEEDS[one]?.includes(name))
}

/** Whether somebody who may `mine` may give all of these. */
export function mayGive(
  permissions: readonly string[],
  can: (permission: Permission) => boolean,
): boolean {
  return permissions.every((name) => can(name as Permission))
}
