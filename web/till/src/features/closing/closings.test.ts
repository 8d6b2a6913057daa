import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Reply } from '$shared/api'
import type { NewSale, Sale } from '../../tillApi'
import { Kept } from '../basket/kept'
import { Closings, saleOf, type Closing, type ClosingWorld, type Outcome } from './closings.svelte'

/** Only what a till uses of a browser's storage. */
class Shelf {
  getItem(name: string): string | null {
    return (this as unknown as Record<string, string>)[name] ?? null
  }
  setItem(name: string, value: string): void {
    Object.assign(this, { [name]: value })
  }
  removeItem(name: string): void {
    delete (this as unknown as Record<string, string>)[name]
  }
}

const CLOSING: Closing = {
  content: {
    key: 'k1',
    lines: [
      { id: 'l1', name: 'Pain', item_id: 'itm_1', unit_minor: 110, quantity: 3 },
      { id: 'l2', name: 'Montant', unit_minor: 920, quantity: 1 },
    ],
    rewards: [],
    notes: [],
  },
  location_id: 'loc_1',
  currency: 'EUR',
  at: '2026-11-22T08:05:00Z',
}
const SALE = { order: { id: 'ord_1' }, earned: null, waiting_points: 12 } as unknown as Sale

function no(code: string, status: number, isPassing = false): Reply<never> {
  const error = { code, status, isPassing, detail: '', field: '', retryAfter_s: 0 }
  return { ok: false, error }
}
const away = no('OFFLINE', 0, true)

let shelf: Shelf
let sent: NewSale[]
let handed: string[]
let answers: Reply<Sale>[]
let handOvers: Reply<unknown>[]
let outcomes: Outcome[]

const world: ClosingWorld = {
  handOver: (id, _, key) => {
    handed.push(`${id} ${key}`)
    return Promise.resolve(handOvers.shift() ?? { ok: true, value: {} })
  },
  recordSale: (sale) => {
    sent.push(sale)
    return Promise.resolve(answers.shift() ?? { ok: true, value: SALE })
  },
  later: (run, delay_ms) => setTimeout(run, delay_ms),
}
const open = (): Closings =>
  new Closings(
    new Kept('mer_1', 'loc_1', shelf as unknown as Storage),
    (_, outcome) => outcomes.push(outcome),
    world,
  )

beforeEach(() => {
  vi.useFakeTimers()
  shelf = new Shelf()
  sent = []
  handed = []
  answers = []
  handOvers = []
  outcomes = []
})
afterEach(() => vi.useRealTimers())

