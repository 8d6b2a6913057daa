// What happened to a customer's points, in words.
import { formatUnits, type Units } from '$shared/format'
import { t } from '$shared/i18n/dashboard'
import { blockOf, type EventType, type LoyaltyEvent, type ReturnReason } from './pointsApi'

export interface EventWords {
  readonly what: string
  /** `+12`, `−100`; '' when the balance did not move. */
  readonly moved: string
  readonly isGain: boolean
  readonly reason: string
  readonly who: string
  /** The order whose earning is explained here; '' for none. */
  readonly order: string
}

const NAMES: Readonly<Record<EventType, () => string>> = {
  ACCUMULATE_POINTS: () => t('event.earned'),
  ACCUMULATE_PROMOTION_POINTS: () => t('event.promotion'),
  CREATE_REWARD: () => t('event.rewardTaken'),
  REDEEM_REWARD: () => t('event.rewardUsed'),
  DELETE_REWARD: () => t('event.rewardGivenUp'),
  ADJUST_POINTS: () => t('event.adjusted'),
  EXPIRE_POINTS: () => t('event.expired'),
  OTHER: () => t('event.other'),
}

/** What the server itself gives as a reason, instead of somebody's words. */
const KNOWN: Readonly<Record<string, () => string>> = {
  pending: () => t('event.pending'),
  refund: () => t('event.refund'),
  spent: () => t('event.spent'),
  'order undone': () => t('event.unspent'),
  'put back': () => t('event.putBack'),
  'handed over': () => t('event.handedOver'),
  'handed on': () => t('event.handedOn'),
  merged: () => t('event.merged'),
  'merge undone': () => t('event.unmerged'),
}
const isKnown = (reason: string | undefined): reason is string =>
  reason !== undefined && Object.hasOwn(KNOWN, reason)

/** Why an order took points back, as the cashier chose it. */
const WHY: Readonly<Record<ReturnReason, () => string>> = {
  DEFECTIVE: () => t('event.why.DEFECTIVE'),
  MISTAKE: () => t('event.why.MISTAKE'),
  CHANGED_MIND: () => t('event.why.CHANGED_MIND'),
  OTHER: () => t('event.why.OTHER'),
}

function whoOf({ actor }: LoyaltyEvent): string {
  if (!actor) return ''
  const name = actor.name ?? ''
  switch (actor.kind) {
    case 'STAFF':
      return name ? t('event.byStaff', { name }) : t('event.bySomebody')
    case 'CUSTOMER':
      return t('event.byCustomer')
    case 'TABLET':
      return name ? t('event.byTablet', { name }) : t('event.byATablet')
    case 'KEY':
    case 'POS':
      return name ? t('event.byTill', { name }) : t('event.byATill')
    default:
      return t('event.byItself')
  }
}

/** An order is explained once, below what it earned; what an offer gave is in there. */
function explainedOrder(event: LoyaltyEvent): string {
  const pending = event.other_event?.reason === 'pending' ? event.other_event : undefined
  return (event.accumulate_points ?? pending)?.order_id ?? ''
}

export function wordsOf(event: LoyaltyEvent, units: Units): EventWords {
  const block = blockOf(event)
  const count = block?.points ?? 0
  const reason = block?.reason
  // What staff write of a correction is their own, even if it is one of the server's words.
  const isByHand = event.type === 'ADJUST_POINTS' && !block?.order_id
  const known = !isByHand && isKnown(reason) ? KNOWN[reason]?.() : undefined
  const back = event.order_return
  const why = back?.reason ? WHY[back.reason]() : ''
  return {
    what:
      (back?.kind === 'VOID' ? t('event.void') : known) ??
      NAMES[event.type]?.() ??
      t('event.other'),
    moved: count === 0 ? '' : formatUnits(units, count, { sign: true }),
    isGain: count > 0,
    reason: known ? why : (reason ?? ''),
    who: whoOf(event),
    order: explainedOrder(event),
  }
}
