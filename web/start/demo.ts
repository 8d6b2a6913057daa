// What a demo tells its visitors, typed as openapi.yaml describes it. Elsewhere there is nothing to tell.
import { get, send } from '$shared/api'

export interface Shop {
  readonly name: string
  readonly app_path: string
}

export interface Message {
  readonly id: string
  readonly merchant: string
  readonly channel: 'sms' | 'email'
  readonly address?: string
  readonly purpose: string
  readonly subject?: string
  readonly body?: string
  readonly created_at: string
}

/** The demo's shops; undefined when this is no demo, or nobody answers. */
export async function readShops(): Promise<readonly Shop[] | undefined> {
  const reply = await get<{ shops: readonly Shop[] }>('/v2/demo')
  return reply.ok ? reply.value.shops : undefined
}

/**
 * Makes a visitor the owner of the first shop, unless somebody has signed in already. Where it does not
 * work, the app's own door tells why.
 */
export async function enter(): Promise<void> {
  const session = await get('/v2/session')
  if (!session.ok) await send('/v2/demo/session', {})
}

export type Messages = readonly Message[] | 'no demo' | 'no answer'

export async function readMessages(): Promise<Messages> {
  const reply = await get<{ messages: readonly Message[] }>('/v2/demo/messages')
  if (reply.ok) return reply.value.messages
  return reply.error.status === 404 ? 'no demo' : 'no answer'
}
