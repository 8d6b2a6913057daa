// The steps from what there was to what is left, as one line of figures.
import { calendarDay, money, type Money } from '$shared/format'
import { t } from '$shared/i18n/circulation'
import type { Owing } from './circulation.svelte'
import type { Flows, Period } from './circulationApi'

export interface Step {
  readonly name: keyof Flows<unknown>
  readonly label: string
  /** Whether the figure is where it begins, is added or taken off, or is what is left. */
  readonly way: '' | '+' | '−' | '='
}

/** Credit notes have no refunds and corrections of their own; what is never there is not shown. */
export function stepsOf(owing: Owing, { from, to }: Period, isNow: boolean): readonly Step[] {
  const closing = isNow ? t('now') : t('closing', { day: calendarDay(to) })
  const steps: readonly Step[] = [
    { name: 'opening', label: t('opening', { day: calendarDay(from) }), way: '' },
    {
      name: 'issued',
      label: owing.program ? t('issued') : t('notesIssued'),
      way: '+',
    },
    { name: 'redeemed', label: t('redeemed'), way: '−' },
    {
      name: 'expired',
      label: owing.program ? t('expired') : t('notesEnded'),
      way: '−',
    },
    { name: 'returned', label: t('returned'), way: '−' },
    { name: 'adjusted', label: t('adjusted'), way: '+' },
    { name: 'closing', label: closing, way: '=' },
  ]
  if (owing.program) return steps
  return steps.filter(
    ({ name }) => (name !== 'returned' && name !== 'adjusted') || owing.money?.[name].amount !== 0,
  )
}

/** `+ 300`, `− 2,40 €`, `= 12`, `0`: what is given back of what was used is added again. */
export function signed(value: number, way: Step['way'], write: (value: number) => string): string {
  if (way === '') return write(value)
  if (way === '=') return `=\u00a0${write(value)}`
  if (value === 0) return write(0)
  const isMore = value > 0 === (way === '+')
  return `${isMore ? '+' : '−'}\u00a0${write(Math.abs(value))}`
}

export function signedMoney({ amount, currency }: Money, way: Step['way']): string {
  return signed(amount, way, (minor) => money({ amount: minor, currency }))
}
