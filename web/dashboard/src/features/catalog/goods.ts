// The catalog as the page lists it: found by words, by category, with its prices in words.
import type { Catalog, CatalogItem } from '$shared/catalog/catalog'
import { money, type Money } from '$shared/format'
import { isFound } from '$shared/ui/twoLists'

/** What is in no category, among the filters. */
export const NO_CATEGORY = 'none'

export function namesIn({ categories }: Catalog): ReadonlyMap<string, string> {
  return new Map(categories.map(({ id, category_data: { name } }) => [id, name]))
}

/** Every word typed begins a word of the article's name, its category's, a variation's, or a SKU. */
export function findItems(
  catalog: Catalog,
  typed: string,
  category: string,
): readonly CatalogItem[] {
  const names = namesIn(catalog)
  return catalog.items.filter(({ item_data: { name, category_id = '', variations } }) => {
    if (category && (category_id || NO_CATEGORY) !== category) return false
    const parts = variations.map(
      ({ item_variation_data: { name: size, sku = '' } }) => `${size} ${sku}`,
    )
    return isFound([name, names.get(category_id) ?? '', ...parts].join(' '), typed)
  })
}

/** The lowest and the highest price; undefined where all are told at the till. */
export function pricesOf({ item_data: { variations } }: CatalogItem): [Money, Money] | undefined {
  const prices = variations
    .flatMap(({ item_variation_data: { price_money } }) => (price_money ? [price_money] : []))
    .sort((a, b) => a.amount - b.amount)
  const [first] = prices
  const last = prices.at(-1)
  return first && last && [first, last]
}

export function pricesText(item: CatalogItem, atTill: string): string {
  const prices = pricesOf(item)
  if (!prices) return atTill
  const [least, most] = prices
  return least.amount === most.amount ? money(least) : `${money(least)} – ${money(most)}`
}
