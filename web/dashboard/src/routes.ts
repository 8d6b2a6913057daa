// Every page of the dashboard and its address.
import { Router } from '$shared/router.svelte'

export const ROUTES = {
  home: '/',
  customers: '/customers',
  customerNew: '/customers/new',
  customerImport: '/customers/import',
  customer: '/customers/:customer',
  customerActivity: '/customers/:customer/activity',
  customerRecord: '/customers/:customer/record',
  loyalty: '/loyalty',
  programNew: '/loyalty/new',
  circulation: '/loyalty/circulation',
  program: '/loyalty/:program',
  promotionNew: '/loyalty/:program/offers/new',
  sales: '/sales',
  sale: '/sales/:order',
  catalog: '/catalog',
  itemNew: '/catalog/new',
  catalogFamilies: '/catalog/families',
  catalogImport: '/catalog/import',
  item: '/catalog/:item',
  tablets: '/tablets',
  tabletNew: '/tablets/new',
  tablet: '/tablets/:tablet',
  messages: '/messages',
  trail: '/trail',
  trailUnusual: '/trail/unusual',
  settings: '/settings',
  settingsLook: '/settings/look',
  settingsApp: '/settings/app',
  settingsTeam: '/settings/team',
  settingsPrivacy: '/settings/privacy',
  settingsRoles: '/settings/roles',
  profile: '/profile',
  password: '/password',
} as const

export type PageName = keyof typeof ROUTES
export const router = new Router<PageName>('/dashboard', ROUTES)

/** The entry of the rail that a page belongs to. */
export type Job =
  | 'home'
  | 'customers'
  | 'loyalty'
  | 'sales'
  | 'catalog'
  | 'tablets'
  | 'messages'
  | 'trail'
  | 'settings'
  | 'profile'
  | 'password'

export function jobOf(page: PageName | undefined): Job | undefined {
  if (!page) return undefined
  const first = ROUTES[page].split('/')[1]
  return first ? (first as Job) : 'home'
}
