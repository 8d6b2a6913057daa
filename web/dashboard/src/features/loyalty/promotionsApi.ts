// The offers of a programme: listed, made, ended.
import { get, send, type Reply } from '$shared/api'
import type { Promotion, PromotionTerms } from '$shared/programs/promotion'

interface PromotionPage {
  readonly loyalty_promotions?: readonly Promotion[]
  readonly cursor?: string
}

function pathOf(program: string, cursor: string): string {
  const more = cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''
  return `/v2/loyalty/programs/${program}/promotions${more}`
}

export async function readPromotions(program: string): Promise<Reply<readonly Promotion[]>> {
  const found: Promotion[] = []
  let cursor: string | undefined = ''
  while (cursor !== undefined) {
    const reply: Reply<PromotionPage> = await get(pathOf(program, cursor))
    if (!reply.ok) return reply
    found.push(...(reply.value.loyalty_promotions ?? []))
    cursor = reply.value.cursor
  }
  return { ok: true, value: found }
}

export type PromotionReply = Reply<{ readonly loyalty_promotion: Promotion }>

export function createPromotion(
  { program, terms }: { program: string; terms: PromotionTerms },
  idempotency_key: string,
): Promise<PromotionReply> {
  const path = `/v2/loyalty/programs/${program}/promotions`
  const { time_periods } = terms.available_time
  const loyalty_promotion = { ...terms, available_time: { time_periods } }
  return send(path, { loyalty_promotion, idempotency_key })
}

export function cancelPromotion(program: string, promotion: string): Promise<PromotionReply> {
  return send(`/v2/loyalty/programs/${program}/promotions/${promotion}/cancel`, {})
}
