// The catalog as the two-list picker takes it: variations by category.
import { money } from '../format'
import { t } from '../i18n/shared'
import type { Choice, ChoiceGroup } from '../ui/twoLists'
import type { Catalog, CatalogItem } from './catalog'

function choicesOf({ item_data: { name, variations } }: CatalogItem): Choice[] {
  return variations.map(({ id, item_variation_data: { name: size, price_money } }) => ({
    id,
    name: size ? `${name}, ${size}` : name,
    note: price_money && money(price_money),
  }))
}

/** In the sequence of the till's keys; what is in no category stands last. */
export function choicesIn({ items, categories }: Catalog): readonly ChoiceGroup[] {
  const inside = (id: string | undefined): Choice[] =>
    items.filter((item) => item.item_data.category_id === id).flatMap(choicesOf)
  const groups = categories.map(({ id, category_data: { name } }) => ({
    id,
    name,
    choices: inside(id),
  }))
  const others = inside(undefined)
  return others.length === 0
    ? groups
    : [...groups, { id: '', name: t('pick.noCategory'), choices: others }]
}
