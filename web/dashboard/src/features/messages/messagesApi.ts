// What the shop sent to its customers.
import { get, type Reply } from '$shared/api'

export interface Message {
  readonly id: string
  readonly channel: 'sms' | 'email'
  readonly address: string
  readonly purpose: string
  readonly subject?: string
  readonly body: string
  readonly state: string
  readonly created_at: string
}

export async function readMessages(): Promise<Reply<readonly Message[]>> {
  const reply = await get<{ messages: readonly Message[] }>('/v2/messages')
  return reply.ok ? { ok: true, value: reply.value.messages } : reply
}
