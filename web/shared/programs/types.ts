// The three kinds of programme, in words.
import { t } from '../i18n/loyalty'
import type { ProgramType } from './program'

export function typeName(type: ProgramType): string {
  if (type === 'stamps') return t('type.stamps')
  return type === 'cashback' ? t('type.cashback') : t('type.points')
}

export function typeExample(type: ProgramType): string {
  if (type === 'stamps') return t('type.stampsExample')
  return type === 'cashback' ? t('type.cashbackExample') : t('type.pointsExample')
}

export function typeText(type: ProgramType): string {
  if (type === 'stamps') return t('type.stampsText')
  return type === 'cashback' ? t('type.cashbackText') : t('type.pointsText')
}
