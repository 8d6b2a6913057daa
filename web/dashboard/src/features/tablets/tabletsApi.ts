// The tablets on the counters ("bornes"): their places, their codes, and the waving hand.
import { get, put, remove, send, type Reply } from '$shared/api'

export interface Named {
  readonly id: string
  readonly name: string
}
export interface Tablet {
  readonly id: string
  readonly name: string
  readonly location: Named | null
  readonly register: Named | null
  readonly seen_at?: string
  readonly online: boolean
  readonly paired: boolean
}
export interface Register {
  readonly id: string
  readonly name: string
  readonly location_id: string
  readonly vendor: string
  readonly vendor_register: string
  readonly seen_at?: string
}
export interface TabletFields {
  readonly name: string
  readonly location_id: string
  readonly register_id?: string | null
}
export interface PairingCode {
  readonly code: string
  readonly expires_at: string
}

export async function readTablets(): Promise<Reply<readonly Tablet[]>> {
  const reply = await get<{ tablets: readonly Tablet[] }>('/v2/tablets')
  return reply.ok ? { ok: true, value: reply.value.tablets } : reply
}

export async function readRegisters(): Promise<Reply<readonly Register[]>> {
  const reply = await get<{ registers: readonly Register[] }>('/v2/registers')
  return reply.ok ? { ok: true, value: reply.value.registers } : reply
}

export function createTablet(
  tablet: TabletFields,
  idempotency_key: string,
): Promise<Reply<{ tablet: Tablet }>> {
  return send('/v2/tablets', { tablet, idempotency_key })
}

export function changeTablet(
  id: string,
  tablet: Partial<TabletFields>,
): Promise<Reply<{ tablet: Tablet }>> {
  return put(`/v2/tablets/${id}`, { tablet })
}

export function removeTablet(id: string): Promise<Reply<unknown>> {
  return remove(`/v2/tablets/${id}`)
}

export async function makePairingCode(id: string): Promise<Reply<PairingCode>> {
  const reply = await send<{ pairing_code: PairingCode }>(`/v2/tablets/${id}/pairing-code`, {})
  return reply.ok ? { ok: true, value: reply.value.pairing_code } : reply
}

export function identify(id: string): Promise<Reply<unknown>> {
  return send(`/v2/tablets/${id}/identify`, {})
}
