// Why a purchase earned what it earned, rule by rule, in words.
import { formatUnits, money, number, type Money, type Units } from '../format'
import { find, t } from '../i18n/programs'
import type { AccrualRule } from './program'
import { describeRule, type NameOf } from './words'

export interface Explanation {
  readonly source: 'RULE' | 'PROMOTION'
  readonly rule?: AccrualRule
  readonly promotion_id?: string
  readonly promotion_name?: string
  readonly basis_money?: Money
  readonly basis_count?: number
  readonly points: number
  /** What a limit took off. */
  readonly capped_points?: number
  /** Why it gave nothing, or less. */
  readonly reason?: string
}
export interface Earning {
  readonly order_id: string
  readonly points: number
  readonly promotion_points: number
  /** What refunds took back of both. */
  readonly taken_back: number
  readonly pending_until?: string
  readonly explanation: readonly Explanation[]
}

/* Nothing is said of what counted nothing: why it did not is said. */
function basisText({ basis_money, basis_count }: Explanation): string {
  if (basis_money) return basis_money.amount === 0 ? '' : money(basis_money)
  return basis_count ? t('why.articles', { count: basis_count }) : ''
}

/** It gave more than its amount alone: what earlier purchases left over counted, too. */
function hasCarried({ rule, basis_money, points, capped_points = 0 }: Explanation): boolean {
  const per = rule?.spend_data?.amount_money?.amount
  if (!rule || !per || !basis_money || points === 0) return false
  return points + capped_points > Math.floor(basis_money.amount / per) * rule.points
}

function reasonText(reason: string | undefined): string {
  return reason ? (find(`why.${reason}`) ?? '') : ''
}

/** `1 point par euro sur 18,40 € : 18`, `Mardi double : +18`, `En dessous du minimum`. */
export function explain(one: Explanation, program: Units, nameOf?: NameOf): string {
  const why = reasonText(one.reason)
  if (one.source === 'PROMOTION') {
    const name = one.promotion_name ?? t('why.promotion')
    const gain = one.points > 0 ? formatUnits(program, one.points, { sign: true }) : why
    return t('why.gain', { what: name, gain: gain || number(0) })
  }
  const rule = one.rule ? describeRule(one.rule, program, nameOf) : t('why.rule')
  const basis = basisText(one)
  const what = basis ? t('why.on', { rule, basis }) : rule
  const gain = one.points > 0 ? formatUnits(program, one.points) : why
  const told = t('why.gain', { what, gain: gain || number(0) })
  const text = hasCarried(one) ? t('why.carried', { text: told }) : told
  const capped = one.capped_points ?? 0
  if (one.points === 0 || capped === 0) return text
  return t('why.capped', { text, less: formatUnits(program, -capped, { sign: true }), why })
}
