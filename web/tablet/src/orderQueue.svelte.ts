// The orders that wait for their points on this register, and the one that is shown. No markup, no text.
import type { Order } from './tabletApi'

export class OrderQueue {
  /** Oldest first, as the server gives them. */
  all = $state<readonly Order[]>([])
  #chosenId = $state<string>()
  /** Orders whose customers said no; they stay within reach until their time is up. */
  #setAside = $state<readonly string[]>([])

  get chosen(): Order | undefined {
    return this.all.find((order) => order.id === this.#chosenId)
  }

  /** Not on the screen and not set aside: the next customer's. */
  get #newestFresh(): Order | undefined {
    return this.all.filter((order) => !this.#setAside.includes(order.id)).at(-1)
  }

  get hasFresh(): boolean {
    return this.#newestFresh !== undefined
  }

  /** The server's whole list. A choice is kept while its order still waits. */
  replace(orders: readonly Order[]): void {
    const known = new Set(this.all.map((order) => order.id))
    this.all = orders
    const arrived = orders.some((order) => !known.has(order.id))
    if (!this.chosen && arrived) this.showNext()
  }

  /**
   * A new order, or one whose points changed. It takes the screen unless someone is at work there.
   */
  put(order: Order, screenIsBusy: boolean): void {
    const isKnown = this.all.some((other) => other.id === order.id)
    this.all = isKnown
      ? this.all.map((other) => (other.id === order.id ? order : other))
      : [...this.all, order]
    if (!isKnown && !screenIsBusy) this.#chosenId = order.id
  }

  remove(id: string): void {
    this.all = this.all.filter((order) => order.id !== id)
    this.#setAside = this.#setAside.filter((other) => other !== id)
    if (this.#chosenId === id) this.#chosenId = undefined
  }

  /** What is past its time, by the server's clock. The stream says so too; this works without it. */
  expired(now_ms: number): readonly Order[] {
    return this.all.filter((order) => Date.parse(order.expires_at) <= now_ms)
  }

  choose(id: string): void {
    this.#chosenId = id
    this.#setAside = this.#setAside.filter((other) => other !== id)
  }

  setChosenAside(): void {
    if (this.#chosenId) this.#setAside = [...this.#setAside, this.#chosenId]
    this.#chosenId = undefined
  }

  showNext(): void {
    this.#chosenId = this.#newestFresh?.id
  }
}
