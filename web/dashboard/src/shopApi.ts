// What every page knows of the shop: its programmes and its places.
import { get, type Reply } from '$shared/api'
import type { Program } from '$shared/programs/program'

export type { AccrualRule, Program, ProgramType, TaxMode, Tier } from '$shared/programs/program'

export interface Location {
  readonly id: string
  readonly name: string
  readonly status: 'ACTIVE' | 'INACTIVE'
}

export async function readPrograms(): Promise<Reply<readonly Program[]>> {
  const reply = await get<{ programs: readonly Program[] }>('/v2/loyalty/programs')
  return reply.ok ? { ok: true, value: reply.value.programs } : reply
}

export async function readLocations(): Promise<Reply<readonly Location[]>> {
  const reply = await get<{ locations: readonly Location[] }>('/v2/locations')
  return reply.ok ? { ok: true, value: reply.value.locations } : reply
}
