import { describe, expect, it } from 'vitest'
import { amountText, currencyDigits, parseAmount, parsePercent, parseWhole } from './numbers'

const LOCALES = ['fr-FR', 'fr-CH', 'fr-CA', 'en-GB', 'en-IN', 'es-ES', 'es-MX', 'de-DE', 'pt-BR']

describe('an amount is understood', () => {
  it.each([
    ['12,50', 1250],
    ['12.50', 1250],
    ['12,5', 1250],
    ['12', 1200],
    ['0,05', 5],
    [',5', 50],
    ['12,', 1200],
    ['1 234,5', 123450],
    ['1\u202f234,50', 123450],
    ['1.234,50', 123450],
    ['1,234.50', 123450],
    ["1'234.50", 123450],
    ['1’234.50', 123450],
    ['12,34,567.80', 123456780],
    ['12,50 €', 1250],
    ['€12.50', 1250],
    ['EUR 12,50', 1250],
    [' 12,50 ', 1250],
    ['١٢٫٥٠', 1250],
    ['１２．５０', 1250],
    ['12,500', 1250],
    ['0', 0],
  ])('%s in France', (typed, minor) => expect(parseAmount(typed, 'EUR', 'fr-FR')).toBe(minor))

  it('with one sign and three digits, as the country groups', () => {
    expect(parseAmount('1,234', 'GBP', 'en-GB')).toBe(123400)
    expect(parseAmount('1.234', 'EUR', 'de-DE')).toBe(123400)
    expect(parseAmount('1,234', 'EUR', 'fr-FR')).toBeUndefined() // neither 1.23 nor 1234: ask
    expect(parseAmount('1.234', 'GBP', 'en-GB')).toBeUndefined()
    expect(parseAmount('1.234', 'TND', 'fr-TN')).toBe(1234) // three decimals
  })

  it('in a currency without decimals', () => {
    expect(parseAmount('1240', 'JPY', 'fr-FR')).toBe(1240)
    expect(parseAmount('12,5', 'JPY', 'fr-FR')).toBeUndefined()
    expect(parseAmount('12,0', 'JPY', 'fr-FR')).toBe(12)
  })

  it('as every country writes it itself', () => {
    for (const locale of LOCALES)
      for (const currency of ['EUR', 'JPY', 'TND', 'USD'])
        for (const minor of [0, 1, 5, 99, 100, 1234, 123456, 1234567, 100000000]) {
          const style = { style: 'currency', currency } as const
          const written = new Intl.NumberFormat(locale, style).format(
            minor / 10 ** currencyDigits(currency),
          )
          expect(parseAmount(written, currency, locale), `${locale} ${written}`).toBe(minor)
          const field = amountText(minor, currency, locale)
          expect(parseAmount(field, currency, locale), `${locale} ${field}`).toBe(minor)
        }
  })
})

describe('what is no amount is refused', () => {
  it.each([
    '',
    ' ',
    'douze',
    '12,505',
    '1,2,3',
    '1.2,3.4',
    '12..5',
    '-5',
    '12€50€',
    '1e3',
    '½',
    '∞',
    '1,23,4',
    '99999999999',
  ])('%s', (typed) => expect(parseAmount(typed, 'EUR', 'fr-FR')).toBeUndefined())
})

describe('a whole number', () => {
  it.each([
    ['12', 12],
    ['1 234', 1234],
    ['-3', -3],
    ['−3', -3],
    ['+7', 7],
    ['12,0', 12],
    ['12,5', undefined],
    ['', undefined],
    ['-', undefined],
    ['9007199254740993', undefined],
  ])('%s', (typed, value) => expect(parseWhole(typed, 'fr-FR')).toBe(value))
})

describe('a percentage is understood', () => {
  it.each([
    ['5', 500],
    ['2,5', 250],
    ['2.5 %', 250],
    ['12,25%', 1225],
    ['100', 10_000],
    ['0', 0],
  ])('%s', (typed, hundredths) => expect(parsePercent(typed, 'fr-FR')).toBe(hundredths))

  it.each(['', '%', 'cinq', '0,125', '101', '-5', '5 % de'])('%s is none', (typed) =>
    expect(parsePercent(typed, 'fr-FR')).toBeUndefined(),
  )
})
