import { describe, expect, it } from 'vitest'
import { erase, minorOf, press } from './typedAmount'

const type = (keys: readonly string[], decimals = 2): string =>
  keys.reduce((typed, key) => press(typed, key, decimals), '')
const amount = (text: string, decimals = 2): number => minorOf(type([...text], decimals), decimals)

describe('an amount typed like on a till', () => {
  it('grows from the cents', () => {
    expect(['1', '12', '125', '1250'].map((text) => amount(text))).toEqual([1, 12, 125, 1250])
  })

  it('is whole before a comma', () => {
    expect(['12,', '12,5', '12,50', ',5', '0,05'].map((text) => amount(text))).toEqual([
      1200, 1250, 1250, 50, 5,
    ])
  })

  it('takes no second comma and no third decimal', () => {
    expect(amount('12,,5')).toBe(1250)
    expect(amount('12,509')).toBe(1250)
  })

  it('knows the double zero, and begins with none', () => {
    expect(minorOf(type(['00', '7', '00']), 2)).toBe(700)
    expect(type(['0', '00'])).toBe('')
    expect(minorOf(type(['5', ',', '00']), 2)).toBe(500)
    expect(type(['5', ',', '0', '00'])).toBe('5,0') // half of a double zero is not taken
  })

  it('has no comma where the currency has no cents', () => {
    expect(type(['1', '2', ',', '5'], 0)).toBe('125')
    expect(amount('125', 0)).toBe(125)
  })

  it('never grows beyond what a number holds', () => {
    expect(amount('9'.repeat(30))).toBe(999_999_999)
    expect(amount(`${'9'.repeat(30)},99`)).toBe(99_999_999_999)
  })

  it('is erased key by key', () => {
    expect(erase('125')).toBe('12')
    expect(erase('12,5')).toBe('12,')
    expect(erase('0,')).toBe('')
    expect(erase('')).toBe('')
  })

  it('ignores what is no key', () => {
    expect(type(['1', 'x', ' ', 'é', '2'])).toBe('12')
  })
})
