import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Order } from '../../tabletApi'
import { Claiming } from './claim.svelte'

const ORDER: Order = {
  id: 'ord_1',
  points: 12,
  total_money: { amount: 1240, currency: 'EUR' },
  closed_at: '2026-01-01T10:00:00Z',
  expires_at: '2026-01-01T10:05:00Z',
  has_card: false,
}
const NOTICE = { version: '2', language: 'fr', text: '…' }
const CLAIM = { claim: { order_id: 'ord_1', points: 12 } }

type Answer = { status: number; body: unknown } | 'no answer'

describe('giving points to a number', () => {
  let answers: Answer[]
  let bodies: Record<string, unknown>[]
  let nextByte: number

  beforeEach(() => {
    answers = []
    bodies = []
    nextByte = 0
    vi.useFakeTimers()
    vi.stubGlobal('crypto', {
      getRandomValues: (bytes: Uint8Array) => bytes.fill((nextByte += 1)),
    })
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      bodies.push(JSON.parse(String(init.body)) as Record<string, unknown>)
      const answer = answers.shift() ?? 'no answer'
      if (answer === 'no answer') return Promise.reject(new TypeError('network'))
      return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }))
    })
  })

  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const typed = (phone: string): Claiming => {
    const claiming = new Claiming('FR')
    for (const digit of phone) claiming.press(digit)
    return claiming
  }
  const refusal = (code: string): Answer => ({
    status: 400,
    body: { errors: [{ code, field: 'phone_number' }] },
  })

  it('sends digits, the notice that was shown, and a key', async () => {
    answers = [{ status: 200, body: CLAIM }]
    const claiming = typed('0612345678')
    expect(claiming.phone).toBe('06 12 34 56 78')
    expect(await claiming.run(ORDER, NOTICE)).toEqual(CLAIM.claim)
    expect(bodies[0]).toMatchObject({
      order_id: 'ord_1',
      phone_number: '0612345678',
      consent: { notice_version: '2', language: 'fr' },
    })
    expect(bodies[0]?.['idempotency_key']).toMatch(/^[0-9a-f]{32}$/)
  })

  it('sends the same claim again until an answer comes', async () => {
    answers = [
      'no answer',
      { status: 503, body: { errors: [{ code: 'BUSY' }] } },
      { status: 200, body: CLAIM },
    ]
    const claiming = typed('0612345678')
    const done = claiming.run(ORDER, NOTICE)
    await vi.advanceTimersByTimeAsync(1)
    expect(claiming.retrying).toBe(true)
    await vi.advanceTimersByTimeAsync(7_000)
    expect(await done).toEqual(CLAIM.claim)
    expect(new Set(bodies.map((body) => body['idempotency_key'])).size).toBe(1)
    expect(bodies).toHaveLength(3)
  })

  it('shows why it was refused, and another number is another claim', async () => {
    answers = [refusal('PHONE_NUMBER_INVALID'), { status: 200, body: CLAIM }]
    const claiming = typed('061234567')
    expect(await claiming.run(ORDER, NOTICE)).toBeUndefined()
    expect(claiming.error).toBe('PHONE_NUMBER_INVALID')
    claiming.press('8')
    expect(claiming.error).toBe('')
    await claiming.run(ORDER, NOTICE)
    expect(new Set(bodies.map((body) => body['idempotency_key'])).size).toBe(2)
  })

  it('a second tap while one is on its way does nothing', async () => {
    answers = [{ status: 200, body: CLAIM }]
    const claiming = typed('0612345678')
    const [first, second] = await Promise.all([
      claiming.run(ORDER, NOTICE),
      claiming.run(ORDER, NOTICE),
    ])
    expect([first, second]).toEqual([CLAIM.claim, undefined])
    expect(bodies).toHaveLength(1)
  })

  it('stops trying when asked, and leaves nothing for the next customer', async () => {
    answers = ['no answer', refusal('PHONE_NUMBER_INVALID')]
    const claiming = typed('0612345678')
    const done = claiming.run(ORDER, NOTICE)
    await vi.advanceTimersByTimeAsync(1)
    claiming.restart()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(claiming.phone).toBe('')
    expect(claiming.error).toBe('')
    expect(claiming.isInUse).toBe(false)
    expect(bodies).toHaveLength(1)
    expect(await done).toBeUndefined()
  })

  it('erases one digit, not one space', () => {
    const claiming = typed('0612')
    claiming.eraseOne()
    expect(claiming.phone).toBe('06 1')
  })

  it('asks to be known by the card only when it was ticked, once for each person', async () => {
    answers = Array.from({ length: 2 }, () => ({ status: 200, body: CLAIM }))
    const claiming = typed('0612345678')
    claiming.tickCard(true)
    await claiming.run(ORDER, NOTICE)
    claiming.restart()
    for (const digit of '0687654321') claiming.press(digit)
    await claiming.run(ORDER, NOTICE)
    const links = bodies.map(({ consent }) => (consent as { card_link?: boolean }).card_link)
    expect(links).toEqual([true, undefined])
  })

  it('a tick changes the wish, so its key is another one', async () => {
    answers = [refusal('PHONE_NUMBER_INVALID'), { status: 200, body: CLAIM }]
    const claiming = typed('0612345678')
    await claiming.run(ORDER, NOTICE)
    claiming.tickCard(true)
    await claiming.run(ORDER, NOTICE)
    expect(bodies[0]?.['idempotency_key']).not.toBe(bodies[1]?.['idempotency_key'])
  })
})
