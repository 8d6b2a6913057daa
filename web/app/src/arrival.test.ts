import { expect, test } from 'vitest'
import { readArrival } from './arrival'

test('an address tells the shop, where its link stood, and a key', () => {
  expect(readArrival('/app/le-fournil/', '?src=tablet', '#in=abc123')).toEqual({
    slug: 'le-fournil',
    source: 'tablet',
    token: 'abc123',
  })
  expect(readArrival('/app/le-fournil/rewards/rew_1', '', '').slug).toBe('le-fournil')
})

test('what is no address of a shop is nobody’s', () => {
  expect(readArrival('/app/', '', '').slug).toBe('')
  expect(readArrival('/app/%E0%A4%A', '', '').slug).toBe('')
})

test('a source is a word, or none', () => {
  const sourceOf = (search: string) => readArrival('/app/x/', search, '').source
  expect(sourceOf('?src=Poster-2')).toBe('poster-2')
  expect(sourceOf('?src=<script>')).toBe('')
  expect(sourceOf(`?src=${'a'.repeat(21)}`)).toBe('')
})
