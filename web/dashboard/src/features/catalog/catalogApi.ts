// Articles, their categories and taxes: changed, removed and brought back; tables of them taken in.
import { remove, send, sendFile, type Reply } from '$shared/api'
import type { AnyObject, CatalogItem } from '$shared/catalog/catalog'
import type { Money } from '$shared/format'

export interface TypedObject {
  readonly type: AnyObject['type']
  /** "#…" is new. */
  readonly id: string
  readonly version?: number
  readonly item_data?: unknown
  readonly category_data?: unknown
  readonly tax_data?: unknown
}

export function putObject(
  object: TypedObject,
  idempotency_key: string,
): Promise<Reply<{ catalog_object: { readonly id: string } }>> {
  return send('/v2/catalog/object', { object, idempotency_key })
}

export function removeObject(id: string): Promise<Reply<unknown>> {
  return remove(`/v2/catalog/object/${id}`)
}

export function restoreObject(id: string): Promise<Reply<{ catalog_object: CatalogItem }>> {
  return send(`/v2/catalog/object/${id}/restore`, {})
}

export type ImportColumn = 'id' | 'name' | 'variation' | 'sku' | 'category' | 'price' | 'tax'

export interface Refusal {
  /** The line of the file. */
  readonly row: number
  readonly field: ImportColumn
  readonly code: string
  readonly value: string
}

export interface Sample {
  readonly row: number
  readonly change: 'NEW' | 'CHANGED'
  readonly name: string
  readonly variation?: string
  readonly category?: string
  readonly price_money?: Money
  readonly price_before_money?: Money
}

export interface Outcome {
  readonly rows: number
  readonly new: number
  readonly changed: number
  readonly same: number
  readonly refused_count: number
  readonly refused: readonly Refusal[]
  readonly samples: readonly Sample[]
  readonly ignored_columns: readonly string[]
}

/** Nothing is changed by looking. */
export function previewImport(file: Blob): Promise<Reply<{ import: Outcome }>> {
  return sendFile('/v2/catalog/import/preview', file)
}

export function applyImport(file: Blob): Promise<Reply<{ import: Outcome }>> {
  return sendFile('/v2/catalog/import', file)
}

export const EXPORT_ADDRESS = '/v2/catalog/export'
