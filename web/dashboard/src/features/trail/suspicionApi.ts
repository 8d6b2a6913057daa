// What in the trail is unusual for this shop, typed as openapi.yaml describes it.
import { get, send, type Reply } from '$shared/api'
import type { Page } from '$shared/state/pages.svelte'
import type { Author } from './trailApi'

export type SuspicionState = 'open' | 'closed'

export interface Suspicion {
  readonly id: string
  readonly kind: 'own' | 'burst' | 'after_hours'
  readonly found_at: string
  /** Who gave. */
  readonly member: Author
  /** Their own record. */
  readonly customer?: {
    readonly id: string
    readonly given_name?: string
    readonly family_name?: string
  }
  readonly from: string
  readonly to: string
  readonly count: number
  readonly usual: number
  readonly known: number
  readonly closed?: { readonly at: string; readonly by?: Author; readonly word: string }
}

export async function readSuspicions(
  state: SuspicionState,
  cursor: string | undefined,
): Promise<Reply<Page<Suspicion>>> {
  const query = new URLSearchParams({ state, ...(cursor ? { cursor } : {}) })
  const reply = await get<{ suspicions: readonly Suspicion[]; cursor?: string }>(
    `/v2/trail/suspicions?${query}`,
  )
  if (!reply.ok) return reply
  return { ok: true, value: { items: reply.value.suspicions, cursor: reply.value.cursor } }
}

export async function closeSuspicion(id: string, word: string): Promise<Reply<Suspicion>> {
  const path = `/v2/trail/suspicions/${id}/close`
  const reply = await send<{ suspicion: Suspicion }>(path, { word })
  return reply.ok ? { ok: true, value: reply.value.suspicion } : reply
}
