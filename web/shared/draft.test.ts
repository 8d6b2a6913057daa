import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Draft, forgetDrafts } from './draft.svelte'
import { inEffects } from './testing/effects.svelte'

interface Form {
  name: string
  points: number
  tags: string[]
  password: string
}
const EMPTY: Form = { name: '', points: 0, tags: [], password: '' }

let kept: Map<string, string>
let stop: (() => void)[] = []

beforeEach(() => {
  kept = new Map()
  vi.stubGlobal(
    'sessionStorage',
    new Proxy({} as Storage, {
      get: (_, name) =>
        ({
          getItem: (key: string) => kept.get(key) ?? null,
          setItem: (key: string, value: string) => kept.set(key, value),
          removeItem: (key: string) => kept.delete(key),
        })[name as string],
      ownKeys: () => [...kept.keys()],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    }),
  )
})
afterEach(() => {
  for (const end of stop) end()
  stop = []
  vi.unstubAllGlobals()
})

/** As a page that is opened: what it kept before is there. */
function open(name = 'customer'): Draft<Form> {
  const { value, end } = inEffects(() => new Draft(name, EMPTY, ['password']))
  stop.push(end)
  flushSync()
  return value
}

describe('a draft', () => {
  it('is there again after a reload', () => {
    const draft = open()
    expect(draft.wasKept).toBe(false)
    draft.value.name = 'Zoé'
    draft.value.tags.push('fidèle')
    flushSync()
    const again = open()
    expect(again.wasKept).toBe(true)
    expect(again.value).toEqual({ ...EMPTY, name: 'Zoé', tags: ['fidèle'] })
  })

  it('never keeps a secret', () => {
    open().value.password = 'hunter22'
    flushSync()
    expect([...kept.values()].join()).not.toContain('hunter22')
    expect(open().value.password).toBe('')
  })

  it('is forgotten once it was sent', () => {
    const draft = open()
    draft.value.name = 'Zoé'
    flushSync()
    draft.clear()
    flushSync()
    expect(kept.size).toBe(0)
    expect(draft.value).toEqual(EMPTY)
    expect(draft.isChanged).toBe(false)
    expect(open().wasKept).toBe(false)
  })

  it('that was emptied by hand is none', () => {
    const draft = open()
    draft.value.name = 'Z'
    flushSync()
    draft.value.name = ''
    flushSync()
    expect(kept.size).toBe(0)
  })

  it('of another form is another one', () => {
    open('customer').value.name = 'Zoé'
    flushSync()
    expect(open('reward').value.name).toBe('')
  })

  it('takes only fields that the form has, of their kind', () => {
    kept.set('habitue.draft.customer', '{"name":3,"points":7,"other":"x"}')
    expect(open().value).toEqual({ ...EMPTY, points: 7 })
    kept.set('habitue.draft.customer', 'not JSON')
    expect(open().value).toEqual(EMPTY)
  })

  it('is nobody else’s after signing out', () => {
    open().value.name = 'Zoé'
    flushSync()
    kept.set('other', 'stays')
    forgetDrafts()
    expect([...kept.keys()]).toEqual(['other'])
  })

  it('works where nothing can be kept', () => {
    vi.stubGlobal('sessionStorage', undefined)
    const draft = open()
    draft.value.name = 'Zoé'
    flushSync()
    draft.clear()
    expect(draft.value.name).toBe('')
  })
})
