// The entries of the rail: what a person comes to do, and who may.
import House from '@lucide/svelte/icons/house'
import Gift from '@lucide/svelte/icons/gift'
import Mail from '@lucide/svelte/icons/mail'
import Receipt from '@lucide/svelte/icons/receipt-text'
import Basket from '@lucide/svelte/icons/shopping-basket'
import ScrollText from '@lucide/svelte/icons/scroll-text'
import Settings from '@lucide/svelte/icons/settings-2'
import Tablet from '@lucide/svelte/icons/tablet'
import Users from '@lucide/svelte/icons/users-round'
import { t } from '$shared/i18n/dashboard'
import type { Component } from 'svelte'
import type { Permission } from '../features/session/sessionApi'
import type { Job, PageName } from '../routes'

export interface JobEntry {
  readonly job: Job
  readonly page: PageName
  readonly icon: Component<{ size?: number | string; 'aria-hidden'?: 'true' }>
  readonly label: () => string
  readonly needs: Permission
  /** Also in the bar at the bottom of a phone; the others are behind "More". */
  readonly isFrequent: boolean
}

export const JOBS: readonly JobEntry[] = [
  entry('home', House, () => t('job.home'), 'LOYALTY_READ', true),
  entry('customers', Users, () => t('job.customers'), 'CUSTOMERS_READ', true),
  entry('sales', Receipt, () => t('job.sales'), 'SALES', true),
  entry('loyalty', Gift, () => t('job.loyalty'), 'LOYALTY_READ', true),
  entry('catalog', Basket, () => t('job.catalog'), 'SALES', false),
  entry('tablets', Tablet, () => t('job.tablets'), 'TABLETS_WRITE', false),
  entry('messages', Mail, () => t('job.messages'), 'MESSAGES_READ', false),
  entry('trail', ScrollText, () => t('job.trail'), 'TRAIL_READ', false),
  entry('settings', Settings, () => t('job.settings'), 'MERCHANT_WRITE', false),
]

function entry(
  job: Job,
  icon: JobEntry['icon'],
  label: () => string,
  needs: Permission,
  isFrequent: boolean,
): JobEntry {
  return { job, page: job, icon, label, needs, isFrequent }
}
