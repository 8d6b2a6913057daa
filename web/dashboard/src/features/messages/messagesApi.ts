// What the shop sent to its customers.
import { get, type Reply } from '$shared/api'
import type { Page } from '$shared/state/pages.svelte'

export type MessageState = 'waiting' | 'sent' | 'failed' | 'unknown'

export interface Message {
  readonly id: string
  readonly channel: 'sms' | 'email'
  readonly purpose: string
  readonly state: MessageState
  /** Absent once its customer was erased. */
  readonly address?: string
  readonly customer_id?: string
  readonly subject?: string
  /** Absent where it is its customer's alone, such as a code. */
  readonly body?: string
  readonly created_at: string
}

export async function readMessages(cursor: string | undefined): Promise<Reply<Page<Message>>> {
  const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''
  const reply = await get<{ messages: readonly Message[]; cursor?: string }>(`/v2/messages${query}`)
  if (!reply.ok) return reply
  return { ok: true, value: { items: reply.value.messages, cursor: reply.value.cursor } }
}
