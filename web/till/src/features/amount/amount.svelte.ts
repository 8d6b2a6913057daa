// The keypad's state: how many, of how much. No markup, no text.
import { erase, minorOf, press } from './typedAmount'

export const QUANTITY_MAX = 999

export class Amount {
  typed = $state('')
  /** Set by « 3 × »: for the next amount or article only. */
  quantity = $state(1)
  #decimals: number

  constructor(decimals: number) {
    this.#decimals = decimals
  }

  get minor(): number {
    return minorOf(this.typed, this.#decimals)
  }

  get isEmpty(): boolean {
    return this.typed === '' && this.quantity === 1
  }

  press(key: string): void {
    this.typed = press(this.typed, key, this.#decimals)
  }

  /** One key back: the amount's, then the quantity. */
  erase(): void {
    if (this.typed === '') this.quantity = 1
    this.typed = erase(this.typed)
  }

  clear(): void {
    this.typed = ''
    this.quantity = 1
  }

  /** What was typed was a number of things. */
  times(): void {
    const count = /^\d+$/.test(this.typed) ? Number(this.typed) : 0
    if (count < 1 || count > QUANTITY_MAX) return
    this.quantity = count
    this.typed = ''
  }

  /** How many of the next thing; asked once. */
  takeQuantity(): number {
    const count = this.quantity
    this.quantity = 1
    return count
  }

  /** The amount typed, once; undefined when there is none. */
  take(): { minor: number; quantity: number } | undefined {
    const minor = this.minor
    if (minor === 0) return undefined
    this.typed = ''
    return { minor, quantity: this.takeQuantity() }
  }
}
