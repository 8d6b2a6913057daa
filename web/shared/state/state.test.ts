import { describe, expect, it } from 'vitest'
import type { ApiError, Reply } from '../api'
import { Intention, problemElsewhere, problemOf } from './intention.svelte'
import { Loaded } from './loaded.svelte'
import { Pages, type Page } from './pages.svelte'

const error = (code: string, changes: Partial<ApiError> = {}): ApiError => ({
  code,
  status: 400,
  detail: '',
  isPassing: false,
  field: '',
  retryAfter_s: 0,
  ...changes,
})
const lost = error('OFFLINE', { status: 0, isPassing: true })
const no = <T>(why: ApiError): Reply<T> => ({ ok: false, error: why })
const yes = <T>(value: T): Reply<T> => ({ ok: true, value })

/** A reply that comes when the test says so. */
function later<T>(): { promise: Promise<T>; answer: (value: T) => void } {
  let answer: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => (answer = done))
  return { promise, answer }
}

describe('an intention', () => {
  it('keeps its key until an answer came, and has another one for another wish', async () => {
    const intention = new Intention()
    const keys: string[] = []
    const ask = (reply: Reply<string>) => (_: unknown, key: string) => {
      keys.push(key)
      return Promise.resolve(reply)
    }
    await intention.run({ points: 7 }, ask(no(lost)))
    await intention.run({ points: 7 }, ask(no(lost)))
    await intention.run({ points: 8 }, ask(no(lost)))
    expect(await intention.run({ points: 8 }, ask(yes('done')))).toBe('done')
    await intention.run({ points: 8 }, ask(yes('again')))
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
    expect(keys[3]).toBe(keys[2])
    expect(keys[4]).not.toBe(keys[3])
  })

  it('is one thing at a time', async () => {
    const intention = new Intention()
    const { promise, answer } = later<Reply<string>>()
    const first = intention.run({}, () => promise)
    expect(await intention.run({}, () => Promise.resolve(yes('second')))).toBeUndefined()
    answer(yes('first'))
    expect(await first).toBe('first')
    expect(intention.busy).toBe(false)
  })

  it('says why it was refused, beside the field it was about', async () => {
    const intention = new Intention()
    const why = error('SLUG_TAKEN', { field: 'merchant.slug' })
    expect(await intention.run({}, () => Promise.resolve(no(why)))).toBeUndefined()
    expect(problemOf(intention.error, 'slug')).toBe('SLUG_TAKEN')
    expect(problemOf(intention.error, 'name')).toBe('')
    expect(problemElsewhere(intention.error, ['slug'])).toBe('')
    expect(problemElsewhere(intention.error, ['name'])).toBe('SLUG_TAKEN')
  })
})

describe('something loaded', () => {
  it('is kept when reading it again fails', async () => {
    const replies = [yes('one'), no<string>(lost)]
    const loaded = new Loaded<string>(() => Promise.resolve(replies.shift() ?? no(lost)))
    await loaded.load()
    await loaded.load()
    expect(loaded.value).toBe('one')
    expect(loaded.error?.code).toBe('OFFLINE')
  })

  it('is what was asked for last, whichever answer comes first', async () => {
    const [slow, fast] = [later<Reply<string>>(), later<Reply<string>>()]
    const waiting = [slow, fast]
    const loaded = new Loaded<string>(() => (waiting.shift() ?? slow).promise)
    const both = [loaded.load(), loaded.load()]
    fast.answer(yes('new'))
    slow.answer(yes('old'))
    await Promise.all(both)
    expect(loaded.value).toBe('new')
  })
})

describe('pages', () => {
  const items = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }))
  const read = (pages: Page<{ id: string }>[]) => () =>
    Promise.resolve(yes(pages.shift() ?? { items: [], cursor: undefined }))
  const ids = (pages: Pages<{ id: string }>): string => pages.items.map(({ id }) => id).join('')

  it('follow each other without doubles', async () => {
    const pages = new Pages(
      read([
        { items: items('a', 'b'), cursor: '1' },
        { items: items('b', 'c'), cursor: undefined },
      ]),
    )
    await pages.restart()
    expect(pages.hasMore).toBe(true)
    await pages.more()
    expect(ids(pages)).toBe('abc')
    expect(pages.hasMore).toBe(false)
  })

  it('put what is new in front, and keep what was read', async () => {
    const pages = new Pages(
      read([
        { items: items('b', 'c'), cursor: '1' },
        { items: items('d', 'e'), cursor: undefined },
        { items: items('a', 'b'), cursor: '1' },
      ]),
    )
    await pages.restart()
    await pages.more()
    await pages.refresh()
    expect(ids(pages)).toBe('abcde')
    expect(pages.hasMore).toBe(false)
  })
})
