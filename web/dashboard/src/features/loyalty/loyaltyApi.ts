// Programmes and their rewards: made, changed, suspended, closed.
import { put, remove, send, type Reply } from '$shared/api'
import type { NewProgram, Program, ProgramTerms, TierTerms } from '$shared/programs/program'
import type { Tier } from '../../shopApi'

export type ProgramChange = Partial<Omit<ProgramTerms, 'type' | 'ends_on'>> & {
  readonly status?: 'ACTIVE' | 'INACTIVE'
  /** null: it has no last day any more. */
  readonly ends_on?: string | null
}
export type ProgramReply = Reply<{ readonly program: Program }>

export function createProgram(program: NewProgram, idempotency_key: string): Promise<ProgramReply> {
  return send('/v2/loyalty/programs', { program, idempotency_key })
}

export function changeProgram(id: string, program: ProgramChange): Promise<ProgramReply> {
  return put(`/v2/loyalty/programs/${id}`, { program })
}

/** What a change would come to; nothing is changed. */
export interface Preview {
  readonly accounts: number
  readonly points: number
  readonly pending_points: number
  readonly rewards_issued: number
  readonly waiting_orders: number
  readonly new_rules: boolean
  /** What the change means for whom. */
  readonly sentences: readonly Affected[]
}
export interface Affected {
  readonly code: string
  readonly count: number
}
export async function previewProgram(
  id: string,
  program: ProgramChange & { readonly closing?: true },
): Promise<Reply<Preview>> {
  const path = `/v2/loyalty/programs/${id}/preview`
  const reply = await send<{ preview: Preview }>(path, { program })
  return reply.ok ? { ok: true, value: reply.value.preview } : reply
}

/** Deletes it: what customers have stays usable until the day told. */
export function closeProgram(id: string, points_until: string): Promise<ProgramReply> {
  return send(`/v2/loyalty/programs/${id}/close`, { points_until })
}

/** Takes closing back, while it has not happened. */
export function reopenProgram(id: string): Promise<ProgramReply> {
  return remove(`/v2/loyalty/programs/${id}/close`)
}

export function addTier(
  wish: { program: string; tier: TierTerms },
  idempotency_key: string,
): Promise<ProgramReply> {
  const { program, tier } = wish
  return send(`/v2/loyalty/programs/${program}/tiers`, { tier, idempotency_key })
}

/** What a reward without such a limit is told to have. */
const UNLIMITED = {
  max_discount_money: null,
  minimum_amount_money: null,
  item_variation_ids: [],
  category_ids: [],
  valid_days: 0,
  stock: null,
  per_customer: 0,
}

/** All that was typed; but a stock that nobody changed goes on falling while the form is open. */
export function tierChange(before: TierTerms, terms: TierTerms): Record<string, unknown> {
  const { stock, ...change } = { ...UNLIMITED, ...terms }
  return terms.stock === before.stock ? change : { ...change, stock }
}

export function changeTier(program: string, before: Tier, terms: TierTerms): Promise<ProgramReply> {
  const tier = tierChange(before, terms)
  return put(`/v2/loyalty/programs/${program}/tiers/${before.id}`, { tier })
}

export function removeTier(program: string, tier: string): Promise<ProgramReply> {
  return remove(`/v2/loyalty/programs/${program}/tiers/${tier}`)
}
