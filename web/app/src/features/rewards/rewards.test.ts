import { beforeEach, expect, test, vi } from 'vitest'
import type { CustomerApp } from '../../app.svelte'
import type { Card, Program, Reward } from '../../appApi'
import { Keep } from '../../keep'
import { Rewards } from './rewards.svelte'

const reward: Reward = {
  id: 'rew_1',
  name: 'Un café offert',
  status: 'ISSUED',
  loyalty_account_id: 'acc_1',
  points: 20,
  created_at: '2026-11-22T08:05:00Z',
}
const tier = { id: 'tie_1', name: 'Un café offert', points: 20 }
const program = { id: 'prg_1', reward_tiers: [tier] } as unknown as Program
const failed = (code: string, isPassing: boolean) => ({
  ok: false as const,
  error: { code, status: 0, detail: '', isPassing, field: '', retryAfter_s: 0 },
})
const lost = failed('OFFLINE', true)
const inFiveMinutes = () => new Date(Date.now() + 300_000).toISOString()
const used = () => ({
  ok: true as const,
  value: {
    reward: { ...reward, status: 'REDEEMED' },
    showing: { token: 'tok', until: inFiveMinutes() },
  },
})

let api: Record<'take' | 'use' | 'giveUp' | 'endShowing' | 'showing', ReturnType<typeof vi.fn>>
let keep: Keep
let app: CustomerApp
let rewards: Rewards

beforeEach(() => {
  api = { take: vi.fn(), use: vi.fn(), giveUp: vi.fn(), endShowing: vi.fn(), showing: vi.fn() }
  keep = new Keep(`test-${Math.random()}`)
  app = {
    api,
    keep,
    card: { rewards: [reward], accounts: [] } as unknown as Card,
    now_ms: Date.now(),
    accountOf: () => ({ id: 'acc_1' }),
    refresh: vi.fn(async () => 'here'),
    setServerTime: vi.fn(),
  } as unknown as CustomerApp
  rewards = new Rewards(app)
})

test('a lost answer is asked for with the same key; the next taking has another', async () => {
  const taken = { ok: true, value: { reward, balance: 4 } }
  api.take.mockResolvedValueOnce(lost).mockResolvedValue(taken)
  expect(await rewards.take(program, tier)).toBe(false)
  expect(await rewards.take(program, tier)).toBe(true)
  await rewards.take(program, tier)
  const keys = api.take.mock.calls.map((call) => call[2])
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test('a double tap takes once', async () => {
  api.take.mockResolvedValue({ ok: true, value: { reward, balance: 4 } })
  await Promise.all([rewards.take(program, tier), rewards.take(program, tier)])
  expect(api.take).toHaveBeenCalledTimes(1)
})

test('what is used is shown, and a reload shows it again', async () => {
  api.use.mockResolvedValue(used())
  expect(await rewards.use(reward)).toBe(true)
  expect(rewards.shown?.token).toBe('tok')
  expect(new Rewards(app).shown?.token).toBe('tok')
})

test('the key of a use is kept before it is sent: a page that died asks with it again', async () => {
  api.use.mockResolvedValueOnce(lost)
  await rewards.use(reward)
  const [, key] = api.use.mock.calls[0] ?? []
  const reloaded = new Rewards(app)
  api.use.mockResolvedValueOnce(used())
  reloaded.compare({ rewards: [] } as unknown as Card) // the server did it
  await vi.waitFor(() => expect(reloaded.shown?.token).toBe('tok'))
  expect(api.use.mock.calls[1]).toEqual([reward.id, key])
})

test('a use that the server never saw is not made by a reload', async () => {
  api.use.mockResolvedValueOnce(lost)
  await rewards.use(reward)
  new Rewards(app).compare({ rewards: [reward] } as unknown as Card)
  expect(api.use).toHaveBeenCalledTimes(1)
})

test('the slower of two telephones is told, and shows nothing', async () => {
  api.use.mockResolvedValueOnce(failed('REWARD_USED', false))
  expect(await rewards.use(reward)).toBe(false)
  expect(rewards.error).toBe('REWARD_USED')
  expect(rewards.shown).toBeUndefined()
  expect(app.refresh).toHaveBeenCalled()
})

test('what is over is not shown after a reload', () => {
  keep.write('showing', { reward, token: 'tok', until: new Date(Date.now() - 1000).toISOString() })
  expect(new Rewards(app).shown).toBeUndefined()
  expect(keep.read('showing')).toBeUndefined()
})

test('"done" without a network keeps the reward on the screen, for it is not done', async () => {
  api.use.mockResolvedValue(used())
  await rewards.use(reward)
  api.endShowing.mockResolvedValueOnce(lost)
  expect(await rewards.end()).toBe(false)
  expect(rewards.shown).toBeDefined()
  api.endShowing.mockResolvedValueOnce(failed('SHOWING_ENDED', false))
  expect(await rewards.end()).toBe(true)
  expect(rewards.shown).toBeUndefined()
})

test('a reward given back before, its answer lost, is given back', async () => {
  api.giveUp.mockResolvedValueOnce(failed('REWARD_GIVEN_UP', false))
  expect(await rewards.giveUp(reward)).toBe(true)
  expect(rewards.error).toBe('')
})
