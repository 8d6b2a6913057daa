// Finding an article among few or many.
import type { Money } from '$shared/format'
import type { Item } from '../../tillApi'

/** Its price; of several, the lowest; undefined where somebody says it at the till. */
export function priceOf({ variations }: Item): { price: Money; isFrom: boolean } | undefined {
  const prices = variations.flatMap(({ price_money }) => (price_money ? [price_money] : []))
  const price = [...prices].sort((a, b) => a.amount - b.amount)[0]
  return price && { price, isFrom: prices.some(({ amount }) => amount !== price.amount) }
}

export interface Group {
  readonly category: string
  readonly items: readonly Item[]
}

/** Without accents and capitals: « Éclair » is found by "ecl". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

/** Every word must begin a word of the name; those whose name begins with it come first. */
export function search(items: readonly Item[], typed: string): readonly Item[] {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return items
  const found = items.filter(({ name }) => {
    const parts = plain(name).split(/[\s'’\-/()]+/)
    return words.every((word) => parts.some((part) => part.startsWith(word)))
  })
  const first = words[0] ?? ''
  const rank = ({ name }: Item): number => (plain(name).startsWith(first) ? 0 : 1)
  return [...found].sort((a, b) => rank(a) - rank(b))
}

export function categoriesOf(items: readonly Item[]): readonly string[] {
  return [...new Set(items.map(({ category }) => category?.name ?? '').filter(Boolean))]
}

/** By category, in the sequence of the keys; what has none is last. */
export function groupsOf(items: readonly Item[]): readonly Group[] {
  const groups = [...categoriesOf(items), ''].map((category) => ({
    category,
    items: items.filter((item) => (item.category?.name ?? '') === category),
  }))
  return groups.filter((group) => group.items.length > 0)
}
