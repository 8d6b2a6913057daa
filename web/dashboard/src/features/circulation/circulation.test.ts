import { describe, expect, it } from 'vitest'
import { isEmpty, owingsOf, periodIn, periodOf, wrongWith } from './circulation.svelte'
import type { Flows, Liability, ProgramLiability } from './circulationApi'
import { signed, signedMoney, stepsOf } from './statement'

const eur = (amount: number) => ({ amount, currency: 'EUR' })
const none: Flows<number> = {
  opening: 0,
  issued: 0,
  redeemed: 0,
  expired: 0,
  returned: 0,
  adjusted: 0,
  closing: 0,
}
const noMoney = Object.fromEntries(
  Object.keys(none).map((name) => [name, eur(0)]),
) as unknown as Liability['credit_notes']
const points: ProgramLiability = {
  ...none,
  program_id: 'prg_1',
  name: 'Carte',
  type: 'points',
  terminology: { one: 'point', other: 'points' },
  owed: 0,
  pending: 0,
  money: { value: { from: 'NONE' } },
}
const liability: Liability = {
  from: '2026-11-21',
  to: '2026-11-22',
  programs: [points],
  credit_notes: noMoney,
  total_money: eur(650),
  days: [
    {
      day: '2026-11-21',
      programs: [{ program_id: 'prg_1', closing: 3 }],
      credit_notes_money: eur(0),
    },
    {
      day: '2026-11-22',
      programs: [{ program_id: 'prg_1', closing: 12, closing_money: eur(600) }],
      credit_notes_money: eur(50),
    },
  ],
}

describe('a period', () => {
  it.each([
    ['days', '2026-10-24', '2026-11-22'],
    ['lastMonth', '2026-10-01', '2026-10-31'],
    ['year', '2026-01-01', '2026-11-22'],
    ['lastYear', '2025-01-01', '2025-12-31'],
  ] as const)('%s is from %s to %s', (span, from, to) =>
    expect(periodOf(span, '2026-11-22')).toEqual({ from, to }),
  )
  it('of last month knows January and leap years', () => {
    expect(periodOf('lastMonth', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
    expect(periodOf('lastMonth', '2028-03-31')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  })
  it.each([
    ['2026-11-01', '2026-11-22', ''],
    ['2026-11-22', '2026-11-22', ''],
    ['', '2026-11-22', 'incomplete'],
    ['2026-13-01', '2026-11-22', 'incomplete'],
    ['2026-11-23', '2026-11-22', 'backwards'],
    ['2025-10-19', '2026-11-22', ''],
    ['2025-10-18', '2026-11-22', 'long'],
  ])('from "%s" to "%s" is wrong by "%s"', (from, to, wrong) =>
    expect(wrongWith({ from, to })).toBe(wrong),
  )
  it('comes from the address, or is the last thirty days', () => {
    const query = new URLSearchParams('from=2026-03-01&to=2026-03-31')
    expect(periodIn(query, '2026-11-22')).toEqual({ from: '2026-03-01', to: '2026-03-31' })
    const wrong = new URLSearchParams('from=2026-03-31&to=2026-03-01')
    expect(periodIn(wrong, '2026-11-22').from).toBe('2026-10-24')
  })
})

describe('what is owed', () => {
  it('is each programme, and credit notes once there are any', () => {
    expect(owingsOf(liability).map(({ id }) => id)).toEqual(['prg_1'])
    const noted = { ...liability, credit_notes: { ...noMoney, issued: eur(50), closing: eur(50) } }
    const notes = owingsOf(noted).at(-1)
    expect(notes?.id).toBe('notes')
    expect(notes?.days.map(({ value }) => value)).toEqual([0, 50])
  })
  it('is drawn in money where it is known, in points otherwise', () => {
    expect(owingsOf(liability)[0]?.days.map(({ value }) => value)).toEqual([3, 600])
  })
  it('of cashback is money alone', () => {
    const cashback: ProgramLiability = {
      ...points,
      type: 'cashback',
      money: { value: { from: 'CASHBACK', points: 1, money: eur(1) }, ...noMoney },
    }
    const [owing] = owingsOf({ ...liability, programs: [cashback] })
    expect([owing?.counts, owing?.units, owing?.money?.closing]).toEqual([
      undefined,
      undefined,
      eur(0),
    ])
  })
  it('is nothing until something was given, or waits', () => {
    expect(isEmpty(liability)).toBe(true)
    expect(isEmpty({ ...liability, programs: [{ ...points, pending: 5 }] })).toBe(false)
    expect(isEmpty({ ...liability, programs: [{ ...points, issued: 5, closing: 5 }] })).toBe(false)
  })
})

describe('the statement', () => {
  it('says what is added, taken off, and left', () => {
    const write = String
    expect(signed(538, '', write)).toBe('538')
    expect(signed(30, '+', write)).toBe('+\u00a030')
    expect(signed(30, '−', write)).toBe('−\u00a030')
    expect(signed(0, '−', write)).toBe('0')
    expect(signed(12, '=', write)).toBe('=\u00a012')
  })
  it('adds again what was given back', () => {
    expect(signed(-5, '−', String)).toBe('+\u00a05')
    expect(signed(-5, '+', String)).toBe('−\u00a05')
    expect(signedMoney(eur(-500), '−')).toMatch(/^\+.5,00/)
  })
  it('leaves out what credit notes never have', () => {
    const money = { ...noMoney, adjusted: eur(3) }
    const period = { from: '2026-11-21', to: '2026-11-22' }
    const names = stepsOf({ id: 'notes', money, days: [] }, period, true).map(({ name }) => name)
    expect(names).toEqual(['opening', 'issued', 'redeemed', 'expired', 'adjusted', 'closing'])
  })
})
