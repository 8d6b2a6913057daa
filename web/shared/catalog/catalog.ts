// The catalog as openapi.yaml describes it, and read whole.
import { get, type Reply } from '../api'
import type { Money } from '../format'

export interface Variation {
  readonly id: string
  readonly item_variation_data: {
    /** Empty where there is one alone. */
    readonly name: string
    readonly sku?: string
    /** Absent: told at the till. */
    readonly price_money?: Money
  }
}

interface CatalogObject {
  readonly id: string
  readonly version: number
}

export interface CatalogItem extends CatalogObject {
  readonly type: 'ITEM'
  readonly position: number
  readonly item_data: {
    readonly name: string
    readonly category_id?: string
    readonly tax_ids?: readonly string[]
    readonly variations: readonly Variation[]
  }
}

export interface CatalogCategory extends CatalogObject {
  readonly type: 'CATEGORY'
  readonly position: number
  readonly category_data: { readonly name: string }
}

export interface CatalogTax extends CatalogObject {
  readonly type: 'TAX'
  readonly tax_data: {
    readonly name: string
    /** "5.5" */
    readonly percentage: string
    readonly inclusion_type: 'ADDITIVE' | 'INCLUSIVE'
  }
}

export type AnyObject = CatalogItem | CatalogCategory | CatalogTax

export interface Catalog {
  readonly items: readonly CatalogItem[]
  readonly categories: readonly CatalogCategory[]
  readonly taxes: readonly CatalogTax[]
}

interface Page {
  readonly objects: readonly AnyObject[]
  readonly cursor?: string
}

/** All of it, page by page. */
export async function readCatalog(): Promise<Reply<Catalog>> {
  const objects: AnyObject[] = []
  let cursor: string | undefined
  do {
    const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`
    const reply = await get<Page>(`/v2/catalog/list${query}`)
    if (!reply.ok) return reply
    objects.push(...reply.value.objects)
    cursor = reply.value.cursor
  } while (cursor !== undefined)
  const items = objects.filter((one) => one.type === 'ITEM')
  const categories = objects.filter((one) => one.type === 'CATEGORY')
  const taxes = objects.filter((one) => one.type === 'TAX')
  return { ok: true, value: { items, categories, taxes } }
}
