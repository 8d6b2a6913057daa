// What a program's points are called in the middle of a sentence: `vos points`, `vos gains`.
import type { Units } from './format'
import { t } from './i18n/shared'

/** Cashback is money, and money has no word for what is earned of it. */
export function unitsWord(program: Units): string {
  return program.type === 'cashback' ? t('units.cashback') : program.terminology.other
}
