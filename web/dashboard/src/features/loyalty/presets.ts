// The three kinds of programme, filled in with what most shops take.
import type { Terminology } from '$shared/format'
import { t } from '$shared/i18n/dashboard'
import { amountText, currencyDigits } from '$shared/numbers'
import type { ProgramType } from '../../shopApi'
import type { TypedProgram } from './newProgram.svelte'

export const TYPES: readonly ProgramType[] = ['points', 'stamps', 'cashback']

export function typeName(type: ProgramType): string {
  if (type === 'stamps') return t('type.stamps')
  return type === 'cashback' ? t('type.cashback') : t('type.points')
}

export function typeText(type: ProgramType): string {
  if (type === 'stamps') return t('type.stampsText')
  return type === 'cashback' ? t('type.cashbackText') : t('type.pointsText')
}

export function termsOf(type: ProgramType): Terminology {
  if (type === 'stamps') return { one: t('stamps.one'), other: t('stamps.other') }
  if (type === 'cashback') return { one: t('cents.one'), other: t('cents.other') }
  return { one: t('points.one'), other: t('points.other') }
}

export function presetOf(
  type: ProgramType,
  shop: string,
  currency: string,
  locale: string,
): TypedProgram {
  const amount = amountText(10 ** currencyDigits(currency), currency, locale)
  const name = t('program.defaultName', { shop })
  if (type === 'stamps')
    return {
      type,
      name,
      kind: 'VISIT',
      points: '1',
      amount,
      rewardName: t('preset.stampsReward'),
      rewardPoints: '10',
    }
  if (type === 'cashback')
    return {
      type,
      name,
      kind: 'SPEND',
      points: '5',
      amount,
      rewardName: t('preset.cashbackReward'),
      rewardPoints: '500',
    }
  return {
    type,
    name,
    kind: 'SPEND',
    points: '1',
    amount,
    rewardName: t('preset.pointsReward'),
    rewardPoints: '100',
  }
}
