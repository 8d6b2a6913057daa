// Files of customers on their way in: /v2/customers/imports.
import { get, putFile, send, type Reply } from '$shared/api'

export const FIELDS = [
  'given_name',
  'family_name',
  'full_name',
  'phone',
  'email',
  'points',
  'reference',
  'birthday',
  'company_name',
  'nickname',
  'address_line_1',
  'address_line_2',
  'postal_code',
  'locality',
  'region',
  'note',
  'consent',
] as const
/** What a column is; '' leaves it out. */
export type Field = (typeof FIELDS)[number] | ''

export type ImportState =
  | 'uploading'
  | 'reading'
  | 'ready'
  | 'checking'
  | 'checked'
  | 'running'
  | 'done'
  | 'canceled'
  | 'failed'

export interface Pass {
  readonly bytes_read: number
  readonly rows: number
  readonly new: number
  readonly matched_by_phone: number
  readonly matched_by_email: number
  readonly matched_by_reference: number
  readonly imported_before: number
  readonly twice: number
  readonly refused: number
  readonly points: number
  readonly points_before?: number
  readonly points_moved?: number
  readonly points_after?: number
}
export interface Import {
  readonly id: string
  readonly state: ImportState
  readonly name: string
  readonly size: number
  readonly received?: number
  readonly failure?: string
  readonly has_refused_rows: boolean
  readonly columns?: readonly Field[]
  readonly program_id?: string
  readonly check?: Pass
  readonly run?: Pass
}
export interface Sample {
  readonly header: readonly string[]
  readonly guess: readonly Field[]
  readonly is_known: boolean
  readonly rows: readonly (readonly string[])[]
}
export interface RowRefusal {
  readonly row: string
  readonly column?: string
  readonly value?: string
  readonly code: string
}
export interface Shown {
  readonly import: Import
  readonly sample?: Sample
  readonly refusals: readonly RowRefusal[]
}
export interface Choice {
  readonly columns: readonly Field[]
  readonly mode: 'add' | 'replace'
  readonly program_id?: string
  readonly consent?: string
}

const ADDRESS = '/v2/customers/imports'
type ImportReply = Promise<Reply<{ import: Import }>>

export function beginImport(
  file: { name: string; size: number },
  idempotency_key: string,
): Promise<Reply<{ import: Import; part_size: number }>> {
  return send(ADDRESS, { ...file, idempotency_key })
}

export const putPart = (id: string, number: number, part: Blob): ImportReply =>
  putFile(`${ADDRESS}/${id}/parts?number=${number}`, part)

export const readImports = (): Promise<Reply<{ imports: readonly Import[] }>> => get(ADDRESS)
export const readImport = (id: string): Promise<Reply<Shown>> => get(`${ADDRESS}/${id}`)
export const checkImport = (id: string, choice: Choice): ImportReply =>
  send(`${ADDRESS}/${id}/check`, choice)
export const runImport = (id: string): ImportReply => send(`${ADDRESS}/${id}/run`, {})
export const cancelImport = (id: string): ImportReply => send(`${ADDRESS}/${id}/cancel`, {})
export const refusedAddress = (id: string): string => `${ADDRESS}/${id}/refused`
