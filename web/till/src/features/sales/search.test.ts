import { expect, test } from 'vitest'
import type { Order } from '../../tillApi'
import { matches } from './search'

const order: Order = {
  id: 'ord_1',
  total_money: { amount: 1250, currency: 'EUR' },
  created_at: '2026-11-22T08:00:00Z',
  claim_state: 'NONE',
  state: 'COMPLETED',
  line_items: [{ name: 'Éclair au café' }],
  paid_by: { name: 'Zoé Le Gall' },
}

test('a sale is found by an article, a customer or an amount, however it is typed', () => {
  for (const words of ['', 'eclair', 'ÉCLAIR zoe', 'le gall', '12,50', '12.50', '12']) {
    expect(matches(order, words), words).toBe(true)
  }
  for (const words of ['tarte', 'zoé tarte', '13']) expect(matches(order, words), words).toBe(false)
})
