// Finding a page or a customer by a few letters: what is found, and which one Enter opens.
import type { Customer } from '$shared/person/personApi'
import { searchCustomers } from '../features/customers/customersApi'

export interface PaletteEntry {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly href: string
}

const CUSTOMERS_MAX = 8

/** Small letters without their accents: "Réglages" is found by "regl". */
export function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}

/** Every word typed begins some word of the text. */
export function matches(text: string, typed: string): boolean {
  const words = plainLetters(text).split(/[\s'’-]+/)
  return plainLetters(typed)
    .split(/\s+/)
    .every((wanted) => words.some((word) => word.startsWith(wanted)))
}

export class Palette {
  words = $state('')
  chosen = $state(0)
  customers = $state.raw<readonly Customer[]>([])
  busy = $state(false)
  #attempt = 0

  type(words: string): void {
    this.words = words
    this.chosen = 0
    if (words.trim() === '') {
      this.#attempt += 1
      this.customers = []
      this.busy = false
    }
  }

  /** Called once the fingers rest. */
  async find(): Promise<void> {
    const words = this.words.trim()
    if (words.length < 2) return
    this.#attempt += 1
    const attempt = this.#attempt
    this.busy = true
    const reply = await searchCustomers({ words, filter: {}, sort: 'CREATED_AT' }, undefined)
    if (attempt !== this.#attempt) return
    this.busy = false
    if (reply.ok) this.customers = reply.value.items.slice(0, CUSTOMERS_MAX)
  }

  /** Arrow keys go round. */
  move(step: 1 | -1, count: number): void {
    if (count > 0) this.chosen = (this.chosen + step + count) % count
  }

  restart(): void {
    this.type('')
  }
}
