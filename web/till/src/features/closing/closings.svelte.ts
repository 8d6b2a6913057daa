// Sales on their way to the server. Each is kept in the browser before it is sent, and sent with the
// same key until the server has answered: it is never lost, and never made twice.
import type { Reply } from '$shared/api'
import { handOver, recordSale, type NewSale, type Sale, type SaleWish } from '../../tillApi'
import type { Content } from '../basket/basket.svelte'
import { totalOf } from '../basket/basket'
import type { Kept } from '../basket/kept'
import { payablesOf } from '../basket/payables'

export interface Closing {
  readonly content: Content
  readonly location_id: string
  readonly currency: string
  readonly at: string
  /** The server's no; it waits for a person. */
  readonly refusal?: string
  /** What of it was refused, as the API names it: `sale.rewards[1]`. */
  readonly refusedField?: string
  /** What was to be paid by the screen, where it is not the sum of the lines. */
  readonly shown_minor?: number
}

export type Outcome =
  | { readonly kind: 'recorded'; readonly sale: Sale | undefined }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'refused'; readonly closing: Closing }

export interface ClosingWorld {
  readonly handOver: typeof handOver
  readonly recordSale: typeof recordSale
  readonly later: (run: () => void, delay_ms: number) => void
}

const NAME = 'closing.'
const RETRY_MS = 3_000
const RETRY_MAX_MS = 30_000
const browser: ClosingWorld = {
  handOver,
  recordSale,
  later: (run, delay_ms) => setTimeout(run, delay_ms),
}

/** A basket as the API wants it. */
export function wishOf(content: Omit<Content, 'key'>, currency: string): SaleWish {
  const lines = content.lines.map(({ name, quantity, unit_minor, item_id, variation_id }) => ({
    name,
    quantity: String(quantity),
    price_money: { amount: unit_minor, currency },
    ...(item_id === undefined ? {} : { item_id }),
    ...(variation_id === undefined ? {} : { variation_id }),
  }))
  const person = content.person ? { customer_id: content.person.id } : {}
  return { lines, ...person, ...payablesOf(content, currency) }
}

/** The same each time that it is sent. */
export function saleOf({ content, location_id, currency }: Closing): NewSale {
  return { location_id, sale: wishOf(content, currency), idempotency_key: content.key }
}

export class Closings {
  /** Oldest first. */
  all = $state.raw<readonly Closing[]>([])
  #kept: Kept
  #world: ClosingWorld
  #onOutcome: (closing: Closing, outcome: Outcome) => void
  #sending = false
  /** The last one sent had no answer. */
  #isSilent = false
  #delay_ms = RETRY_MS

  constructor(
    kept: Kept,
    onOutcome: (closing: Closing, outcome: Outcome) => void,
    world: ClosingWorld = browser,
  ) {
    this.#kept = kept
    this.#onOutcome = onOutcome
    this.#world = world
    this.reload()
  }

  /** Those that the server has not answered. */
  get waiting(): readonly Closing[] {
    return this.all.filter(({ refusal }) => refusal === undefined)
  }

  get refused(): readonly Closing[] {
    return this.all.filter(({ refusal }) => refusal !== undefined)
  }

  reload(): void {
    const found = this.#kept.names(NAME).map((name) => this.#kept.read<Closing>(name))
    this.all = found
      .filter((closing) => closing !== undefined)
      .sort((a, b) => a.at.localeCompare(b.at))
  }

  add(closing: Closing): void {
    this.#write(closing)
    // Others wait already: nobody stands and watches this one wait, too.
    if (this.#isSilent) this.#onOutcome(closing, { kind: 'unanswered' })
    void this.send()
  }

  /** Sends what waits, one after the other. Called again by itself while anything waits. */
  async send(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    let answered = true
    for (let next = this.waiting[0]; next && answered; next = this.waiting[0]) {
      const outcome = await this.#sendOne(next)
      answered = outcome.kind !== 'unanswered'
      this.#isSilent = !answered
      const concerned = answered ? [next] : this.waiting // one silence is everybody's
      for (const closing of concerned) this.#onOutcome(closing, outcome)
    }
    this.#sending = false
    this.#delay_ms = answered ? RETRY_MS : Math.min(RETRY_MAX_MS, this.#delay_ms * 1.5)
    if (!answered) this.#world.later(() => void this.send(), this.#delay_ms)
  }

  /** The person looked at a refusal: it goes, with what to do about it left to them. */
  forget(closing: Closing): void {
    this.#kept.drop(NAME + closing.content.key)
    this.reload()
  }

  /** Once more, for instance without the customer whom the server does not know any more. */
  retry(closing: Closing, changes: Partial<Content> = {}): void {
    const { content, location_id, currency, at } = closing
    this.add({ content: { ...content, ...changes }, location_id, currency, at })
  }

  async #sendOne(closing: Closing): Promise<Outcome> {
    if (closing.content.lines.length === 0) return this.#handOver(closing)
    const reply = await this.#world.recordSale(saleOf(closing))
    return reply.ok ? this.#done(closing, reply.value) : this.#judge(closing, reply)
  }

  /** Nothing is sold: rewards are handed over, and that is all. */
  async #handOver(closing: Closing): Promise<Outcome> {
    for (const [i, reward] of closing.content.rewards.entries()) {
      const reply = await this.#world.handOver(reward.id, closing.location_id, reward.key)
      if (!reply.ok) return this.#judge(closing, reply, `rewards[${i}]`)
    }
    return this.#done(closing, undefined)
  }

  #done(closing: Closing, sale: Sale | undefined): Outcome {
    this.forget(closing)
    return { kind: 'recorded', sale }
  }

  #judge(closing: Closing, reply: Reply<unknown>, field?: string): Outcome {
    if (reply.ok || reply.error.isPassing || isAboutSession(reply.error.status))
      return { kind: 'unanswered' }
    const { code, field: told } = reply.error
    const refused: Closing = { ...closing, refusal: code, refusedField: field ?? told }
    this.#write(refused)
    return { kind: 'refused', closing: refused }
  }

  #write(closing: Closing): void {
    this.#kept.write(NAME + closing.content.key, closing)
    this.all = [...this.all.filter((one) => one.content.key !== closing.content.key), closing].sort(
      (a, b) => a.at.localeCompare(b.at),
    )
  }
}

/** Not about the sale: it is sent again when somebody has signed in, or a little later. */
function isAboutSession(status: number): boolean {
  return status === 401 || status === 403 || status === 429 || status >= 500
}

export function closingTotal(closing: Closing): number {
  return closing.shown_minor ?? totalOf(closing.content.lines)
}
