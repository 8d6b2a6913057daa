// Lists of customers: what they are filtered by, searches with a name, what is done to all found.
import { get, put, remove, send, type Reply } from '$shared/api'

export interface Range {
  readonly min?: number
  readonly max?: number
}
/** The filters of POST /v2/customers/search that the page offers. */
export interface Filter {
  readonly visits?: Range
  readonly spend?: Range
  readonly last_visit_days?: Range
  readonly joined_days?: Range
  readonly balance?: Range & { readonly program_id: string }
  readonly birth_month?: number
  readonly location_id?: string
  readonly group_ids?: { readonly all?: readonly string[]; readonly none?: readonly string[] }
  readonly creation_source?: { readonly values: readonly string[]; readonly rule?: string }
  readonly consent?: { readonly purpose: string; readonly state: string }
}
export const SORTS = ['CREATED_AT', 'LAST_VISIT', 'SPEND', 'NAME'] as const
export type Sort = (typeof SORTS)[number]

export interface Tag {
  readonly id: string
  readonly name: string
  readonly customers: number
}
export interface Segment {
  readonly id: string
  readonly preset?: 'new' | 'occasional' | 'vip' | 'at_risk'
  readonly name?: string
  readonly filter: Filter
  readonly changed: boolean
  readonly count?: number
}
export type Format = 'XLSX' | 'CSV'
export interface Task {
  readonly id: string
  readonly kind: 'tag' | 'untag' | 'export'
  readonly state: 'running' | 'done' | 'canceled' | 'undoing' | 'undone'
  /** Of an export. */
  readonly format?: Format
  readonly total: number
  readonly done: number
  readonly changed: number
  /** Of a file that can be read. */
  readonly size: number
}

/** Filters and what was typed, as a search's. */
export function queryOf(words: string, filter: Filter): object {
  return { filter: { ...filter, ...(words ? { text: { fuzzy: words } } : {}) } }
}

export async function countFound(words: string, filter: Filter): Promise<Reply<number>> {
  const reply = await send<{ count: number }>('/v2/customers/search', {
    query: queryOf(words, filter),
    limit: 1,
    count: true,
  })
  return reply.ok ? { ok: true, value: reply.value.count } : reply
}

export async function readTags(): Promise<Reply<readonly Tag[]>> {
  const reply = await get<{ groups: readonly Tag[] }>('/v2/customers/groups')
  return reply.ok ? { ok: true, value: reply.value.groups } : reply
}

export function createTag(name: string, idempotency_key: string): Promise<Reply<{ group: Tag }>> {
  return send('/v2/customers/groups', { group: { name }, idempotency_key })
}

export interface Segments {
  readonly segments: readonly Segment[]
  readonly customers?: number
}
export function readSegments(): Promise<Reply<Segments>> {
  return get('/v2/customers/segments?count=true')
}

export function createSegment(
  name: string,
  filter: Filter,
  idempotency_key: string,
): Promise<Reply<{ segment: Segment }>> {
  return send('/v2/customers/segments', { segment: { name, filter }, idempotency_key })
}

export function changeSegment(
  { id, name }: Segment,
  filter: Filter,
): Promise<Reply<{ segment: Segment }>> {
  return put(`/v2/customers/segments/${id}`, { segment: { ...(name ? { name } : {}), filter } })
}

export function removeSegment(id: string): Promise<Reply<unknown>> {
  return remove(`/v2/customers/segments/${id}`)
}

type TaskReply = Promise<Reply<{ task: Task }>>
export function tagFound(
  wish: { words: string; filter: Filter; group_id: string; action: 'ADD' | 'REMOVE' },
  idempotency_key: string,
): TaskReply {
  const { words, filter, group_id, action } = wish
  return send('/v2/customers/bulk-tag', {
    query: queryOf(words, filter),
    group_id,
    action,
    idempotency_key,
  })
}

export function exportFound(
  { words, filter, format }: { words: string; filter: Filter; format: Format },
  idempotency_key: string,
): TaskReply {
  return send('/v2/customers/exports', { query: queryOf(words, filter), format, idempotency_key })
}

export async function readTasks(): Promise<Reply<readonly Task[]>> {
  const reply = await get<{ tasks: readonly Task[] }>('/v2/customers/bulk')
  return reply.ok ? { ok: true, value: reply.value.tasks } : reply
}

export const cancelTask = (id: string): TaskReply => send(`/v2/customers/bulk/${id}/cancel`, {})
export const undoTask = (id: string): TaskReply => send(`/v2/customers/bulk/${id}/undo`, {})
export const fileAddress = (id: string): string => `/v2/customers/exports/${id}/file`
