// A birthday as people of the country type it, with or without the year, and as the API keeps it:
// "1990-02-28", or "0000-02-28" when the year was not told.

type Part = 'day' | 'month' | 'year'

function orderOf(locale: string): readonly Part[] {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(2001, 1, 3))
  return parts
    .map(({ type }) => type)
    .filter((type): type is Part => ['day', 'month', 'year'].includes(type))
}

function kept(year: number, month: number, day: number): string | undefined {
  const leap = year === 0 ? 2000 : year // the 29th of February is a birthday in some year
  const date = new Date(Date.UTC(leap, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  const pad = (value: number, length: number): string => String(value).padStart(length, '0')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

/** '' from nothing; undefined when the text is no date. */
export function parseBirthday(typed: string, locale: string): string | undefined {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return ''
  const numbers = text.split(/[\s./-]+/).map(Number)
  if (numbers.some((value) => !Number.isInteger(value)) || numbers.length > 3) return undefined
  const [first = 0, second = 0, third] = numbers
  if (first > 31) return third === undefined ? undefined : kept(first, second, third)
  if (third !== undefined && (third < 1900 || third > 9999)) return undefined
  const isMonthFirst = orderOf(locale).filter((part) => part !== 'year')[0] === 'month'
  const [month, day] = isMonthFirst ? [first, second] : [second, first]
  return kept(third ?? 0, month, day)
}

/** As it stands in a field, in the country's order. */
export function writeBirthday(birthday: string | undefined, locale: string): string {
  const [year = '', month = '', day = ''] = birthday?.split('-') ?? []
  if (!day) return ''
  const parts: Record<Part, string> = { day, month, year }
  const shown = orderOf(locale).filter((part) => part !== 'year' || year !== '0000')
  return shown.map((part) => parts[part]).join('/')
}
