// Categories and taxes as rows that are named, changed and removed in the same way.
import type { CatalogCategory, CatalogTax } from '$shared/catalog/catalog'
import type { TypedObject } from './catalogApi'

export type FamilyKind = 'category' | 'tax'

export interface FamilyRow {
  readonly id: string
  readonly version: number
  readonly name: string
  /** Of a tax: "5.5". */
  readonly rate: string
  readonly isIncluded: boolean
  /** Articles that have it. */
  readonly count: number
}

export function categoryRow(
  { id, version, category_data }: CatalogCategory,
  count: number,
): FamilyRow {
  return { id, version, name: category_data.name, rate: '', isIncluded: true, count }
}

export function taxRow({ id, version, tax_data }: CatalogTax, count: number): FamilyRow {
  const { name, percentage, inclusion_type } = tax_data
  return { id, version, name, rate: percentage, isIncluded: inclusion_type === 'INCLUSIVE', count }
}

export interface TypedFamily {
  name: string
  rate: string
  isIncluded: boolean
}

/** A rate as people write it, « 5,5 » or « 20 % », as the server takes it. */
export function plainRate(typed: string): string {
  return typed.replace(/[\s%\u00a0\u202f]/g, '').replace(',', '.')
}

export function isRate(typed: string): boolean {
  const rate = plainRate(typed)
  return /^\d{1,3}(\.\d{1,4})?$/.test(rate) && Number(rate) <= 100
}

export function objectOf(
  kind: FamilyKind,
  row: FamilyRow | undefined,
  typed: TypedFamily,
): TypedObject {
  const { id = '#family', version = 0 } = row ?? {}
  const name = typed.name.trim()
  const head = { id, ...(version ? { version } : {}) }
  if (kind === 'category') return { type: 'CATEGORY', ...head, category_data: { name } }
  const inclusion_type = typed.isIncluded ? 'INCLUSIVE' : 'ADDITIVE'
  return {
    type: 'TAX',
    ...head,
    tax_data: { name, percentage: plainRate(typed.rate), inclusion_type },
  }
}
