// An article as it is typed, and what becomes of it. No markup, no text.
import { onceKey, type Reply } from '$shared/api'
import type { Catalog, CatalogItem } from '$shared/catalog/catalog'
import { plain } from '$shared/ui/twoLists'
import { Intention, problemOf } from '$shared/state/intention.svelte'
import { putObject, type TypedObject } from './catalogApi'

export interface TypedVariation {
  /** Tells the rows apart while they are typed. */
  readonly key: string
  /** Absent: new. */
  readonly id?: string
  name: string
  sku: string
  amount: number | undefined
  /** What stands in the price's field. */
  text: string
}

export interface TypedItem {
  name: string
  category: string
  tax_id: string
  variations: TypedVariation[]
}

export const newVariation = (): TypedVariation => ({
  key: onceKey(),
  name: '',
  sku: '',
  amount: undefined,
  text: '',
})

export function typedItem(item: CatalogItem | undefined, catalog: Catalog): TypedItem {
  const data = item?.item_data
  const category = catalog.categories.find(({ id }) => id === data?.category_id)
  return {
    name: data?.name ?? '',
    category: category?.category_data.name ?? '',
    tax_id: data?.tax_ids?.[0] ?? '',
    variations: data?.variations.map(({ id, item_variation_data: { name, sku, price_money } }) => ({
      key: id,
      id,
      name,
      sku: sku ?? '',
      amount: price_money?.amount,
      text: '',
    })) ?? [newVariation()],
  }
}

/** The first thing that is missing, by the field it is missing in. */
export type Missing = 'name' | 'price' | 'variation' | ''

export function missingIn({ name, variations }: TypedItem): Missing {
  if (!name.trim()) return 'name'
  if (variations.some(({ amount, text }) => amount === undefined && text.trim())) return 'price'
  return variations.length > 1 && variations.some((one) => !one.name.trim()) ? 'variation' : ''
}

export class ItemForm {
  readonly intention = new Intention()
  readonly #item: CatalogItem | undefined
  readonly #currency: string

  constructor(item: CatalogItem | undefined, currency: string) {
    this.#item = item
    this.#currency = currency
  }

  problem(field: string): string {
    return problemOf(this.intention.error, field)
  }

  async save(typed: TypedItem, { categories }: Catalog): Promise<boolean> {
    const family = plain(typed.category)
    const known = categories.find(({ category_data: { name } }) => plain(name) === family)
    const done = await this.intention.run(
      { typed, category_id: known?.id ?? '' },
      async (wish, key): Promise<Reply<unknown>> => {
        const category = await this.#categoryOf(wish.typed.category, wish.category_id, key)
        if (!category.ok) return category
        return putObject(this.#objectOf(wish.typed, category.value), key)
      },
    )
    return done !== undefined
  }

  /** A category of a new name is made first. */
  async #categoryOf(name: string, id: string, key: string): Promise<Reply<string>> {
    if (id || !name.trim()) return { ok: true, value: id }
    const reply = await putObject(
      { type: 'CATEGORY', id: '#category', category_data: { name: name.trim() } },
      `${key}-category`,
    )
    return reply.ok ? { ok: true, value: reply.value.catalog_object.id } : reply
  }

  #objectOf({ name, tax_id, variations }: TypedItem, category_id: string): TypedObject {
    const currency = this.#currency
    const item_data = {
      name: name.trim(),
      ...(category_id ? { category_id } : {}),
      ...(tax_id ? { tax_ids: [tax_id] } : {}),
      variations: variations.map(({ id, key, name: size, sku, amount }) => ({
        type: 'ITEM_VARIATION',
        id: id ?? `#${key}`,
        item_variation_data: {
          name: size.trim(),
          ...(sku.trim() ? { sku: sku.trim() } : {}),
          ...(amount === undefined ? {} : { price_money: { amount, currency } }),
        },
      })),
    }
    const { id = '#item', version = 0 } = this.#item ?? {}
    return { type: 'ITEM', id, item_data, ...(version ? { version } : {}) }
  }
}
