// Why a sale earns what it earns, rule by rule, as a cashier says it. No markup.
import { formatUnits, money, number } from '$shared/format'
import { find, t } from '$shared/i18n/till'
import type { Program } from '$shared/programs/program'
import { describeRule, type NameOf } from '$shared/programs/words'
import type { Earning, Explanation } from '../../tillApi'

export interface Reason {
  /** The rule or the offer. */
  readonly what: string
  /** Of how much, or why it gives nothing. */
  readonly how: string
  /** `+12 points`. */
  readonly gave: string
}

function basisOf({ basis_money, basis_count }: Explanation): string {
  if (basis_money) return t('why.onMoney', { amount: money(basis_money) })
  return basis_count === undefined ? '' : t('why.onCount', { count: basis_count })
}

function howOf(told: Explanation, program: Program): string {
  const capped = told.capped_points
    ? t('why.capped', { points: formatUnits(program, told.capped_points) })
    : ''
  const reason = told.reason ? (find(`why.${told.reason}`) ?? '') : ''
  return [told.points > 0 ? basisOf(told) : '', capped, reason].filter(Boolean).join(' · ')
}

export function reasonsOf(earning: Earning, program: Program, nameOf: NameOf): readonly Reason[] {
  return earning.explanation.map((told) => ({
    what: told.rule
      ? describeRule(told.rule, program, nameOf)
      : (told.promotion_name ?? t('why.promotion')),
    how: howOf(told, program),
    gave: told.points === 0 ? number(0) : formatUnits(program, told.points, { sign: true }),
  }))
}
