import { describe, expect, it } from 'vitest'
import { sentencesOf } from './affected'
import { tierChange, type Preview } from './loyaltyApi'

const program = { type: 'points', terminology: { one: 'point', other: 'points' } } as const
const preview = (code: string): Preview => ({
  accounts: 2,
  points: 30,
  pending_points: 5,
  rewards_issued: 1,
  waiting_orders: 3,
  new_rules: true,
  sentences: [{ code, count: 3 }],
})

describe('what a change means for whom', () => {
  it('is said of what the server counts, and not guessed of what a newer one tells', () => {
    expect(sentencesOf(preview('EARNS_FOR_DAYS'), program)[0]).toContain('3')
    expect(sentencesOf(preview('MAIN_PASSES_ON'), program)).toHaveLength(1)
    expect(sentencesOf(preview('toString'), program)).toEqual([])
  })
})

describe('a reward that is changed', () => {
  const before = { name: 'Café', points: 10, stock: 5 }

  it('keeps the stock that is left by now, unless another was typed', () => {
    expect(tierChange(before, { ...before, name: 'Thé' })).not.toHaveProperty('stock')
    expect(tierChange(before, { ...before, stock: 8 })).toHaveProperty('stock', 8)
  })

  it('has no stock and no end when those were emptied', () => {
    const change = tierChange({ ...before, valid_days: 30 }, { name: 'Café', points: 10 })
    expect(change).toMatchObject({ stock: null, valid_days: 0 })
  })
})
