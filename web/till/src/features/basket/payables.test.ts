import { describe, expect, it } from 'vitest'
import { changesPrice, payablesOf, withoutRefused, type Paying } from './payables'

const reward = (id: string, isPrice = true) => ({ id, name: id, wasTaken: false, key: id, isPrice })
const note = (id: string) => ({ id, code: id, balance_minor: 500, isTheirs: true })
const ALL: Paying = {
  rewards: [reward('a'), reward('b')],
  credit: { account_id: 'acc', name: 'Cagnotte', amount_minor: 420 },
  notes: [note('m'), note('n')],
}

describe('what a sale is paid with', () => {
  it('is told by name, and nothing where there is nothing', () => {
    expect(payablesOf(ALL, 'EUR')).toEqual({
      rewards: ['a', 'b'],
      credit: { account_id: 'acc', amount_money: { amount: 420, currency: 'EUR' } },
      credit_notes: [{ id: 'm' }, { id: 'n' }],
    })
    expect(payablesOf({ rewards: [], notes: [] }, 'EUR')).toEqual({})
  })

  it('changes the price, unless it is only handed over', () => {
    expect(changesPrice(ALL)).toBe(true)
    expect(changesPrice({ rewards: [reward('a', false)], notes: [] })).toBe(false)
    expect(changesPrice({ rewards: [], notes: [note('m')] })).toBe(true)
  })

  it('comes back without what was refused', () => {
    expect(withoutRefused(ALL, 'sale.rewards[1]').rewards.map(({ id }) => id)).toEqual(['a'])
    expect(withoutRefused(ALL, 'rewards[0]').rewards.map(({ id }) => id)).toEqual(['b'])
    const other = withoutRefused(ALL, 'sale.credit_notes[0].id')
    expect(other.notes.map(({ id }) => id)).toEqual(['n'])
    expect(other.credit).toBeDefined()
    expect(withoutRefused(ALL, 'sale.credit.amount_money').credit).toBeUndefined()
    expect(withoutRefused(ALL, 'sale.lines[0]')).toEqual(ALL)
  })
})
