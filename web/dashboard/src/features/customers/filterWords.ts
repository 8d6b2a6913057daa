// What a filter says, chip by chip, and what is left of it without one. No markup.
import { formatUnits, locale, money, type Units } from '$shared/format'
import { t } from '$shared/i18n/directory'
import type { Filter, Range, Tag } from './directoryApi'

export interface Around {
  readonly tags: readonly Tag[]
  readonly programs: readonly (Units & { readonly id: string; readonly name: string })[]
  readonly currency: string
  readonly locationName: (id: string) => string
}
export interface FilterChip {
  readonly key: string
  readonly text: string
  readonly without: Filter
}

const RANGES = ['visits', 'spend', 'last_visit_days', 'joined_days'] as const
type RangeKey = (typeof RANGES)[number]

/** Which ends are there. */
function endsOf({ min, max }: Range): 'both' | 'min' | 'max' | undefined {
  if (min !== undefined && max !== undefined) return 'both'
  if (min !== undefined) return 'min'
  return max === undefined ? undefined : 'max'
}

function rangeText(key: RangeKey, range: Range, write: (value: number) => string): string {
  const ends = endsOf(range)
  if (!ends) return ''
  return t(`filter.${key}.${ends}`, {
    min: write(range.min ?? 0),
    max: write(range.max ?? 0),
  })
}

function balanceText(balance: NonNullable<Filter['balance']>, { programs }: Around): string {
  const program = programs.find(({ id }) => id === balance.program_id)
  const ends = endsOf(balance)
  const name = program?.name ?? ''
  const write = (value: number): string => (program ? formatUnits(program, value) : `${value}`)
  if (!ends) return t('filter.balance.in', { program: name })
  return t(`filter.balance.${ends}`, {
    program: name,
    min: write(balance.min ?? 0),
    max: write(balance.max ?? 0),
  })
}

export function monthName(month: number): string {
  return new Intl.DateTimeFormat(locale(), { month: 'long' }).format(new Date(2024, month - 1, 15))
}

export const SOURCES = ['LOYALTY', 'DIRECTORY', 'THIRD_PARTY'] as const
export const CONSENTS = [
  'card_link.given',
  'card_link.none',
  'loyalty_notice.shown',
  'loyalty_notice.none',
] as const

function without(filter: Filter, key: keyof Filter): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => name !== key))
}

function tagChips(filter: Filter, { tags }: Around): FilterChip[] {
  const { group_ids } = filter
  const nameOf = (id: string): string => tags.find((tag) => tag.id === id)?.name ?? ''
  const left = (kind: 'all' | 'none', id: string): Filter => {
    const kept = { ...group_ids, [kind]: (group_ids?.[kind] ?? []).filter((one) => one !== id) }
    const some = Object.entries(kept).filter(([, ids]) => ids.length > 0)
    const rest = without(filter, 'group_ids')
    return some.length > 0 ? { ...rest, group_ids: Object.fromEntries(some) } : rest
  }
  const chips = (kind: 'all' | 'none', key: 'filter.withTag' | 'filter.withoutTag'): FilterChip[] =>
    (group_ids?.[kind] ?? []).map((id) => ({
      key: `${kind}-${id}`,
      text: t(key, { name: nameOf(id) }),
      without: left(kind, id),
    }))
  return [...chips('all', 'filter.withTag'), ...chips('none', 'filter.withoutTag')]
}

export function chipsOf(filter: Filter, around: Around): readonly FilterChip[] {
  const texts: Partial<Record<keyof Filter, string>> = {}
  for (const key of RANGES) {
    const write = (value: number): string =>
      key === 'spend' ? money({ amount: value, currency: around.currency }) : `${value}`
    texts[key] = rangeText(key, filter[key] ?? {}, write)
  }
  if (filter.balance) texts.balance = balanceText(filter.balance, around)
  if (filter.birth_month) {
    texts.birth_month = t('filter.bornIn', { month: monthName(filter.birth_month) })
  }
  if (filter.location_id) {
    texts.location_id = `${t('directory.lastVisit')} : ${around.locationName(filter.location_id)}`
  }
  const source = SOURCES.find((one) => one === filter.creation_source?.values[0])
  if (source) texts.creation_source = t(`filter.source.${source}`)
  const said = `${filter.consent?.purpose}.${filter.consent?.state}`
  const consent = CONSENTS.find((one) => one === said)
  if (consent) texts.consent = t(`filter.consent.${consent}`)
  const chips = Object.entries(texts)
    .filter(([, text]) => text !== '')
    .map(([key, text]) => ({ key, text, without: without(filter, key as keyof Filter) }))
  return [...chips, ...tagChips(filter, around)]
}
