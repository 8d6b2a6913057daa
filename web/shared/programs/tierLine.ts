// A reward in a line, as a list shows it.
import { formatUnits, money } from '../format'
import { t } from '../i18n/loyalty'
import { wayTo } from './example'
import type { TierTerms } from './program'
import type { TypedTerms } from './typedProgram'
import type { TypedTier, Writing } from './typedTier'
import { describeTier, describeTierLimits, type NameOf } from './words'

export interface TierLine {
  readonly key: string
  readonly name: string
  /** `100 points`. */
  readonly cost: string
  /** What it is worth, and its limits; what its name says already is not said again. */
  readonly details: readonly string[]
}

export function tierLine(
  key: string,
  tier: TierTerms,
  program: Parameters<typeof formatUnits>[0],
  nameOf: NameOf,
): TierLine {
  const worth = describeTier(tier, nameOf)
  return {
    key,
    name: tier.name,
    cost: formatUnits(program, tier.points),
    details: [...(worth && worth !== tier.name ? [worth] : []), ...describeTierLimits(tier)],
  }
}

/** `Après 100,00 € d’achats`: how far a customer goes for it; '' while that is not known. */
export function wayText(tier: TypedTier, typed: TypedTerms, writing: Writing): string {
  const way = wayTo(tier, typed, writing)
  if (!way) return ''
  const { currency } = writing
  if (way.kind === 'spend')
    return t('way.spend', { amount: money({ amount: way.count, currency }) })
  return way.kind === 'visits'
    ? t('way.visits', { count: way.count })
    : t('way.articles', { count: way.count })
}
