import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { get, onSignedOut, put, remove, send, setCsrfToken } from './api'

interface Call {
  path: string
  method: string
  token: string | undefined
  body: unknown
}

let calls: Call[] = []
let isSignedIn = true

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers })
}

beforeEach(() => {
  calls = []
  isSignedIn = true
  setCsrfToken('first')
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>
    calls.push({
      path,
      method: init.method ?? '',
      token: headers['X-Habitue-CSRF'],
      body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body,
    })
    const refusal = { errors: [{ code: 'UNAUTHENTICATED', detail: 'sign in' }] }
    return Promise.resolve(isSignedIn ? answer(200, { path }) : answer(401, refusal))
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  onSignedOut(undefined)
})

describe('a session that has ended', () => {
  it('is told to who called when nobody asks to sign in again', async () => {
    isSignedIn = false
    const reply = await get('/v2/a')
    expect(reply.ok).toBe(false)
    expect(calls).toHaveLength(1)
  })

  it('is opened again once, and every waiting call is repeated as it was', async () => {
    isSignedIn = false
    const handler = vi.fn(async () => {
      await Promise.resolve()
      isSignedIn = true
      setCsrfToken('second')
      return true
    })
    onSignedOut(handler)
    const replies = await Promise.all([send('/v2/a', { name: 'Zoé' }), put('/v2/b', { n: 1 })])
    expect(replies.map(({ ok }) => ok)).toEqual([true, true])
    expect(handler).toHaveBeenCalledTimes(1)
    expect(calls.map(({ path, token, body }) => [path, token, body])).toEqual([
      ['/v2/a', 'first', { name: 'Zoé' }],
      ['/v2/b', 'first', { n: 1 }],
      ['/v2/a', 'second', { name: 'Zoé' }],
      ['/v2/b', 'second', { n: 1 }],
    ])
  })

  it('stays ended when the person turns away', async () => {
    isSignedIn = false
    onSignedOut(() => Promise.resolve(false))
    expect(await send('/v2/a', {})).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } })
    expect(calls).toHaveLength(1)
  })

  it('is asked about anew the next time', async () => {
    isSignedIn = false
    const handler = vi.fn(() => Promise.resolve(false))
    onSignedOut(handler)
    await get('/v2/a')
    await get('/v2/a')
    expect(handler).toHaveBeenCalledTimes(2)
  })
})

describe('a call', () => {
  it('carries the forgery header only when it changes something', async () => {
    await get('/v2/a')
    await remove('/v2/a')
    expect(calls.map(({ method, token }) => [method, token])).toEqual([
      ['GET', undefined],
      ['DELETE', 'first'],
    ])
  })

  it('that nobody answers may be sent again', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    expect(await send('/v2/a', {})).toMatchObject({
      ok: false,
      error: { code: 'OFFLINE', isPassing: true },
    })
  })

  it('says which field was wrong, and how long to wait', async () => {
    const body = { errors: [{ code: 'FIELD_VALUE', detail: 'no', field: 'name' }] }
    vi.stubGlobal('fetch', () => Promise.resolve(answer(429, body, { 'Retry-After': '7' })))
    expect(await send('/v2/a', {})).toMatchObject({
      ok: false,
      error: { code: 'FIELD_VALUE', field: 'name', retryAfter_s: 7, isPassing: false },
    })
  })
})