describe('closing a basket', () => {
  it('is recorded, and kept no longer', async () => {
    const closings = open()
    closings.add(CLOSING)
    await vi.runAllTimersAsync()
    expect(sent).toEqual([saleOf(CLOSING)])
    expect(outcomes).toEqual([{ kind: 'recorded', sale: SALE }])
    expect(Object.keys(shelf)).toEqual([])
  })

  it('says what was shown: name, quantity and price of each line', () => {
    expect(saleOf(CLOSING).sale.lines).toEqual([
      {
        name: 'Pain',
        quantity: '3',
        price_money: { amount: 110, currency: 'EUR' },
        item_id: 'itm_1',
      },
      { name: 'Montant', quantity: '1', price_money: { amount: 920, currency: 'EUR' } },
    ])
  })

  it('without an answer is sent again, the same, until there is one', async () => {
    answers = [away, away]
    const closings = open()
    closings.add(CLOSING)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(sent).toHaveLength(3)
    expect(new Set(sent.map((sale) => JSON.stringify(sale))).size).toBe(1)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unanswered', 'unanswered', 'recorded'])
    await vi.advanceTimersByTimeAsync(120_000)
    expect(sent).toHaveLength(3)
  })

  it('behind another that waits is told to wait at once, and goes after it', async () => {
    answers = [away, away]
    const second = {
      ...CLOSING,
      content: { ...CLOSING.content, key: 'k2' },
      at: '2026-11-22T08:06Z',
    }
    const closings = open()
    closings.add(CLOSING)
    await vi.advanceTimersByTimeAsync(1)
    outcomes = []
    closings.add(second)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unanswered'])
    await vi.advanceTimersByTimeAsync(20_000)
    expect(sent.map(({ idempotency_key }) => idempotency_key)).toEqual(['k1', 'k1', 'k1', 'k2'])
    expect(closings.all).toEqual([])
  })

  it('survives a reload of the page', async () => {
    answers = [away]
    open().add(CLOSING)
    await vi.advanceTimersByTimeAsync(1)
    vi.clearAllTimers()
    const again = open()
    expect(again.waiting).toEqual([CLOSING])
    await again.send()
    expect(sent[1]).toEqual(sent[0])
    expect(again.all).toEqual([])
  })

  it('twice at once is sent once', async () => {
    const closings = open()
    closings.add(CLOSING)
    closings.add(CLOSING)
    await vi.runAllTimersAsync()
    expect(sent).toHaveLength(1)
  })

  it('that is refused waits for a person, and the next one goes on', async () => {
    answers = [no('CUSTOMER_UNKNOWN', 404)]
    const closings = open()
    closings.add(CLOSING)
    closings.add({
      ...CLOSING,
      content: { ...CLOSING.content, key: 'k2' },
      at: '2026-11-22T08:06:00Z',
    })
    await vi.runAllTimersAsync()
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'recorded'])
    expect(closings.refused.map(({ refusal }) => refusal)).toEqual(['CUSTOMER_UNKNOWN'])
    expect(open().refused).toHaveLength(1) // still there after a reload

    closings.retry(closings.refused[0] ?? CLOSING)
    await vi.runAllTimersAsync()
    expect(closings.all).toEqual([])
  })

  it('waits for whoever signs in again', async () => {
    answers = [no('UNAUTHENTICATED', 401), no('CSRF', 403)]
    const closings = open()
    closings.add(CLOSING)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unanswered', 'unanswered', 'recorded'])
  })

  it('pays with rewards, cashback and notes in the sale itself', async () => {
    const rewards = [{ id: 'rew_1', name: 'Café', wasTaken: true, key: 'h1', isPrice: true }]
    const credit = { account_id: 'acc_2', name: 'Cagnotte', amount_minor: 420 }
    const notes = [{ id: 'crn_1', code: 'C', balance_minor: 500, isTheirs: false }]
    const content = { ...CLOSING.content, rewards, credit, notes }
    open().add({ ...CLOSING, content, shown_minor: 150 })
    await vi.runAllTimersAsync()
    expect(handed).toEqual([])
    expect(sent[0]?.sale).toMatchObject({
      rewards: ['rew_1'],
      credit: { account_id: 'acc_2', amount_money: { amount: 420, currency: 'EUR' } },
      credit_notes: [{ id: 'crn_1' }],
    })
  })

  it('remembers what of it was refused', async () => {
    const refused = no('REWARD_USED', 400)
    if (!refused.ok)
      answers = [{ ok: false, error: { ...refused.error, field: 'sale.rewards[1]' } }]
    const closings = open()
    closings.add(CLOSING)
    await vi.runAllTimersAsync()
    expect(closings.refused[0]).toMatchObject({
      refusal: 'REWARD_USED',
      refusedField: 'sale.rewards[1]',
    })
  })

  it('of rewards alone hands each over with its own key, and stops at one that is gone', async () => {
    const rewards = [
      { id: 'rew_1', name: 'Café', wasTaken: true, key: 'h1' },
      { id: 'rew_2', name: 'Tarte', wasTaken: false, key: 'h2' },
    ]
    handOvers = [{ ok: true, value: {} }, no('REWARD_USED', 400)]
    const closings = open()
    closings.add({ ...CLOSING, content: { ...CLOSING.content, lines: [], rewards } })
    await vi.runAllTimersAsync()
    expect(handed).toEqual(['rew_1 h1', 'rew_2 h2'])
    expect(sent).toEqual([])
    expect(closings.refused.map(({ refusal }) => refusal)).toEqual(['REWARD_USED'])
    expect(closings.refused[0]?.refusedField).toBe('rewards[1]')
  })

  it('of a reward alone makes no sale', async () => {
    const closings = open()
    const rewards = [{ id: 'rew_1', name: 'Café', wasTaken: false, key: 'h1' }]
    closings.add({ ...CLOSING, content: { key: 'k1', lines: [], rewards, notes: [] } })
    await vi.runAllTimersAsync()
    expect(sent).toEqual([])
    expect(outcomes).toEqual([{ kind: 'recorded', sale: undefined }])
  })
})
