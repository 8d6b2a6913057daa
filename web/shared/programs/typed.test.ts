import { beforeEach, describe, expect, it } from 'vitest'
import { setCountry } from '../format'
import { setLanguage } from '../i18n/catalogue.svelte'
import { exampleUnits, wayTo } from './example'
import type { Program, ProgramType } from './program'
import { presetOf, programProblems, programTyped, termsTyped, typedProgram } from './typedProgram'
import { ratioOf, rulesOf, typedRule } from './typedRule'
import { emptyTier, tierOf, tierProblems, typedTier, type TypedTier } from './typedTier'
import { isPlain, stepProblems } from './wizardSteps'

const writing = { currency: 'EUR', locale: 'fr-FR' }
const TODAY = '2026-11-22'
const euro = (amount: number) => ({ amount, currency: 'EUR' })
const TYPES: readonly ProgramType[] = ['stamps', 'points', 'cashback']
const preset = (type: ProgramType) => presetOf(type, 'Le Fournil', writing)
const named = (): string => 'named by its worth'

function programFrom(type: ProgramType, changes: Partial<Program> = {}): Program {
  const { reward_tiers, ...terms } = programTyped(preset(type), writing)
  const tiers = reward_tiers.map((tier, i) => ({ ...tier, id: `t${i}` }))
  return { ...terms, id: 'p', status: 'ACTIVE', is_main: true, reward_tiers: tiers, ...changes }
}

beforeEach(() => {
  setLanguage('fr')
  setCountry('FR')
})

describe('a preset', () => {
  it.each(TYPES)('of %s is whole as it is', (type) => {
    expect(programProblems(preset(type), writing, TODAY)).toEqual([])
  })

  it('earns from one unit of money, and counts everything', () => {
    const points = programTyped(preset('points'), writing)
    expect(points.minimum_amount_money).toEqual(euro(100))
    expect(points.accrual_rules).toEqual([
      {
        accrual_type: 'SPEND',
        points: 1,
        spend_data: { amount_money: euro(100), tax_mode: 'AFTER_TAX' },
      },
    ])
    expect(points.reward_tiers[0]).toMatchObject({
      name: '5,00\u00a0€ de remise',
      points: 100,
      kind: 'amount',
      amount_money: euro(500),
    })
    expect(programTyped(preset('cashback'), writing).reward_tiers).toEqual([])
  })
})

describe('what earns', () => {
  it('is a share in its smallest numbers', () => {
    expect(ratioOf(500)).toEqual({ points: 1, amount: 20 })
    expect(ratioOf(250)).toEqual({ points: 1, amount: 40 })
    expect(ratioOf(333)).toEqual({ points: 333, amount: 10_000 })
  })

  it('comes back into its fields as it was typed', () => {
    const choice = { item_variation_ids: ['a'], category_ids: ['c'] }
    const all = [
      preset('points'),
      { ...preset('points'), scope: 'chosen' as const, ...choice },
      { ...preset('points'), scope: 'except' as const, beforeTax: true, ...choice },
      { ...preset('stamps'), scope: 'chosen' as const, category_ids: ['c'] },
      { ...preset('stamps'), kind: 'ITEMS' as const, scope: 'chosen' as const, ...choice },
      { ...preset('cashback'), percent: '2,5' },
    ]
    for (const typed of all) {
      const rules = rulesOf(typed, writing)
      const again = typedRule(rules, typed.type, writing)
      expect(again && rulesOf(again, writing)).toEqual(rules)
    }
  })

  it('of articles and categories is a rule each, with the same points', () => {
    const typed = { ...preset('stamps'), kind: 'ITEMS' as const, scope: 'chosen' as const }
    const both = { ...typed, points: '2', item_variation_ids: ['a'], category_ids: ['c'] }
    expect(rulesOf(both, writing)).toEqual([
      { accrual_type: 'CATEGORY', points: 2, category_data: { category_ids: ['c'] } },
      {
        accrual_type: 'ITEM_VARIATION',
        points: 2,
        item_variation_data: { item_variation_ids: ['a'] },
      },
    ])
  })

  it('that these fields cannot say is left alone', () => {
    const [rule] = rulesOf(preset('points'), writing)
    if (!rule?.spend_data) throw new Error('no rule')
    const { spend_data } = rule
    expect(typedRule([rule, rule], 'points', writing)).toBeUndefined()
    const both = { ...spend_data, category_ids: ['a'], excluded_category_ids: ['b'] }
    expect(typedRule([{ ...rule, spend_data: both }], 'points', writing)).toBeUndefined()
    const tax_mode = 'AFTER_TAX' as const
    const visit = { minimum_amount_money: euro(500), tax_mode }
    const visits = [{ accrual_type: 'VISIT' as const, points: 1, visit_data: visit }]
    expect(typedRule(visits, 'stamps', writing)).toBeUndefined()
  })
})

