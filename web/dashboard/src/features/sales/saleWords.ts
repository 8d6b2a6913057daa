// What a sale's state and payment are called.
import { money } from '$shared/format'
import { t } from '$shared/i18n/dashboard'
import type { ClaimState, Order } from './salesApi'

export function stateText(state: ClaimState): string {
  const names: Readonly<Record<ClaimState, () => string>> = {
    WAITING: () => t('sale.waiting'),
    CLAIMED: () => t('sale.claimed'),
    EXPIRED: () => t('sale.expired'),
    CANCELED: () => t('sale.canceled'),
    NONE: () => t('sale.none'),
  }
  return names[state]()
}

export function stateKind(state: ClaimState): 'plain' | 'good' | 'earned' | 'warn' {
  if (state === 'CLAIMED') return 'good'
  if (state === 'WAITING') return 'earned'
  return state === 'EXPIRED' ? 'warn' : 'plain'
}

export function paidWith({ tenders = [] }: Order): string {
  return tenders
    .map(({ type, card_details }) => {
      const card = card_details?.card
      if (card?.last_4)
        return t('sale.card', { brand: card.card_brand ?? '', last: card.last_4 }).trim()
      return type === 'CARD' ? t('sale.someCard') : t('sale.otherPayment')
    })
    .join(', ')
}

/** What recorded it: the open feed has no name that a shop would know. */
export function sourceOf({ source }: Order): string | undefined {
  return source?.vendor === 'feed' ? t('sale.sourceFeed') : source?.name
}

/** The first things bought, for the list. */
export function goods({ line_items = [] }: Order): string {
  return line_items
    .map(({ name, quantity }) => (quantity === '1' ? name : `${quantity} × ${name ?? ''}`))
    .filter(Boolean)
    .join(', ')
}

export function refunded({ refunded_money }: Order): string {
  return refunded_money && refunded_money.amount > 0 ? money(refunded_money) : ''
}
