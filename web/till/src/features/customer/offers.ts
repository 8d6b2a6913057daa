// What a customer could use on this sale, and what their points would give: each with its one tap.
import { day, formatUnits, money } from '$shared/format'
import { t } from '$shared/i18n/till'
import type { TierTerms } from '$shared/programs/program'
import { describeTier, describeTierLimits } from '$shared/programs/words'
import type { Counter } from '../../counter.svelte'
import type { CreditNote, Reward, Tier } from '../../tillApi'

export interface Offer {
  readonly id: string
  readonly name: string
  readonly text: string
  readonly action: string
  readonly kind: 'main' | 'quiet' | 'plain'
  readonly act: () => void
}

const joined = (...parts: readonly string[]): string => parts.filter(Boolean).join(' · ')
const until = (at: string | undefined): string => (at ? t('reward.until', { day: day(at) }) : '')

/** What it is worth; what it is for is its tier's to say, where that is still offered. */
function worthOf(told: TierTerms, tier_id: string, counter: Counter): string {
  const tiers = counter.programs.flatMap(({ reward_tiers }) => reward_tiers)
  const terms = tiers.find(({ id }) => id === tier_id) ?? told
  const worth = describeTier(terms, counter.nameOf)
  return worth === told.name ? '' : worth
}

function rewardOffer(reward: Reward, counter: Counter): Offer {
  const minimum = describeTierLimits({
    name: '',
    points: 0,
    ...(reward.minimum_amount_money ? { minimum_amount_money: reward.minimum_amount_money } : {}),
  })
  const text = joined(
    worthOf(reward, reward.reward_tier_id, counter),
    ...minimum,
    until(reward.expires_at),
  )
  return {
    id: reward.id,
    name: reward.name,
    text: text || t('reward.ready'),
    action: t('reward.use'),
    kind: 'main',
    act: () => counter.desk.use(reward),
  }
}

function noteOffer(note: CreditNote, counter: Counter): Offer {
  return {
    id: note.id,
    name: t('note.of', { amount: money(note.balance_money) }),
    text: joined(t(`note.${note.reason}`), until(note.expires_at)),
    action: t('reward.use'),
    kind: 'main',
    act: () => counter.desk.useNote(note),
  }
}

function tierOffer(tier: Tier, counter: Counter): Offer {
  const account = counter.desk.accountOf(tier)
  const cost = account ? formatUnits(account.program, tier.points) : ''
  return {
    id: tier.tier_id,
    name: tier.name,
    text: joined(t('reward.costs', { points: cost }), worthOf(tier, tier.tier_id, counter)),
    action: t('reward.take'),
    kind: 'quiet',
    act: () => void counter.desk.take(tier),
  }
}

export function offersOf(counter: Counter): readonly Offer[] {
  const { desk } = counter
  return [
    ...desk.usable.map((reward) => rewardOffer(reward, counter)),
    ...desk.purses.map((account) => ({
      id: account.id,
      name: account.program.name,
      text: t('credit.ready', { amount: formatUnits(account.program, account.balance) }),
      action: t('reward.use'),
      kind: 'main' as const,
      act: () => desk.useCashback(account),
    })),
    ...desk.notes.map((note) => noteOffer(note, counter)),
    ...(desk.found?.takeable ?? []).map((tier) => tierOffer(tier, counter)),
  ]
}
