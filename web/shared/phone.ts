// A phone number while it is being typed, grouped as people of the country write it.
// Whether it is a number at all is the server's to say.
import { AsYouType, isSupportedCountry } from 'libphonenumber-js/min'

export const DIGITS_MAX = 15

/** Only what a number is made of: digits, and one plus in front. */
export function phoneKeys(text: string): string {
  const plus = /^\D*\+/.test(text) ? '+' : ''
  return plus + text.replace(/\D/g, '').slice(0, DIGITS_MAX)
}

/** The same keys, spaced for the eye. */
export function formatTyped(text: string, country: string): string {
  const keys = phoneKeys(text)
  const home = isSupportedCountry(country) ? country : undefined
  const typed = new AsYouType(home).input(keys)
  return phoneKeys(typed) === keys ? typed : keys
}

/** Where the caret belongs once the text is spaced: behind as many keys as before. */
export function caretAfter(formatted: string, keysBefore: number): number {
  let seen = 0
  for (let i = 0; i < formatted.length; i += 1) {
    if (seen === keysBefore) return i
    if (/[\d+]/.test(formatted[i] ?? '')) seen += 1
  }
  return formatted.length
}
