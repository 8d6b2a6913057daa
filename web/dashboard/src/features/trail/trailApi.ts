// Who did what, typed as openapi.yaml describes it.
import { get, type Reply } from '$shared/api'
import type { Page } from '$shared/state/pages.svelte'

export const TRAIL_KINDS = ['gave', 'changed', 'looked'] as const
export type TrailKind = (typeof TRAIL_KINDS)[number]

export interface Author {
  readonly id: string
  /** Absent when they are gone. */
  readonly name?: string
}

export interface TrailEntry {
  readonly id: string
  readonly at: string
  readonly kind: TrailKind
  readonly operation: string
  readonly author: Author
  /** Who had signed in, where the author served by PIN. */
  readonly signed_in?: Author
  readonly subject_id?: string
  readonly customer?: {
    readonly id: string
    readonly given_name?: string
    readonly family_name?: string
  }
  readonly location_id?: string
}

export interface TrailFilter {
  readonly kind?: string
  readonly author_id?: string
  readonly operation?: string
  readonly customer_id?: string
  readonly location_id?: string
  readonly from?: string
  readonly to?: string
}

export async function readTrail(
  filter: TrailFilter,
  cursor: string | undefined,
): Promise<Reply<Page<TrailEntry>>> {
  const query = new URLSearchParams({ ...filter, ...(cursor ? { cursor } : {}) })
  const reply = await get<{ entries: readonly TrailEntry[]; cursor?: string }>(`/v2/trail?${query}`)
  if (!reply.ok) return reply
  return { ok: true, value: { items: reply.value.entries, cursor: reply.value.cursor } }
}

export async function readAuthors(): Promise<Reply<readonly Author[]>> {
  const reply = await get<{ authors: readonly Author[] }>('/v2/trail/authors')
  return reply.ok ? { ok: true, value: reply.value.authors } : reply
}
