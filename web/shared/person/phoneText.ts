// A stored number as people of the shop's country read it: theirs without its country, others whole.
import { phone } from '../format'

export function phoneText(number: string | undefined, country?: string): string {
  return number ? phone(number, country) : ''
}
