// What needs attention, in words, and the page that mends it.
import { ago, number } from '$shared/format'
import { t } from '$shared/i18n/dashboard'
import { router } from '../../routes'
import type { Attention } from './homeApi'

export interface Mending {
  readonly text: string
  readonly action: string
  readonly href: string
}

/** Undefined for a kind that a newer server made up: it is left out rather than shown as a name. */
export function mendingOf({ kind, subject, count = 0, since }: Attention): Mending | undefined {
  const name = subject?.name ?? ''
  const tablet = subject?.id
    ? router.href('tablet', { tablet: subject.id })
    : router.href('tablets')
  switch (kind) {
    case 'tablet_silent':
      return {
        text: since
          ? t('attention.tabletSilentSince', { name, since: ago(since) })
          : t('attention.tabletSilent', { name }),
        action: t('attention.tabletSilentDo'),
        href: tablet,
      }
    case 'tablet_unpaired':
      return {
        text: t('attention.tabletUnpaired', { name }),
        action: t('attention.tabletUnpairedDo'),
        href: tablet,
      }
    case 'register_without_tablet':
      return {
        text: t('attention.registerAlone', { name }),
        action: t('attention.registerAloneDo'),
        href: router.href('tablets'),
      }
    case 'establishment_unlinked':
      return {
        text: t('attention.unlinked', { name }),
        action: t('attention.unlinkedDo'),
        href: router.href('sales'),
      }
    case 'no_program':
      return {
        text: t('attention.noProgram'),
        action: t('attention.noProgramDo'),
        href: router.href('programNew'),
      }
    case 'no_reward':
      return {
        text: t('attention.noReward'),
        action: t('attention.noRewardDo'),
        href: subject?.id
          ? router.href('program', { program: subject.id })
          : router.href('loyalty'),
      }
    case 'suspicion':
      return {
        text: t('attention.suspicion', { count, number: number(count) }),
        action: t('attention.suspicionDo'),
        href: router.href('trailUnusual'),
      }
    case 'orders_expired':
      return {
        text: t('attention.expired', { count, number: number(count) }),
        action: t('attention.expiredDo'),
        href: router.href('sales', {}, { state: 'EXPIRED' }),
      }
    case 'no_tablet_pin':
      return {
        text: t('attention.noPin'),
        action: t('attention.noPinDo'),
        href: router.href('tablets'),
      }
    case 'no_customer':
      return {
        text: t('attention.noCustomer'),
        action: t('attention.noCustomerDo'),
        href: router.href('customerNew'),
      }
    default:
      return undefined
  }
}
