// Programmes and their rewards: made, changed, suspended.
import { put, remove, send, type Reply } from '$shared/api'
import type { Money, Terminology } from '$shared/format'
import type { AccrualRule, Program, ProgramType } from '../../shopApi'

export interface NewProgram {
  readonly name: string
  readonly type: ProgramType
  readonly terminology: Terminology
  readonly accrual_rules: readonly AccrualRule[]
  readonly reward_tiers: readonly { readonly name: string; readonly points: number }[]
}
export interface ProgramChange {
  readonly name?: string
  readonly terminology?: Terminology
  readonly accrual_rules?: readonly AccrualRule[]
  readonly minimum_amount_money?: Money
  readonly expiration_days?: number
  readonly status?: 'ACTIVE' | 'INACTIVE'
}
export type ProgramReply = Reply<{ readonly program: Program }>

export function createProgram(program: NewProgram, idempotency_key: string): Promise<ProgramReply> {
  return send('/v2/loyalty/programs', { program, idempotency_key })
}

export function changeProgram(id: string, program: ProgramChange): Promise<ProgramReply> {
  return put(`/v2/loyalty/programs/${id}`, { program })
}

export function addTier(
  wish: { program: string; name: string; points: number },
  idempotency_key: string,
): Promise<ProgramReply> {
  const tier = { name: wish.name, points: wish.points }
  return send(`/v2/loyalty/programs/${wish.program}/tiers`, { tier, idempotency_key })
}

export function changeTier(
  program: string,
  tier: string,
  change: { name?: string; points?: number },
): Promise<ProgramReply> {
  return put(`/v2/loyalty/programs/${program}/tiers/${tier}`, { tier: change })
}

export function removeTier(program: string, tier: string): Promise<ProgramReply> {
  return remove(`/v2/loyalty/programs/${program}/tiers/${tier}`)
}
