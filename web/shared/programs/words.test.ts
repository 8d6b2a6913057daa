import { beforeEach, describe, expect, it } from 'vitest'
import { setCountry } from '../format'
import { setLanguage } from '../i18n/catalogue.svelte'
import type { AccrualRule, ProgramTerms, TierTerms } from './program'
import { describeTerms } from './terms'
import { describeRule, describeTier, describeTierLimits } from './words'

const points = { type: 'points', terminology: { one: 'point', other: 'points' } } as const
const stamps = { type: 'stamps', terminology: { one: 'tampon', other: 'tampons' } } as const
const cashback = { type: 'cashback', terminology: { one: 'centime', other: 'centimes' } } as const
const euro = (amount: number) => ({ amount, currency: 'EUR' })
const names: Readonly<Record<string, string>> = { a: 'Café', b: 'Thé', c: 'Boissons' }
const nameOf = (id: string) => names[id]
/** Spaces that never break are spaces here. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

function spend(points: number, amount: number, rest: object = {}): AccrualRule {
  const spend_data = { amount_money: euro(amount), tax_mode: 'AFTER_TAX' as const, ...rest }
  return { accrual_type: 'SPEND', points, spend_data }
}

beforeEach(() => {
  setLanguage('fr')
  setCountry('FR')
})

describe('a rule', () => {
  it('is said as over the counter', () => {
    expect(plain(describeRule(spend(1, 100), points))).toBe('1 point par euro')
    expect(plain(describeRule(spend(3, 250), points))).toBe('3 points tous les 2,50 €')
    expect(plain(describeRule(spend(5, 100), cashback))).toBe('5 % de cagnotte')
    expect(plain(describeRule(spend(25, 1000), cashback))).toBe('2,5 % de cagnotte')
    const visit: AccrualRule = { accrual_type: 'VISIT', points: 1 }
    expect(plain(describeRule(visit, stamps))).toBe('1 tampon à chaque visite')
  })

  it('says what it counts: a few by name, many by number', () => {
    const some: AccrualRule = {
      accrual_type: 'ITEM_VARIATION',
      points: 1,
      item_variation_data: { item_variation_ids: ['a', 'b'] },
    }
    expect(plain(describeRule(some, stamps, nameOf))).toBe('1 tampon par article : Café et Thé')
    expect(plain(describeRule(some, stamps))).toBe('1 tampon par article : 2 articles choisis')
    const category = spend(1, 100, { category_ids: ['c'], item_variation_ids: ['a'] })
    expect(plain(describeRule(category, points, nameOf))).toBe(
      '1 point par euro, sur : Boissons et Café',
    )
    const many = spend(1, 100, { category_ids: ['c'], item_variation_ids: ['a', 'b', 'x'] })
    expect(plain(describeRule(many, points, nameOf))).toBe(
      '1 point par euro, sur : 1 catégorie choisie et 3 articles choisis',
    )
    const except = spend(1, 100, { excluded_category_ids: ['c'], tax_mode: 'BEFORE_TAX' })
    expect(plain(describeRule(except, points, nameOf))).toBe(
      '1 point par euro, hors taxes, sauf : Boissons',
    )
  })

  it('is said in every language', () => {
    setLanguage('en')
    expect(plain(describeRule(spend(5, 100), cashback))).toBe('5% back')
    setLanguage('es')
    expect(plain(describeRule(spend(1, 100), points))).toBe('1 point por euro')
  })
})

describe('a programme’s terms', () => {
  const bare: ProgramTerms = { ...points, name: 'P', accrual_rules: [spend(1, 100)] }

  it('leave out what is not limited', () => {
    expect(describeTerms(bare)).toEqual(['Sans limite de durée.'])
  })

  it('say each limit once', () => {
    const limits = { points_per_day: 50, earnings_per_day: 1, cooldown_minutes: 120 }
    const all = { ...bare, minimum_amount_money: euro(100), ends_on: '2027-01-01', limits }
    expect(describeTerms({ ...all, expiration_days: 365, ripen_days: 14 }).map(plain)).toEqual([
      'À partir de 1,00 € d’achat.',
      'Jusqu’au 1er janvier 2027 inclus.',
      'Valables 365 jours après l’achat.',
      'Utilisables 14 jours après l’achat.',
      '50 points au plus par jour et par client.',
      '1 achat compté par jour et par client.',
      'Au moins 2 heures entre deux achats qui comptent.',
    ])
    const money = { ...bare, ...cashback, limits: { points_per_purchase: 500 } }
    expect(plain(describeTerms(money)[1] ?? '')).toBe('5,00 € au plus par achat.')
  })
})

describe('a reward', () => {
  const tier = (rest: Partial<TierTerms>): TierTerms => ({ name: 'R', points: 10, ...rest })

  it('says what it is worth', () => {
    const percentage = tier({ kind: 'percentage', percentage: '10.5', category_ids: ['c'] })
    expect(plain(describeTier(percentage, nameOf))).toBe('10,5 % de remise, sur : Boissons')
    const amount = tier({ kind: 'amount', amount_money: euro(500) })
    expect(plain(describeTier(amount))).toBe('5,00 € de remise')
    const item = tier({ kind: 'item', item_variation_ids: ['a'] })
    expect(plain(describeTier(item, nameOf))).toBe('Offert : Café')
    const credit = tier({ kind: 'credit', amount_money: euro(500) })
    expect(plain(describeTier(credit))).toBe('5,00 € en avoir')
    expect(describeTier(tier({}))).toBe('')
  })

  it('says its limits, and that none is left', () => {
    const limited = tier({
      valid_days: 30,
      stock: 0,
      per_customer: 1,
      max_discount_money: euro(2000),
    })
    expect(describeTierLimits(limited).map(plain)).toEqual([
      '20,00 € au plus',
      'à utiliser dans les 30 jours',
      '1 fois par client',
      'il en reste 0',
    ])
    expect(describeTierLimits(tier({}))).toEqual([])
  })
})
