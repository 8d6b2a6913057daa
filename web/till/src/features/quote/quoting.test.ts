import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Reply } from '$shared/api'
import type { Quote, SaleWish } from '../../tillApi'
import { Quoting } from './quoting.svelte'

const euros = (amount: number) => ({ amount, currency: 'EUR' })
const wish = (amount: number): SaleWish => ({
  lines: [{ name: '', quantity: '1', price_money: euros(amount) }],
})
const priced = (amount: number): Reply<{ quote: Quote }> => ({
  ok: true,
  value: {
    quote: {
      subtotal_money: euros(amount),
      discounts: [],
      total_money: euros(amount),
      earns: [],
    },
  },
})
const lost: Reply<never> = {
  ok: false,
  error: { code: 'OFFLINE', status: 0, detail: '', isPassing: true, field: '', retryAfter_s: 0 },
}

let ask: ReturnType<typeof vi.fn>
let quoting: Quoting

beforeEach(() => {
  vi.useFakeTimers()
  ask = vi.fn((asked: SaleWish) => Promise.resolve(priced(asked.lines[0]?.price_money.amount ?? 0)))
  quoting = new Quoting(() => 'loc_1', ask as never)
})
afterEach(() => vi.useRealTimers())

describe('the price of the moment', () => {
  it('is asked once for what was typed in one go', async () => {
    for (const amount of [1, 12, 125]) quoting.want(wish(amount))
    expect(quoting.isFresh).toBe(false)
    await vi.runAllTimersAsync()
    expect(ask).toHaveBeenCalledTimes(1)
    expect(quoting.quote?.total_money.amount).toBe(125)
    expect(quoting.isFresh).toBe(true)
  })

  it('of another basket does not count', async () => {
    let answer: (reply: unknown) => void = () => {}
    ask.mockImplementationOnce(() => new Promise((done) => (answer = done)))
    quoting.want(wish(1))
    const first = quoting.now()
    quoting.want(wish(2))
    answer(priced(1))
    expect(await first).toBe(false)
    expect(quoting.isFresh).toBe(false)
    expect(await quoting.now()).toBe(true)
    expect(quoting.quote?.total_money.amount).toBe(2)
  })

  it('is not known without an answer, and is asked again', async () => {
    ask.mockResolvedValueOnce(lost)
    quoting.want(wish(1))
    expect(await quoting.now()).toBe(false)
    expect(quoting.error).toBe('OFFLINE')
    expect(await quoting.now()).toBe(true)
    expect(quoting.error).toBe('')
  })

  it('goes with what it was of', async () => {
    quoting.want(wish(1))
    await quoting.now()
    quoting.want(undefined)
    expect(quoting.quote).toBeUndefined()
    expect(await quoting.now()).toBe(false)
  })
})
