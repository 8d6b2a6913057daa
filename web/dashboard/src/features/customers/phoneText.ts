// A stored number as people of the shop's country read it: theirs without its country, others whole.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

export function phoneText(number: string | undefined, country: string): string {
  const parsed = number ? parsePhoneNumberFromString(number) : undefined
  if (!parsed) return number ?? ''
  return parsed.country === country ? parsed.formatNational() : parsed.formatInternational()
}
