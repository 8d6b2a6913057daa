import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holdToken } from '../../tabletApi'
import { StaffMenu } from './staffMenu.svelte'

interface Asked {
  readonly path: string
  readonly method: string
  readonly token: string | undefined
}
type Answer = { status: number; body: object } | 'no answer'

const SESSION = {
  session: { merchant: { id: 'm', name: 'Le Fournil' }, permissions: ['TABLETS_WRITE'] },
  csrf_token: 'of the person',
}

describe('the staff menu', () => {
  let menu: StaffMenu
  let asked: Asked[]
  let answers: Answer[]
  let kept: Map<string, string>

  beforeEach(() => {
    vi.useFakeTimers()
    asked = []
    kept = new Map()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    })
    vi.stubGlobal('fetch', (path: string, { method, headers }: RequestInit) => {
      const token = (headers as Record<string, string>)['X-Habitue-CSRF']
      asked.push({ path, method: method ?? '', token })
      const answer = answers.shift() ?? 'no answer'
      if (answer === 'no answer') return Promise.reject(new TypeError('network'))
      return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }))
    })
    holdToken('of the device')
    menu = new StaffMenu()
  })

  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const signIn = (): Promise<void> => {
    menu.session.email = 'camille@fournil.example'
    menu.session.password = 'secret'
    return menu.enterPassword()
  }

  it('signs out whom it let in, with their own token, before it opens', async () => {
    answers = [
      { status: 200, body: SESSION },
      { status: 200, body: {} },
    ]
    menu.open('m', false)
    await signIn()
    expect(menu.screen).toBe('menu')
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'DELETE'])
    expect(asked[1]?.token).toBe('of the person')
    expect(kept.size).toBe(0)
    answers = [{ status: 200, body: {} }]
    await menu.leave()
    expect(asked[2]?.token).toBe('of the device')
  })

  it('stays closed, and remembers to sign out, when that did not get through', async () => {
    answers = [{ status: 200, body: SESSION }, 'no answer']
    menu.open('m', false)
    await signIn()
    expect([menu.screen, menu.session.error]).toEqual(['password', 'OFFLINE'])
    expect(kept.size).toBe(1)
  })

  it('signs out who may not, and who is another shop’s', async () => {
    const cashier = { ...SESSION, session: { ...SESSION.session, permissions: ['SALES'] } }
    menu.open('m', false)
    answers = [
      { status: 200, body: cashier },
      { status: 200, body: {} },
    ]
    await signIn()
    expect([menu.screen, menu.session.error, kept.size]).toEqual(['password', 'FORBIDDEN', 0])
    menu.close()
    menu.open('another', false)
    answers = [
      { status: 200, body: SESSION },
      { status: 200, body: {} },
    ]
    await signIn()
    expect([menu.screen, menu.session.error, kept.size]).toEqual(['password', 'OTHER_SHOP', 0])
  })

  it('asks for nothing while it is locked, and again afterwards', async () => {
    menu.open('m', true)
    menu.type('1234')
    menu.lockedUntil_ms = Date.now() + 5_000
    await menu.enterPin()
    expect(asked).toEqual([])
    vi.setSystemTime(Date.now() + 6_000)
    menu.tick()
    answers = [{ status: 200, body: {} }]
    await menu.enterPin()
    expect(menu.screen).toBe('menu')
  })

  it('takes digits alone, eight at most, and forgets them', () => {
    menu.open('m', true)
    menu.type('12a34567890')
    expect(menu.pin).toBe('12345678')
    menu.close()
    menu.open('m', true)
    expect(menu.pin).toBe('')
  })

  it('closes when nobody touches it', () => {
    menu.open('m', true)
    vi.setSystemTime(Date.now() + 59_000)
    menu.tick()
    expect(menu.isOpen).toBe(true)
    vi.setSystemTime(Date.now() + 2_000)
    menu.tick()
    expect(menu.isOpen).toBe(false)
  })
})
