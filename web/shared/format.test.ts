import { afterEach, describe, expect, it } from 'vitest'
import {
  ago,
  calendarDay,
  changeOf,
  clock,
  dateTime,
  day,
  formatUnits,
  money,
  number,
  percent,
  points,
  setCountry,
  setCurrency,
  setTimeZone,
  unitParts,
  wait,
} from './format'
import { setLanguage } from './i18n/catalogue.svelte'

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')
const POINTS = { one: 'point', other: 'points' }

afterEach(() => {
  setLanguage('fr')
  setCountry('FR')
  setCurrency('EUR')
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

describe('a balance is written as its program counts', () => {
  const coffees = { type: 'stamps', terminology: { one: 'tampon', other: 'tampons' } } as const
  const purse = { type: 'cashback', terminology: POINTS } as const

  it('in its own word', () => {
    expect(plain(formatUnits(coffees, 1))).toBe('1 tampon')
    expect(plain(formatUnits(coffees, 1200))).toBe('1 200 tampons')
  })

  it('in money when it is cashback', () => {
    expect(plain(formatUnits(purse, 240))).toBe('2,40 €')
    expect(plain(formatUnits(purse, 0))).toBe('0,00 €')
  })

  it('in the shop’s currency', () => {
    setCurrency('JPY')
    expect(plain(formatUnits(purse, 240))).toMatch(/^240 /)
    setCurrency('euros')
    expect(plain(formatUnits(purse, 240))).toMatch(/^240 /)
  })

  it('with a sign as a change', () => {
    expect(plain(formatUnits(coffees, 3, { sign: true }))).toBe('+3 tampons')
    expect(plain(formatUnits(purse, -240, { sign: true }))).toBe('−2,40 €')
    expect(plain(formatUnits(coffees, 0, { sign: true }))).toBe('0 tampon')
    setLanguage('en')
    setCountry('GB')
    setCurrency('GBP')
    expect(formatUnits(purse, -240, { sign: true })).toBe('−£2.40')
  })

  it('in two parts where the number stands alone', () => {
    expect(unitParts(coffees, 7)).toEqual({ number: '7', word: 'tampons' })
    expect(unitParts(purse, 700).word).toBe('')
  })
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

describe('when something was', () => {
  const now = new Date('2026-11-22T10:00:00Z')
  const told = (at: string): string => plain(ago(at, now))

  it.each([
    ['2026-11-22T09:59:40Z', 'maintenant'],
    ['2026-11-22T10:00:05Z', 'maintenant'], // a clock that is ahead
    ['2026-11-22T09:55:00Z', 'il y a 5 minutes'],
    ['2026-11-22T07:30:00Z', 'il y a 2 heures'],
    ['2026-11-21T22:30:00Z', 'hier'],
    ['2026-11-20T22:30:00Z', 'avant-hier'],
    ['2026-11-19T12:00:00Z', 'il y a 3 jours'],
    ['2026-11-10T12:00:00Z', '10 novembre'],
    ['2025-11-10T12:00:00Z', '10 novembre 2025'],
    ['2026-11-25T12:00:00Z', '25 novembre'],
  ])('%s is %s', (at, text) => {
    setTimeZone('Europe/Paris')
    expect(told(at)).toBe(text)
  })

  it('is a day of the shop, not of who looks', () => {
    setTimeZone('America/Montreal')
    expect(told('2026-11-22T03:00:00Z')).toBe('hier') // ten in the evening there
    setTimeZone('Pacific/Auckland')
    expect(day('2026-11-22T12:00:00Z', now)).toBe('23 novembre')
    expect(plain(dateTime('2026-11-22T12:00:00Z', now))).toMatch(/^23 novembre (à )?01:00$/)
  })

  it('a time zone that nobody knows changes nothing', () => {
    setTimeZone('Europe/Atlantis')
    expect(clock('2026-11-22T12:00:00Z')).toMatch(/^\d\d:\d\d$/)
  })

  it('the first of a month is said as the French say it', () => {
    expect(calendarDay('2026-11-01')).toBe('1er novembre')
    expect(calendarDay('2026-11-11')).toBe('11 novembre')
    setLanguage('es')
    expect(calendarDay('2026-11-01')).toBe('1 de noviembre')
  })

  it('a calendar day has no time zone', () => {
    setTimeZone('America/Montreal')
    expect(calendarDay('2026-11-22')).toBe('22 novembre')
  })
})

describe('a change', () => {
  it('is a share of what was', () => {
    expect(changeOf(112, 100)).toBeCloseTo(0.12)
    expect(changeOf(50, 100)).toBeCloseTo(-0.5)
    expect(changeOf(100.1, 100)).toBe(0)
    expect(changeOf(5, 0)).toBeUndefined()
  })

  it('is written as people do', () => {
    expect(plain(percent(0.125))).toBe('13 %')
    setLanguage('en')
    setCountry('GB')
    expect(percent(0.125)).toBe('13%')
  })
})
