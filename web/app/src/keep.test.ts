import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Keep } from './keep'

class Storage {
  [key: string]: unknown
  getItem(name: string): string | null {
    return (this[name] as string | undefined) ?? null
  }
  setItem(name: string, text: string): void {
    this[name] = text
  }
  removeItem(name: string): void {
    delete this[name]
  }
}

beforeEach(() => vi.stubGlobal('localStorage', new Storage()))
afterEach(() => vi.unstubAllGlobals())

test('one shop never reads what another kept', () => {
  new Keep('fournil').write('card', { points: 3 })
  expect(new Keep('fournil').read('card')).toEqual({ points: 3 })
  expect(new Keep('nova').read('card')).toBeUndefined()
  expect(new Keep('four').read('nil.card')).toBeUndefined()
})

test('wiping leaves nothing but what is named, and nothing of another shop is touched', () => {
  const keep = new Keep('fournil')
  for (const name of ['card', 'join', 'language']) keep.write(name, 1)
  new Keep('nova').write('card', 2)
  new Keep('fournil').wipe(['language'])
  const after = new Keep('fournil')
  expect([after.read('card'), after.read('join'), after.read('language')]).toEqual([
    undefined,
    undefined,
    1,
  ])
  expect(new Keep('nova').read('card')).toBe(2)
})

test('what is kept and is not ours to read is nothing', () => {
  localStorage.setItem('habitue.app.fournil.card', '{broken')
  expect(new Keep('fournil').read('card')).toBeUndefined()
})

test('where storage is refused, it is kept as long as the page lives', () => {
  vi.stubGlobal('localStorage', undefined)
  const keep = new Keep('fournil')
  keep.write('card', { points: 3 })
  expect(keep.read('card')).toEqual({ points: 3 })
  keep.wipe([])
  expect(keep.read('card')).toBeUndefined()
})
