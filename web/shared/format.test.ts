import { afterEach, describe, expect, it } from 'vitest'
import { money, number, points, setCountry, wait } from './format'
import { setLanguage } from './i18n/catalogue.svelte'

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')
const POINTS = { one: 'point', other: 'points' }

afterEach(() => {
  setLanguage('fr')
  setCountry('FR')
})

describe('money is written as in the shop’s country', () => {
  it('in France', () => expect(plain(money({ amount: 1240, currency: 'EUR' }))).toBe('12,40 €'))

  it('in French Canada', () => {
    setCountry('CA')
    expect(plain(money({ amount: 1240, currency: 'CAD' }))).toBe('12,40 $')
  })

  it('in England', () => {
    setLanguage('en')
    setCountry('GB')
    expect(money({ amount: 123456, currency: 'GBP' })).toBe('£1,234.56')
  })

  it('in a currency without cents', () => {
    expect(plain(money({ amount: 1240, currency: 'JPY' }))).toMatch(/^1 240 /)
  })

  it('a country that is none changes nothing', () => {
    setCountry('france')
    expect(plain(money({ amount: 5, currency: 'EUR' }))).toBe('0,05 €')
  })
})

describe('points agree with their number', () => {
  it('none and one are singular in French', () => {
    expect(plain(points(0, POINTS))).toBe('0 point')
    expect(plain(points(1, POINTS))).toBe('1 point')
    expect(plain(points(2, POINTS))).toBe('2 points')
    expect(plain(points(-3, POINTS))).toBe('-3 points')
  })

  it('only one is singular in English', () => {
    setLanguage('en')
    expect(plain(points(0, POINTS))).toBe('0 points')
    expect(plain(points(1, POINTS))).toBe('1 point')
  })

  it('thousands are grouped', () => expect(plain(number(70_000))).toBe('70 000'))
})

describe('a wait is told in minutes, then in seconds', () => {
  it.each([
    [300_000, '5 minutes'],
    [61_000, '2 minutes'],
    [60_000, '1 minute'],
    [59_000, '59 secondes'],
    [-5, '0 seconde'],
  ])('%i ms is %s', (duration_ms, text) => expect(plain(wait(duration_ms))).toBe(text))
})
