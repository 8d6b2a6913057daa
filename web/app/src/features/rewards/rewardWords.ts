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

const untilText = (at: string | undefined): string =>
  at ? t('rewards.until', { day: day(at) }) : ''

const joined = (parts: readonly string[]): string => parts.filter(Boolean).join(' · ')

/** Of one that is theirs: what it takes off and from how much on, and until when. */
export function ticketLines(reward: Reward): readonly string[] {
  const { valid_days: _, stock: __, per_customer: ___, ...terms } = reward
  const whole = { ...terms, name: reward.name ?? '' }
  const worth = joined([worthOf(whole), ...describeTierLimits(whole)])
  return [worth, untilText(reward.expires_at)].filter(Boolean)
}

/** Of one that may be had. */
export function tierText(tier: Tier): string {
  return joined([worthOf(tier), ...describeTierLimits(tier)])
}

/** Where it comes from, and until when. */
export function noteLines(note: CreditNote): readonly string[] {
  const isPart = note.balance_money.amount < note.amount_money.amount
  const before = isPart ? t('notes.of', { amount: money(note.amount_money) }) : ''
  return [joined([t(`notes.${note.reason}`), before]), untilText(note.expires_at)].filter(Boolean)
}
