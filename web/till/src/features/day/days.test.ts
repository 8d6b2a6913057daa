import { describe, expect, test } from 'vitest'
import { dayBeside, hoursShown } from './days'

describe('days', () => {
  test('follow each other over months, leap days and years', () => {
    expect(dayBeside('2026-11-30', 1)).toBe('2026-12-01')
    expect(dayBeside('2028-03-01', -1)).toBe('2028-02-29')
    expect(dayBeside('2027-01-01', -1)).toBe('2026-12-31')
  })

  test('show the hours between the first sale and the last, the quiet ones too', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => ({
      baskets: hour === 7 || hour === 10 ? 2 : 0,
      total_money: { amount: 0, currency: 'EUR' },
    }))
    expect(hoursShown(hours).map(({ hour }) => hour)).toEqual([7, 8, 9, 10])
    expect(hoursShown(hours.map((sum) => ({ ...sum, baskets: 0 })))).toEqual([])
  })
})
