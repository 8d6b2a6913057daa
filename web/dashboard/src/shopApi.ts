// What every page knows of the shop: its programmes and its places.
import { get, type Reply } from '$shared/api'
import type { Money, Terminology } from '$shared/format'

export interface Tier {
  readonly id: string
  readonly name: string
  readonly points: number
}

export interface AccrualRule {
  readonly accrual_type: 'VISIT' | 'SPEND'
  readonly points: number
  readonly visit_data?: { readonly minimum_amount_money?: Money; readonly tax_mode: TaxMode }
  readonly spend_data?: { readonly amount_money: Money; readonly tax_mode: TaxMode }
}
export type TaxMode = 'BEFORE_TAX' | 'AFTER_TAX'
export type ProgramType = 'points' | 'stamps' | 'cashback'

export interface Program {
  readonly id: string
  readonly name: string
  readonly type: ProgramType
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly is_main: boolean
  readonly terminology: Terminology
  readonly accrual_rules: readonly AccrualRule[]
  readonly reward_tiers: readonly Tier[]
  readonly minimum_amount_money?: Money
  readonly expiration_days?: number
}

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
