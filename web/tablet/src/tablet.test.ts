import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Tablet } from './tablet.svelte'
import type { Order } from './tabletApi'

const NOW = '2026-01-01T10:00:00Z'

const order = (id: string, points = 12): Order => ({
  id,
  points,
  total_money: { amount: points * 100, currency: 'EUR' },
  closed_at: NOW,
  expires_at: '2026-01-01T10:05:00Z',
  has_card: false,
})

const stateWith = (orders: Order[], seq = 1): object => ({
  tablet: {
    id: 'tab',
    name: 'Comptoir',
    location: { id: 'l', name: 'Ici' },
    register: { id: 'r', name: '1' },
  },
  merchant: { id: 'm', name: 'Le Fournil', language: 'fr', currency: 'EUR', country: 'FR' },
  program: { id: 'p', name: 'P', type: 'points', terminology: { one: 'point', other: 'points' } },
  programs: [],
  promotions: [],
  notice: { version: '1', language: 'fr', text: '…' },
  orders,
  server_time: new Date().toISOString(),
  seq,
  csrf_token: 'token',
})

const claimOf = (id: string): object => ({
  claim: {
    order_id: id,
    points: 12,
    is_new: true,
    account: { id: 'a', balance: 12 },
    next_reward: null,
    reward_available: null,
  },
})

type Answer = { status: number; body: object } | 'no answer'

class FakeSource {
  static last: FakeSource | undefined
  readyState = 1
  #listeners = new Map<string, (event: { lastEventId: string; data: string }) => void>()

  constructor(readonly url: string) {
    FakeSource.last = this
  }

  addEventListener(
    name: string,
    listener: (event: { lastEventId: string; data: string }) => void,
  ): void {
    this.#listeners.set(name, listener)
  }

  close(): void {
    this.readyState = 2
  }

  fire(name: string, value: object = {}): void {
    this.#listeners.get(name)?.({ lastEventId: '', data: JSON.stringify(value) })
  }
}

