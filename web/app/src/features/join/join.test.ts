import { beforeEach, expect, test, vi } from 'vitest'
import type { Shop, ShopApi } from '../../appApi'
import { Keep } from '../../keep'
import { codeIn, Join } from './join.svelte'

const shop = { notice: { version: '2026-11', language: 'fr', text: '…' } } as Shop
const refusal = (code: string, retryAfter_s = 0) => ({
  ok: false as const,
  error: { code, status: 400, detail: '', isPassing: false, field: '', retryAfter_s },
})
const sent = () => ({
  ok: true as const,
  value: {
    code: {
      channel: 'sms',
      expires_at: new Date(Date.now() + 600_000).toISOString(),
      resend_at: new Date(Date.now() + 30_000).toISOString(),
    },
  },
})

let api: { sendCode: ReturnType<typeof vi.fn>; signIn: ReturnType<typeof vi.fn> }
let onEntered: ReturnType<typeof vi.fn<() => Promise<void>>>
let keep: Keep
let join: Join

const made = () => new Join(api as unknown as ShopApi, keep, onEntered)

beforeEach(() => {
  api = { sendCode: vi.fn(async () => sent()), signIn: vi.fn() }
  onEntered = vi.fn(async () => undefined)
  keep = new Keep(`test-${Math.random()}`)
  join = made()
})

async function reachCode(): Promise<void> {
  join.type('06 12 34 56 78')
  await join.ask('fr')
}

test('a code is its digits, whatever stands between them', () => {
  expect(codeIn(' 123-456 ')).toBe('123456')
  expect(codeIn('１２３４５６')).toBe('123456')
  expect(codeIn('1234567')).toBe('123456')
})

test('nothing is asked of the server without an address', async () => {
  await join.ask('fr')
  expect(join.error).toBe('EMPTY')
  expect(api.sendCode).not.toHaveBeenCalled()
})

test('a double tap asks for one code', async () => {
  join.type('0612345678')
  await Promise.all([join.ask('fr'), join.ask('fr')])
  expect(api.sendCode).toHaveBeenCalledTimes(1)
  expect(join.step).toBe('code')
})

test('the last digit sends the code, and the card opens', async () => {
  api.signIn.mockResolvedValue({ ok: true, value: { csrf_token: 'x' } })
  await reachCode()
  join.typeCode('12345', shop)
  expect(api.signIn).not.toHaveBeenCalled()
  join.typeCode('123456', shop)
  await vi.waitFor(() => expect(onEntered).toHaveBeenCalledTimes(1))
  expect(api.signIn.mock.calls[0]?.[0]).not.toHaveProperty('notice')
})

test('who is new reads the notice, and agrees with the same code', async () => {
  api.signIn.mockResolvedValueOnce(refusal('NOTICE_REQUIRED'))
  api.signIn.mockResolvedValueOnce({ ok: true, value: { csrf_token: 'x' } })
  keep.write('source', 'poster')
  await reachCode()
  join.typeCode('123456', shop)
  await vi.waitFor(() => expect(join.step).toBe('notice'))
  expect(join.error).toBe('')
  join.name = ' Jeanne '
  await join.confirm(shop)
  expect(api.signIn.mock.calls[1]?.[0]).toMatchObject({
    code: '123456',
    given_name: 'Jeanne',
    notice: shop.notice,
    source: 'poster',
  })
})

test('a code that is over is typed anew; a lost network keeps it', async () => {
  await reachCode()
  api.signIn.mockResolvedValueOnce(refusal('CODE_WRONG'))
  join.code = '111111'
  await join.confirm(shop)
  expect([join.code, join.error]).toEqual(['', 'CODE_WRONG'])
  api.signIn.mockResolvedValueOnce(refusal('OFFLINE'))
  join.code = '123456'
  await join.confirm(shop)
  expect([join.code, join.error]).toEqual(['123456', 'OFFLINE'])
})

test('too many codes: how long to wait is known', async () => {
  api.sendCode.mockResolvedValueOnce(refusal('CODE_TOO_MANY', 120))
  join.type('0612345678')
  await join.ask('fr')
  expect(join.error).toBe('CODE_TOO_MANY')
  expect(join.waitUntil_ms - Date.now()).toBeGreaterThan(110_000)
})

test('a page thrown away at the code begins there; one that gave up does not', async () => {
  await reachCode()
  const again = made()
  expect([again.step, again.typed]).toEqual(['code', '06 12 34 56 78'])
  again.changeAddress()
  expect(made().step).toBe('address')
})
