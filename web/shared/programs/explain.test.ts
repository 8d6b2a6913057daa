import { beforeEach, describe, expect, it } from 'vitest'
import { setCountry, setCurrency } from '../format'
import { setLanguage } from '../i18n/catalogue.svelte'
import { explain, type Explanation } from './explain'
import type { AccrualRule } from './program'

const program = { type: 'points', terminology: { one: 'point', other: 'points' } } as const
const euro = (amount: number) => ({ amount, currency: 'EUR' })
const rule: AccrualRule = {
  accrual_type: 'SPEND',
  points: 1,
  spend_data: { amount_money: euro(100), tax_mode: 'AFTER_TAX' },
}
const said = (one: Partial<Explanation>): string =>
  explain({ source: 'RULE', rule, points: 18, ...one }, program).replace(/[\u00a0\u202f]/g, ' ')

beforeEach(() => {
  setLanguage('fr')
  setCountry('FR')
  setCurrency('EUR')
})

describe('why a purchase earned', () => {
  it('is its rule, what it counted and what that came to', () => {
    expect(said({ basis_money: euro(1840) })).toBe('1 point par euro sur 18,40 € : 18 points')
    expect(said({ basis_count: 3 })).toBe('1 point par euro sur 3 articles : 18 points')
  })

  it('is what earlier purchases left over, when the amount alone would give less', () => {
    expect(said({ basis_money: euro(460), points: 5 })).toBe(
      '1 point par euro sur 4,60 € : 5 points, avec le reste des achats précédents',
    )
    expect(said({ basis_money: euro(460), points: 4 })).toBe(
      '1 point par euro sur 4,60 € : 4 points',
    )
  })

  it('is an offer by its name', () => {
    const offer = { source: 'PROMOTION', promotion_name: 'Mardi double', points: 18 } as const
    expect(explain(offer, program)).toBe('Mardi double\u00a0: +18\u00a0points')
    expect(said({ ...offer, points: 0, reason: 'SPEND_MINIMUM' })).toBe(
      'Mardi double : achat trop petit pour l’offre',
    )
  })

  it('is why it was nothing', () => {
    expect(said({ points: 0, reason: 'BELOW_MINIMUM' })).toBe(
      '1 point par euro : en dessous de l’achat minimum',
    )
    expect(said({ basis_money: euro(0), points: 0, reason: 'NOTHING_QUALIFIES' })).toBe(
      '1 point par euro : aucun article qui compte',
    )
    expect(said({ points: 0, reason: 'A_REASON_OF_TOMORROW' })).toBe('1 point par euro : 0')
  })

  it('is what a limit took off', () => {
    expect(said({ basis_money: euro(1840), points: 10, capped_points: 8, reason: 'CAP_DAY' })).toBe(
      '1 point par euro sur 18,40 € : 10 points (−8 points : limite du jour atteinte)',
    )
  })

  it('is money where the programme counts in money', () => {
    const kitty = { type: 'cashback', terminology: { one: 'centime', other: 'centimes' } } as const
    const share = {
      ...rule,
      spend_data: { ...rule.spend_data, amount_money: euro(20) },
    } as AccrualRule
    const text = explain(
      { source: 'RULE', rule: share, basis_money: euro(1840), points: 92 },
      kitty,
    )
    expect(text.replace(/[\u00a0\u202f]/g, ' ')).toBe('5 % de cagnotte sur 18,40 € : 0,92 €')
  })
})