describe('a programme’s fields', () => {
  it('say what is wrong, and on which step', () => {
    const wrong = { ...preset('points'), points: 'x', name: ' ', capDay: '-', endsOn: '2026-11-21' }
    expect(stepProblems('earn', wrong, writing, TODAY)).toEqual(['points', 'endsOn', 'capDay'])
    expect(stepProblems('summary', wrong, writing, TODAY)).toContain('name')
    expect(stepProblems('type', wrong, writing, TODAY)).toEqual([])
    expect([isPlain('endsOn'), isPlain('capDay')]).toEqual([true, false])
    const chosen = { ...preset('points'), scope: 'chosen' as const }
    expect(stepProblems('earn', chosen, writing, TODAY)).toEqual(['chosen'])
    const none = { ...preset('points'), tiers: [] }
    expect(stepProblems('rewards', none, writing, TODAY)).toEqual(['tiers'])
    expect(stepProblems('rewards', preset('cashback'), writing, TODAY)).toEqual([])
  })

  it('limit in money where the programme counts in money', () => {
    const typed = { ...preset('cashback'), capDay: '2,50', cooldown: '60', visitsDay: '1' }
    expect(termsTyped(typed, writing).limits).toEqual({
      points_per_purchase: 0,
      points_per_day: 250,
      points_per_month: 0,
      earnings_per_day: 1,
      cooldown_minutes: 60,
    })
    const limits = { points_per_day: 250 }
    expect(typedProgram(programFrom('cashback', { limits }), writing).typed.capDay).toBe('2,50')
  })

  it.each(TYPES)('of %s come back as they were', (type) => {
    const program = programFrom(type, { ends_on: '2027-01-31', expiration_days: 365 })
    const { typed, hasOwnRules } = typedProgram(program, writing)
    expect(hasOwnRules).toBe(true)
    const { reward_tiers, id, status, is_main, ...terms } = program
    expect(termsTyped(typed, writing)).toEqual(terms)
  })
})

describe('a reward’s fields', () => {
  const tier = (changes: Partial<TypedTier>): TypedTier => ({
    ...emptyTier(),
    points: '50',
    ...changes,
  })

  it('say what is wrong with each kind', () => {
    const problems = (changes: Partial<TypedTier>) => tierProblems(tier(changes), 'points', writing)
    expect(problems({})).toEqual(['amount'])
    expect(problems({ kind: 'percentage', percentage: '120' })).toEqual(['percentage'])
    expect(problems({ kind: 'item' })).toEqual(['chosen'])
    expect(problems({ kind: 'other', points: '0' })).toEqual(['name', 'points'])
    expect(problems({ kind: 'other', name: 'Thé', stock: 'beaucoup' })).toEqual(['stock'])
  })

  it('send what is theirs alone, named after their worth unless they have a name', () => {
    const left = { amount: '5', max: '20', minimum: '10', item_variation_ids: ['a'] }
    const percent = tier({ kind: 'percentage', percentage: '12,5', stock: '0', ...left })
    expect(tierOf(percent, 'points', writing, named)).toEqual({
      name: 'named by its worth',
      points: 50,
      kind: 'percentage',
      percentage: '12.5',
      max_discount_money: euro(2000),
      minimum_amount_money: euro(1000),
      item_variation_ids: ['a'],
      category_ids: [],
      stock: 0,
    })
    const other = tier({ kind: 'other', name: ' Thé ', perCustomer: '1', ...left })
    expect(tierOf(other, 'points', writing, named)).toEqual({
      name: 'Thé',
      points: 50,
      kind: 'other',
      per_customer: 1,
    })
    expect(tierOf(tier({ amount: '5', points: '2,50' }), 'cashback', writing, named).points).toBe(
      250,
    )
  })

  it('come back as they were', () => {
    const credit = tier({ kind: 'credit', amount: '5,00', validDays: '30', name: 'Merci' })
    const terms = tierOf(credit, 'points', writing, named)
    expect(typedTier(terms, 'points', writing)).toEqual(credit)
    const percent = { name: 'R', points: 1, kind: 'percentage' as const, percentage: '12.5' }
    expect(typedTier(percent, 'points', writing).percentage).toBe('12,5')
  })
})

describe('the example', () => {
  it('is what a purchase of 18,40 € would earn', () => {
    expect(exampleUnits(preset('points'), writing)).toBe(18)
    expect(exampleUnits(preset('cashback'), writing)).toBe(92)
    expect(exampleUnits(preset('stamps'), writing)).toBe(1)
    const items = { ...preset('stamps'), kind: 'ITEMS' as const, points: '3' }
    expect(exampleUnits(items, writing)).toBe(6)
  })

  it('is silent while articles are to be chosen, and none is', () => {
    const none = { ...preset('points'), scope: 'chosen' as const }
    expect(exampleUnits(none, writing)).toBeUndefined()
    expect(exampleUnits({ ...none, category_ids: ['c'] }, writing)).toBe(18)
  })

  it('keeps to the minimum and to the limit of a purchase', () => {
    expect(exampleUnits({ ...preset('points'), minimum: '20' }, writing)).toBe(0)
    expect(exampleUnits({ ...preset('points'), capPurchase: '10' }, writing)).toBe(10)
    expect(exampleUnits({ ...preset('points'), points: '' }, writing)).toBeUndefined()
  })

  it('tells how far a reward is', () => {
    const goal = (points: string) => ({ ...emptyTier(), points })
    expect(wayTo(goal('100'), preset('points'), writing)).toEqual({ kind: 'spend', count: 10_000 })
    expect(wayTo(goal('10'), preset('stamps'), writing)).toEqual({ kind: 'visits', count: 10 })
    const items = { ...preset('stamps'), kind: 'ITEMS' as const, points: '3' }
    expect(wayTo(goal('10'), items, writing)).toEqual({ kind: 'articles', count: 4 })
    expect(wayTo(goal(''), items, writing)).toBeUndefined()
  })
})
