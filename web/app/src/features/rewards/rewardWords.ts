// What a reward or a credit note is worth and until when, in words. No markup.
import { day, money } from '$shared/format'
import { t } from '$shared/i18n/app'
import type { TierTerms } from '$shared/programs/program'
import { describeTier, describeTierLimits } from '$shared/programs/words'
import type { CreditNote, Reward, Tier } from '../../appApi'

/** Articles have no names here: what is free, the reward's own name says. */
function worthOf(terms: TierTerms): string {
  if (terms.kind === 'item') return ''
  const worth = describeTier(terms)
  return worth === terms.name ? '' : worth
}

export const untilText = (at: string | undefined): string =>
  at ? t('rewards.until', { day: day(at) }) : ''

const joined = (parts: readonly string[]): string => parts.filter(Boolean).join(' · ')

/** Of one that is theirs: what it takes off, from how much on, until when. */
export function ticketText(reward: Reward): string {
  const { valid_days: _, stock: __, per_customer: ___, ...terms } = reward
  const whole = { ...terms, name: reward.name ?? '' }
  return joined([worthOf(whole), ...describeTierLimits(whole), untilText(reward.expires_at)])
}

/** Of one that may be had. */
export function tierText(tier: Tier): string {
  return joined([worthOf(tier), ...describeTierLimits(tier)])
}

export function noteText({ reason, expires_at, amount_money, balance_money }: CreditNote): string {
  const isPart = balance_money.amount < amount_money.amount
  return joined([
    t(`notes.${reason}`),
    isPart ? t('notes.of', { amount: money(amount_money) }) : '',
    untilText(expires_at),
  ])
}
