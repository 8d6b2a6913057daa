// A past sale given back: what of it, why and how; what that comes to, told by the server.
import { onceKey } from '$shared/api'
import {
  giveBack,
  quoteRefund,
  readOrder,
  type Given,
  type RefundWish,
  type SoldLine,
  type SoldOrder,
} from '../../dayApi'
import type { Reason } from '../../tillApi'

export type Part = 'all' | 'lines' | 'amount'

/** What went back of a line, and what can still; what is weighed goes back as a whole. */
export interface LineLeft extends SoldLine {
  readonly back: number
  readonly left: number
  readonly step: number
}

export class Refund {
  order = $state.raw<SoldOrder>()
  part = $state<Part>('all')
  /** How much of which line, by its uid. */
  counts = $state<Record<string, number>>({})
  amount_minor = $state<number>()
  reason = $state<Reason | ''>('')
  toNote = $state(false)
  error = $state('')
  busy = $state(false)
  given = $state.raw<Given>()
  /** What lines come to, and for which of them that was asked. */
  #quoted = $state.raw<{ readonly of: string; readonly amount_minor: number }>()
  readonly #id: string
  /** One wish has one key, however often it is sent. */
  #sent: { readonly of: string; readonly key: string } | undefined

  constructor(id: string) {
    this.#id = id
  }

  async load(): Promise<void> {
    const reply = await readOrder(this.#id)
    this.error = reply.ok ? '' : reply.error.code
    if (reply.ok) this.order = reply.value.order
  }

  get currency(): string {
    return this.order?.total_money.currency ?? 'EUR'
  }

  get left_minor(): number {
    return this.order?.state === 'CANCELED' ? 0 : (this.order?.net_amounts.total_money.amount ?? 0)
  }

  /** All of it was paid with rewards and credit: it can only be undone. */
  get isVoidOnly(): boolean {
    return this.order?.state === 'COMPLETED' && this.order.total_money.amount === 0
  }

  get lines(): readonly LineLeft[] {
    return (this.order?.line_items ?? []).flatMap((line) => {
      const back = Number(
        this.order?.returned_line_items.find(({ uid }) => uid === line.uid)?.quantity ?? 0,
      )
      const left = Number((Number(line.quantity) - back).toFixed(6))
      if (left <= 0 || line.total_money.amount <= 0) return []
      return [{ ...line, back, left, step: Number.isInteger(left) ? 1 : left }]
    })
  }

  add(line: LineLeft, by: 1 | -1): void {
    const next = (this.counts[line.uid] ?? 0) + by * line.step
    this.counts[line.uid] = Math.min(line.left, Math.max(0, next))
  }

  /** What is told to the server; undefined while nothing is chosen. */
  get what(): RefundWish | undefined {
    if (this.isVoidOnly) return {}
    if (this.part === 'all') return this.#money(this.left_minor)
    if (this.part === 'amount') return this.#money(this.amount_minor ?? 0)
    const line_items = this.lines.flatMap(({ uid }) => {
      const count = this.counts[uid] ?? 0
      return count > 0 ? [{ uid, quantity: String(count) }] : []
    })
    return line_items.length > 0 ? { line_items } : undefined
  }

  /** What the customer is owed; undefined while only the server knows. */
  get owed_minor(): number | undefined {
    const { what } = this
    if (!what?.line_items) return what?.amount_money?.amount
    return this.#quoted?.of === JSON.stringify(what) ? this.#quoted.amount_minor : undefined
  }

  async quote(): Promise<void> {
    const { what } = this
    if (!what?.line_items) return
    const of = JSON.stringify(what)
    const reply = await quoteRefund(this.#id, what)
    if (of !== JSON.stringify(this.what)) return // another one was chosen meanwhile
    this.error = reply.ok ? '' : reply.error.code
    if (reply.ok) this.#quoted = { of, amount_minor: reply.value.quote.amount_money.amount }
  }

  async give(): Promise<void> {
    const { what } = this
    if (!what || this.busy) return
    const isVoid = this.isVoidOnly
    const wish: RefundWish = {
      ...what,
      ...(this.reason ? { reason: this.reason } : {}),
      ...(this.toNote && !isVoid ? { to_credit_note: true } : {}),
    }
    const of = JSON.stringify(wish)
    if (this.#sent?.of !== of) this.#sent = { of, key: onceKey() }
    this.busy = true
    const reply = await giveBack(this.#id, wish, this.#sent.key)
    this.busy = false
    this.error = reply.ok ? '' : reply.error.code
    if (reply.ok) this.given = reply.value
  }

  #money(amount: number): RefundWish | undefined {
    if (amount <= 0) return undefined
    return { amount_money: { amount, currency: this.currency } }
  }
}
