import { describe, expect, it } from 'vitest'
import { caretAfter, formatTyped, phone, phoneKeys } from './phone'

describe('a number is spaced as people of the country write it', () => {
  it.each([
    ['FR', '0612345678', '06 12 34 56 78'],
    ['FR', '06123', '06 12 3'],
    ['BE', '0470123456', '0470 12 34 56'],
    ['CH', '0791234567', '079 123 45 67'],
    ['CA', '5145550199', '(514) 555-0199'],
    ['ES', '612345678', '612 34 56 78'],
    ['GB', '07400123456', '07400 123456'],
    ['FR', '+4915112345678', '+49 1511 2345678'],
    ['FR', '+33612345678', '+33 6 12 34 56 78'],
  ])('%s %s becomes %s', (country, typed, shown) => {
    expect(formatTyped(typed, country)).toBe(shown)
  })

  it('every beginning of a number keeps its keys', () => {
    for (const country of ['FR', 'BE', 'CH', 'CA', 'ES', 'GB', 'ZZ', '']) {
      for (const whole of [
        '0612345678',
        '+33612345678',
        '5145550199',
        '0000000000',
        '999999999999999',
      ]) {
        for (let length = 0; length <= whole.length; length += 1) {
          const keys = whole.slice(0, length)
          expect(phoneKeys(formatTyped(keys, country))).toBe(keys)
        }
      }
    }
  })

  it('a country nobody knows still shows the digits', () => {
    expect(phoneKeys(formatTyped('0612345678', 'ZZ'))).toBe('0612345678')
  })
})

describe('only keys of a number count', () => {
  it.each([
    ['06.12-34/56 78', '0612345678'],
    ['+33 (0)6', '+3306'],
    ['06+12', '0612'],
    ['abc', ''],
    ['1234567890123456789', '123456789012345'],
    ['٠٦', ''],
  ])('%s gives %s', (typed, keys) => expect(phoneKeys(typed)).toBe(keys))
})

describe('the caret stays behind the digit that was typed', () => {
  it.each([
    ['06 12 34', 0, 0],
    ['06 12 34', 2, 2],
    ['06 12 34', 3, 4],
    ['06 12 34', 6, 8],
    ['(514) 555', 1, 2],
    ['+33 6', 1, 1],
  ])('%s after %i keys is %i', (text, keys, place) => expect(caretAfter(text, keys)).toBe(place))
})

describe('a number that the server keeps', () => {
  it.each([
    ['+33612345678', 'FR', '06 12 34 56 78'],
    ['+33612345678', 'BE', '+33 6 12 34 56 78'],
    ['+32470123456', 'BE', '0470 12 34 56'],
    ['+32470123456', 'FR', '+32 470 12 34 56'],
    ['+34612345678', 'ES', '612 34 56 78'],
    ['+15145550199', 'CA', '(514) 555-0199'],
    ['+447400123456', 'GB', '07400 123456'],
    ['+221771234567', 'FR', '+221 771 234 567'],
    ['', 'FR', ''],
  ])('%s in %s is %s', (kept, country, shown) => expect(phone(kept, country)).toBe(shown))
})
