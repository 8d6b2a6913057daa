// An amount while it is being typed, as tills take it: 1 2 5 0 is 12,50; with a comma, what stands
// before it is whole: 1 2 , 5 is 12,50 too. Kept as the keys that were pressed; integers only.

/** Nine digits without a comma: 9 999 999,99 in a currency with cents. */
const DIGITS_MAX = 9
export const COMMA = ','

/** The keys after one more; a key that means nothing here changes nothing. */
export function press(typed: string, key: string, decimals: number): string {
  if (key === COMMA) return decimals === 0 || typed.includes(COMMA) ? typed : `${typed || '0'},`
  if (!/^\d+$/.test(key)) return typed
  const next = typed + key
  const [whole = '', cents] = next.split(COMMA)
  if (cents !== undefined) return cents.length > decimals ? typed : next
  const digits = whole.replace(/^0+/, '')
  return digits.length > DIGITS_MAX ? typed : digits
}

export function erase(typed: string): string {
  return typed === '0,' ? '' : typed.slice(0, -1)
}

/** What the keys say, in the smallest unit of the currency. */
export function minorOf(typed: string, decimals: number): number {
  const [whole = '', cents] = typed.split(COMMA)
  if (cents === undefined) return Number(whole)
  return Number(whole + cents.padEnd(decimals, '0'))
}
