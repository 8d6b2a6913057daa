import { describe, expect, it } from 'vitest'
import { OrderQueue } from './orderQueue.svelte'
import type { Order } from './tabletApi'

const order = (id: string, end = '2026-01-01T10:05:00Z', points = 3): Order => ({
  id,
  points,
  total_money: { amount: 300, currency: 'EUR' },
  closed_at: '2026-01-01T10:00:00Z',
  expires_at: end,
  has_card: false,
})

describe('the order on the screen', () => {
  it('is the newest one when nobody is at work', () => {
    const queue = new OrderQueue()
    queue.put(order('a'), false)
    queue.put(order('b'), false)
    expect(queue.chosen?.id).toBe('b')
  })

  it('does not change under someone’s fingers', () => {
    const queue = new OrderQueue()
    queue.put(order('a'), false)
    queue.put(order('b'), true)
    expect(queue.chosen?.id).toBe('a')
    expect(queue.all).toHaveLength(2)
  })

  it('shows its new points after a refund, and stays where it was', () => {
    const queue = new OrderQueue()
    queue.put(order('a'), false)
    queue.put(order('b'), false)
    queue.put(order('a', undefined, 1), false)
    expect(queue.all.map((each) => each.points)).toEqual([1, 3])
    expect(queue.chosen?.id).toBe('b')
  })

  it('goes away with its order, and the next one is not shown by itself', () => {
    const queue = new OrderQueue()
    queue.put(order('a'), false)
    queue.put(order('b'), false)
    queue.remove('b')
    expect(queue.chosen).toBeUndefined()
    queue.showNext()
    expect(queue.chosen?.id).toBe('a')
  })
})

describe('a customer who says no', () => {
  it('is asked nothing more, and can come back', () => {
    const queue = new OrderQueue()
    queue.put(order('a'), false)
    queue.setChosenAside()
    queue.showNext()
    expect(queue.chosen).toBeUndefined()
    expect(queue.hasFresh).toBe(false)
    expect(queue.all).toHaveLength(1)
    queue.choose('a')
    expect(queue.chosen?.id).toBe('a')
  })

  it('stays away through a reload of the list', () => {
    const queue = new OrderQueue()
    queue.put(order('a'), false)
    queue.setChosenAside()
    queue.replace([order('a')])
    expect(queue.chosen).toBeUndefined()
    queue.replace([order('a'), order('b')])
    expect(queue.chosen?.id).toBe('b')
  })
})

describe('the server’s list', () => {
  it('keeps the choice while its order waits', () => {
    const queue = new OrderQueue()
    queue.put(order('a'), false)
    queue.replace([order('a'), order('b')])
    expect(queue.chosen?.id).toBe('a')
  })

  it('knows what is past its time, to the moment', () => {
    const queue = new OrderQueue()
    queue.replace([order('a', '2026-01-01T10:05:00Z'), order('b', '2026-01-01T10:06:00Z')])
    const expired = queue.expired(Date.parse('2026-01-01T10:05:00Z'))
    expect(expired.map((each) => each.id)).toEqual(['a'])
  })
})