describe('the tablet', () => {
  let answers: Record<string, Answer[]>
  let claims: number
  let tablet: Tablet

  const says = (name: string, value: object): void => FakeSource.last?.fire(name, value)
  const type = (digits: string): void => {
    for (const digit of digits) tablet.claiming.press(digit)
  }
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1)

  beforeEach(async () => {
    vi.useFakeTimers({ now: Date.parse(NOW) })
    claims = 0
    answers = { '/v2/tablet': [{ status: 200, body: stateWith([]) }], '/v2/tablet/claims': [] }
    vi.stubGlobal('EventSource', FakeSource)
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) })
    vi.stubGlobal('fetch', (path: string) => {
      if (path === '/v2/tablet/claims') claims += 1
      const answer = answers[path]?.shift() ?? 'no answer'
      if (answer === 'no answer') return Promise.reject(new TypeError('network'))
      return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }))
    })
    tablet = new Tablet()
    await tablet.connect()
  })

  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('asks for a code when the server does not know it', async () => {
    const stranger = new Tablet()
    answers['/v2/tablet'] = [{ status: 401, body: { errors: [{ code: 'UNAUTHENTICATED' }] } }]
    await stranger.connect()
    expect(stranger.stage).toBe('activation')
    expect(stranger.wasRemoved).toBe(false)
  })

  it('waves until the time it was told, and not at all when that is over', async () => {
    const until = (seconds: number): { until: string } => ({
      until: new Date(Date.now() + seconds * 1000).toISOString(),
    })
    says('identify', until(-1)) // it lost its network meanwhile
    expect(tablet.isIdentified).toBe(false)
    says('identify', until(10))
    expect(tablet.isIdentified).toBe(true)
  })

  it('reads its state again when the shop looks otherwise', async () => {
    const other = { ...stateWith([], 2), pin_set: true }
    answers['/v2/tablet'] = [{ status: 200, body: other }]
    says('settings', {})
    await settle()
    expect(tablet.state?.pin_set).toBe(true)
  })

  it('says that it was removed, and shows no order any more', async () => {
    says('order', order('a'))
    answers['/v2/tablet'] = [{ status: 401, body: { errors: [{ code: 'UNAUTHENTICATED' }] } }]
    says('resync', {})
    await settle()
    expect([tablet.stage, tablet.wasRemoved, tablet.queue.all.length]).toEqual([
      'activation',
      true,
      0,
    ])
  })

  it('tries again when the server is not there at its start', async () => {
    const early = new Tablet()
    answers['/v2/tablet'] = ['no answer', { status: 200, body: stateWith([order('a')]) }]
    await early.connect()
    expect(early.stage).toBe('unreachable')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(early.stage).toBe('working')
    expect(early.queue.chosen?.id).toBe('a')
  })

  it('thanks for the points and forgets the number', async () => {
    says('order', order('a'))
    type('0612345678')
    answers['/v2/tablet/claims'] = [{ status: 200, body: claimOf('a') }]
    await tablet.give()
    expect(tablet.thanks?.claim.account.balance).toBe(12)
    expect(tablet.claiming.phone).toBe('')
    expect(tablet.queue.all).toEqual([])
  })

  it('still thanks when the answer was lost and the order is no longer listed', async () => {
    says('order', order('a'))
    type('0612345678')
    answers['/v2/tablet/claims'] = ['no answer', { status: 200, body: claimOf('a') }]
    const given = tablet.give()
    await settle()
    answers['/v2/tablet'] = [{ status: 200, body: stateWith([], 5) }]
    says('resync', {})
    says('order_gone', { id: 'a', reason: 'claimed' })
    await settle()
    expect(tablet.queue.chosen?.id).toBe('a')
    await vi.advanceTimersByTimeAsync(3_000)
    await given
    expect(claims).toBe(2)
    expect(tablet.thanks?.claim.order_id).toBe('a')
  })

  it('drops an order that another tablet gave, and says so', async () => {
    says('order', order('a'))
    type('0612345678')
    answers['/v2/tablet/claims'] = [
      { status: 400, body: { errors: [{ code: 'ORDER_ALREADY_CLAIMED' }] } },
    ]
    await tablet.give()
    expect(tablet.remark).toBe('error.ORDER_ALREADY_CLAIMED')
    expect(tablet.queue.all).toEqual([])
    expect(tablet.claiming.phone).toBe('')
  })

  it('keeps the number when only the number was wrong', async () => {
    says('order', order('a'))
    type('061')
    answers['/v2/tablet/claims'] = [
      { status: 400, body: { errors: [{ code: 'PHONE_NUMBER_INVALID' }] } },
    ]
    await tablet.give()
    expect(tablet.claiming.error).toBe('PHONE_NUMBER_INVALID')
    expect(tablet.claiming.phone).toBe('06 1')
    expect(tablet.queue.chosen?.id).toBe('a')
  })

  it('loads the new notice when the one shown is too old', async () => {
    says('order', order('a'))
    type('0612345678')
    answers['/v2/tablet/claims'] = [
      { status: 400, body: { errors: [{ code: 'NOTICE_REQUIRED' }] } },
    ]
    const fresh = {
      ...stateWith([order('a')]),
      notice: { version: '2', language: 'fr', text: 'Nouveau' },
    }
    answers['/v2/tablet'] = [{ status: 200, body: fresh }]
    await tablet.give()
    await settle()
    expect(tablet.state?.notice.version).toBe('2')
    expect(tablet.claiming.phone).toBe('06 12 34 56 78')
  })

  it('clears what was said about one order when the next one comes', () => {
    says('order', order('a'))
    tablet.claiming.error = 'PHONE_MISSING'
    says('order', order('b'))
    expect(tablet.queue.chosen?.id).toBe('b')
    expect(tablet.claiming.error).toBe('')
  })

  it('says why a shown order went away, and nothing of one that was not shown', () => {
    says('order', order('a'))
    says('order', order('b'))
    says('order_gone', { id: 'a', reason: 'canceled' })
    expect(tablet.remark).toBe('')
    says('order_gone', { id: 'b', reason: 'refunded' })
    expect(tablet.remark).toBe('gone.refunded')
    expect(tablet.queue.chosen).toBeUndefined()
  })

  it('shows the next waiting order when one is declined', () => {
    says('order', order('a'))
    type('0')
    says('order', order('b'))
    tablet.decline()
    expect(tablet.queue.chosen?.id).toBe('b')
    tablet.decline()
    expect(tablet.queue.chosen).toBeUndefined()
  })
})
