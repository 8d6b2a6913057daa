// A programme's terms beside its rules, one sentence each.
import { calendarDay, formatUnits, locale, money } from '../format'
import { t } from '../i18n/loyalty'
import type { Limits, ProgramTerms } from './program'

function wait(minutes: number): string {
  const isHours = minutes >= 60 && minutes % 60 === 0
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: isHours ? 'hour' : 'minute',
    unitDisplay: 'long',
  }).format(isHours ? minutes / 60 : minutes)
}

function describeLimits(limits: Limits, units: (count: number) => string): readonly string[] {
  const { points_per_purchase, points_per_day, points_per_month } = limits
  const { earnings_per_day, cooldown_minutes } = limits
  return [
    ...(points_per_purchase ? [t('terms.cap', { points: units(points_per_purchase) })] : []),
    ...(points_per_day ? [t('terms.capDay', { points: units(points_per_day) })] : []),
    ...(points_per_month ? [t('terms.capMonth', { points: units(points_per_month) })] : []),
    ...(earnings_per_day ? [t('terms.visits', { count: earnings_per_day })] : []),
    ...(cooldown_minutes ? [t('terms.cooldown', { wait: wait(cooldown_minutes) })] : []),
  ]
}

/** Everything beside its rules: from how much, until when, how long, how much at most. */
export function describeTerms(program: ProgramTerms): readonly string[] {
  const minimum = program.minimum_amount_money
  const { ends_on, expiration_days, ripen_days, on_refund } = program
  const units = (count: number): string => formatUnits(program, count)
  const full = { day: 'numeric', month: 'long', year: 'numeric' } as const
  return [
    ...(minimum && minimum.amount > 0 ? [t('terms.from', { amount: money(minimum) })] : []),
    ...(ends_on ? [t('terms.ends', { date: calendarDay(ends_on, full) })] : []),
    expiration_days ? t('terms.expires', { count: expiration_days }) : t('terms.neverExpires'),
    ...(ripen_days ? [t('terms.ripen', { count: ripen_days })] : []),
    ...describeLimits(program.limits ?? {}, units),
    ...(on_refund === 'to_zero' ? [t('terms.toZero')] : []),
  ]
}
