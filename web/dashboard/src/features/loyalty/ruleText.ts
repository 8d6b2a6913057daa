// A programme's rule as people say it over the counter.
import { money, points, type Money } from '$shared/format'
import { t } from '$shared/i18n/dashboard'
import type { AccrualRule, Program } from '../../shopApi'

function isOneEuro({ amount, currency }: Money): boolean {
  return currency === 'EUR' && amount === 100
}

export function ruleText(rule: AccrualRule, program: Pick<Program, 'terminology'>): string {
  const earned = points(rule.points, program.terminology)
  if (rule.accrual_type === 'SPEND' && rule.spend_data) {
    const { amount_money } = rule.spend_data
    if (isOneEuro(amount_money)) return t('rule.perEuro', { points: earned })
    return t('rule.perAmount', { points: earned, amount: money(amount_money) })
  }
  const minimum = rule.visit_data?.minimum_amount_money
  if (minimum && minimum.amount > 0)
    return t('rule.perVisitFrom', { points: earned, amount: money(minimum) })
  return t('rule.perVisit', { points: earned })
}
