// Numbers as people type them, whatever their country's commas and points are.

const DIGITS = /[0-9]/
const SPACES = /[\s\u00a0\u202f\u2009'’_]/g

/** The digits of every script that keyboards give, as 0 to 9. */
function latinDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x966))
    .replace(/٫/g, ',')
    .replace(/٬/g, ' ')
}

function groupSign(locale: string): string {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1234567)
  return parts.find(({ type }) => type === 'group')?.value ?? ''
}

/** Thousands in threes, as most of the world groups them, or in twos and a three, as India does. */
function isGrouped(whole: string, sign: string): boolean {
  const [first = '', ...others] = whole.split(sign)
  const last = others.pop() ?? ''
  return (
    /^\d{1,3}$/.test(first) &&
    /^\d{3}$/.test(last) &&
    others.every((part) => /^\d{2,3}$/.test(part))
  )
}

/** `12,50`, `12.50`, `1 234,5`, `1.234,50`, `1,234.50` as whole and fraction; undefined when it is none. */
function partsOf(typed: string, locale: string): [string, string] | undefined {
  const text = latinDigits(typed).replace(SPACES, '')
  if (!/^[0-9.,]+$/.test(text) || !DIGITS.test(text)) return undefined
  const signs = [...text].filter((sign) => sign === ',' || sign === '.')
  const last = signs.at(-1)
  if (last === undefined) return [text, '']
  const at = text.lastIndexOf(last)
  const [before, after] = [text.slice(0, at), text.slice(at + 1)]
  const kinds = new Set(signs)
  const isLastAlone = signs.filter((sign) => sign === last).length === 1
  // One sign, three digits behind it: thousands where the country groups with it.
  const isGroup =
    kinds.size === 1 && (!isLastAlone || (after.length === 3 && last === groupSign(locale)))
  if (isGroup) return isGrouped(text, last) ? [text.replace(/[.,]/g, ''), ''] : undefined
  if (!isLastAlone) return undefined
  const other = last === ',' ? '.' : ','
  if (before.includes(other) && !isGrouped(before, other)) return undefined
  return [before.replace(/[.,]/g, ''), after]
}

/** The currency's signs around an amount do not matter: `12,50 €`, `EUR 12.50`, `$5`. */
function withoutCurrency(text: string): string {
  return text.replace(
    /^[\s\p{Sc}]*[A-Za-z]{0,3}[\s\p{Sc}]*|[\s\p{Sc}]*[A-Za-z]{0,3}[\s\p{Sc}.]*$/gu,
    '',
  )
}

export function currencyDigits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

const AMOUNT_MAX = 9_999_999_999 // in the smallest unit: a sum that no counter sees

/** Whole parts of 1 / 10^digits; undefined when it is no number, or a finer one. */
function parseDecimal(text: string, digits: number, locale: string): number | undefined {
  const parts = partsOf(text, locale)
  if (!parts) return undefined
  const [whole, fraction] = parts
  if (fraction.replace(/0+$/, '').length > digits) return undefined
  const minor = Number((whole || '0') + fraction.slice(0, digits).padEnd(digits, '0'))
  return minor <= AMOUNT_MAX ? minor : undefined
}

/** What was typed, in the currency's smallest unit; undefined when it is no amount of it. */
export function parseAmount(typed: string, currency: string, locale: string): number | undefined {
  return parseDecimal(withoutCurrency(typed), currencyDigits(currency), locale)
}

/** `5`, `2,5 %`: hundredths of a percent, at most 100 %; undefined when it is none. */
export function parsePercent(typed: string, locale: string): number | undefined {
  const value = parseDecimal(typed.replace(/[%٪]\s*$/, ''), 2, locale)
  return value !== undefined && value <= 10_000 ? value : undefined
}

/** A whole number, such as points or minutes; undefined when it is none. */
export function parseWhole(typed: string, locale: string): number | undefined {
  const minus = /^\s*[-−]/.test(typed)
  const parts = partsOf(typed.replace(/^\s*[-−+]/, ''), locale)
  if (!parts || /[1-9]/.test(parts[1])) return undefined
  const value = Number(parts[0] || '0')
  return Number.isSafeInteger(value) ? (minus ? -value : value) : undefined
}

/** An amount as it stands in a field: without a currency, without groups, with all its decimals. */
export function amountText(minor: number, currency: string, locale: string): string {
  const digits = currencyDigits(currency)
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  }).format(minor / 10 ** digits)
}
