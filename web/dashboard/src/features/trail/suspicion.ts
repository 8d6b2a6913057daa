// A suspicion in words: what was counted, and what is usual; and where to look at it.
import { calendarDay, clock, number } from '$shared/format'
import { t } from '$shared/i18n/trail'
import { desk } from '../../desk.svelte'
import { router } from '../../routes'
import { dayIn } from '../home/home.svelte'
import type { Suspicion } from './suspicionApi'

const dayOf = (at: string): string => dayIn(desk.merchant.time_zone, new Date(at))
const dayWords = (at: string): string =>
  calendarDay(dayOf(at), { weekday: 'long', day: 'numeric', month: 'long' })

export function whatOf({ kind, member, from, to, count }: Suspicion): string {
  const name = member.name ?? t('gone')
  const values = { name, count, number: number(count), day: dayWords(from) }
  if (kind === 'own') return t('unusual.own', values)
  const hours = { ...values, from: clock(from), to: clock(to) }
  return kind === 'burst' ? t('unusual.burst', hours) : t('unusual.afterHours', hours)
}

export function whyOf({ kind, usual, known }: Suspicion): string {
  const values = { count: usual, usual: number(usual), known: number(known) }
  if (kind === 'own') return t('unusual.ownWhy', values)
  return kind === 'burst' ? t('unusual.burstWhy', values) : t('unusual.afterHoursWhy', values)
}

/** The trail of that member, of that day, or of their own record. */
export function trailOf({ kind, member, customer, from }: Suspicion): string {
  const of = kind === 'own' ? { customer: customer?.id ?? '' } : { day: dayOf(from) }
  return router.href('trail', {}, { who: member.id, ...of, kind: 'gave' })
}
