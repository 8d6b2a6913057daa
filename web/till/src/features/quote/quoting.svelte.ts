// What the sale of the moment comes to with its discounts, and what it earns: asked of the server a
// moment after each change. No markup, no text.
import { quoteSale, type Quote, type SaleWish } from '../../tillApi'

/** Fingers type an amount faster than that: one question for all of it. */
const PAUSE_MS = 150

export class Quoting {
  quote = $state.raw<Quote>()
  /** Why there is none: an error's name. */
  error = $state('')
  /** What the quote is of. */
  #answered = $state('')
  #wanted = $state('')
  #wish: SaleWish | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #place: () => string
  readonly #ask: typeof quoteSale

  constructor(place: () => string, ask = quoteSale) {
    this.#place = place
    this.#ask = ask
  }

  /** The quote is of what is in the basket now. */
  get isFresh(): boolean {
    return this.quote !== undefined && this.#answered === this.#wanted
  }

  /** Undefined: nothing that only the server knows. */
  want(wish: SaleWish | undefined): void {
    const wanted = wish ? JSON.stringify(wish) : ''
    if (wanted === this.#wanted) return
    clearTimeout(this.#timer)
    this.#wish = wish
    this.#wanted = wanted
    this.error = ''
    if (!wish) this.quote = undefined
    else this.#timer = setTimeout(() => void this.now(), PAUSE_MS)
  }

  /** Asks at once; true when the quote is of what was wanted last. */
  async now(): Promise<boolean> {
    clearTimeout(this.#timer)
    const wish = this.#wish
    const wanted = this.#wanted
    if (!wish || this.isFresh) return this.isFresh
    const reply = await this.#ask(wish, this.#place())
    if (wanted !== this.#wanted) return false // the basket has changed meanwhile
    this.error = reply.ok ? '' : reply.error.code
    this.quote = reply.ok ? reply.value.quote : undefined
    this.#answered = reply.ok ? wanted : ''
    return reply.ok
  }

  /** The same basket, and the customer has other points now. */
  again(): void {
    this.#answered = ''
    if (this.#wish) void this.now()
  }
}
