import { termsTyped, typedProgram } from '$shared/programs/typedProgram'
import { describe, expect, it } from 'vitest'
import type { Program } from '../shopApi'
import { matches } from '../shell/palette.svelte'
import { pointsOf } from '$shared/person/adjusting.svelte'
import { parseBirthday, writeBirthday } from '$shared/person/birthday'
import { changesOf, typedOf } from '$shared/person/customerForm.svelte'
import { phoneText } from '$shared/person/phoneText'
import { dayAfter, dayIn } from './home/home.svelte'
import { changeOf } from './loyalty/programPage.svelte'
import { lastFour, startOfDay } from './sales/salesList.svelte'
import { logoProblem } from './settings/look.svelte'
import { pinOf } from './tablets/pin'

const writing = { currency: 'EUR', locale: 'fr-FR' }
const euro = (amount: number) => ({ amount, currency: 'EUR' })

describe('a birthday', () => {
  it.each([
    ['14/07', 'fr-FR', '0000-07-14'],
    ['14.7.1990', 'fr-FR', '1990-07-14'],
    ['7/14/1990', 'en-US', '1990-07-14'],
    ['1990-07-14', 'fr-FR', '1990-07-14'],
    ['29/02', 'fr-FR', '0000-02-29'],
    ['', 'fr-FR', ''],
    ['31/02', 'fr-FR', undefined],
    ['14', 'fr-FR', undefined],
    ['demain', 'fr-FR', undefined],
  ])('%s (%s) is %s', (text, locale, birthday) =>
    expect(parseBirthday(text, locale)).toBe(birthday),
  )
  it('is written in the order of the country', () => {
    expect(writeBirthday('0000-07-14', 'fr-FR')).toBe('14/07')
    expect(writeBirthday('1990-07-14', 'en-US')).toBe('07/14/1990')
  })
})

describe('a customer’s form', () => {
  const before = {
    given_name: 'Ysée',
    address: { locality: 'Paris', country: 'FR' },
    birthday: '1990-07-14',
  }
  it('sends nothing when nothing was changed', () =>
    expect(changesOf(before, typedOf(before, 'fr-FR'), 'fr-FR')).toEqual({}))
  it('sends what was changed, clears what was emptied, keeps what it does not show', () => {
    const typed = { ...typedOf(before, 'fr-FR'), given_name: ' ', locality: 'Lyon', birthday: '' }
    expect(changesOf(before, typed, 'fr-FR')).toEqual({
      given_name: null,
      birthday: null,
      address: { locality: 'Lyon', country: 'FR' },
    })
  })
})

describe('a change of a programme', () => {
  const program: Program = {
    id: 'prg_1',
    name: 'Carte',
    type: 'points',
    status: 'ACTIVE',
    is_main: true,
    terminology: { one: 'point', other: 'points' },
    accrual_rules: [
      {
        accrual_type: 'SPEND',
        points: 1,
        spend_data: { tax_mode: 'BEFORE_TAX', amount_money: { currency: 'EUR', amount: 100 } },
      },
    ],
    reward_tiers: [],
    expiration_days: 365,
    on_refund: 'owed',
  }
  const { typed } = typedProgram(program, writing)
  const changed = (changes: Partial<typeof typed>) =>
    changeOf(program, termsTyped({ ...typed, ...changes }, writing))

  it('makes no new version of a rule that stays', () => expect(changed({})).toEqual({}))
  it('changes the rule and keeps how taxes count', () => {
    expect(changed({ points: '2', amount: '2,50' })).toEqual({
      accrual_rules: [
        {
          accrual_type: 'SPEND',
          points: 2,
          spend_data: { amount_money: { amount: 250, currency: 'EUR' }, tax_mode: 'BEFORE_TAX' },
        },
      ],
    })
  })
  it('takes an empty lifetime as none, and sends what is cleared', () => {
    expect(changed({ days: '' })).toEqual({ expiration_days: 0 })
    const ending = { ...program, ends_on: '2027-01-31', minimum_amount_money: euro(500) }
    const terms = termsTyped({ ...typed, endsOn: '', minimum: '' }, writing)
    expect(changeOf(ending, terms)).toEqual({ ends_on: null, minimum_amount_money: euro(0) })
  })
  it('sends all limits when one of them is another', () => {
    expect(changed({ visitsDay: '1' }).limits).toMatchObject({
      earnings_per_day: 1,
      points_per_day: 0,
    })
  })
})

describe('a day', () => {
  it('is the shop’s, not the reader’s', () => {
    expect(dayIn('Pacific/Auckland', new Date('2026-11-22T12:00:00Z'))).toBe('2026-11-23')
    expect(dayIn('America/Montreal', new Date('2026-11-22T03:00:00Z'))).toBe('2026-11-21')
  })
  it('is followed by the next one, at the end of a month, too', () => {
    expect(dayAfter('2026-02-28', 1)).toBe('2026-03-01')
    expect(dayAfter('2026-01-01', -1)).toBe('2025-12-31')
  })
  it('begins at midnight there, when the clocks are changed, too', () => {
    expect(startOfDay('2026-07-01', 'Europe/Paris')).toBe('2026-06-30T22:00:00.000Z')
    expect(startOfDay('2026-10-25', 'Europe/Paris')).toBe('2026-10-24T22:00:00.000Z')
    expect(startOfDay('2026-10-26', 'Europe/Paris')).toBe('2026-10-25T23:00:00.000Z')
  })
})

describe('what is typed', () => {
  it('is found by the beginning of any word, without accents', () => {
    expect(matches('Réglages', 'regl')).toBe(true)
    expect(matches('Ajouter un client', 'cli aj')).toBe(true)
    expect(matches('Ventes', 'entes')).toBe(false)
  })
  it('is a number of points, however grouped', () => {
    expect(pointsOf('1 200', 'points', writing)).toBe(1200)
    expect(pointsOf('0', 'points', writing)).toBeUndefined()
    expect(pointsOf('-5', 'points', writing)).toBeUndefined()
    expect(pointsOf('1,5', 'points', writing)).toBeUndefined()
  })
  it('is money of a cashback programme', () => {
    expect(pointsOf('1,5', 'cashback', writing)).toBe(150)
    expect(pointsOf('0,001', 'cashback', writing)).toBeUndefined()
  })
  it('is a card’s four digits, or nothing, or neither', () => {
    expect(lastFour(' 42 42 ')).toBe('4242')
    expect(lastFour('')).toBe('')
    expect(lastFour('424')).toBeUndefined()
    expect(lastFour('42a2')).toBeUndefined()
  })
  it('is a PIN of four to eight digits of any script', () => {
    expect(pinOf('４３２１')).toBe('4321')
    expect(pinOf('0012')).toBe('0012')
    expect(pinOf('123')).toBeUndefined()
    expect(pinOf('12ab')).toBeUndefined()
  })
})

it('a telephone number is read as people of the country do', () => {
  expect(phoneText('+33612345678', 'FR')).toBe('06 12 34 56 78')
  expect(phoneText('+33612345678', 'GB')).toBe('+33 6 12 34 56 78')
  expect(phoneText(undefined, 'FR')).toBe('')
})

it('a logo that cannot be used is refused before it is sent', () => {
  expect(logoProblem({ type: 'image/gif', size: 10 })).toBe('FILE_TYPE')
  expect(logoProblem({ type: 'image/png', size: 3 << 20 })).toBe('BODY_TOO_LARGE')
  expect(logoProblem({ type: 'image/webp', size: 10 })).toBeUndefined()
})
