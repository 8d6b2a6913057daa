// A list that comes in pages, newest first. No markup, no text.
import type { ApiError, Reply } from '../api'

export interface Page<T> {
  readonly items: readonly T[]
  readonly cursor: string | undefined
}

export class Pages<T extends { readonly id: string }> {
  items = $state.raw<readonly T[]>([])
  /** False until the first page came, or failed to. */
  started = $state(false)
  busy = $state(false)
  error = $state.raw<ApiError>()
  #cursor = $state<string>()
  #read: (cursor: string | undefined) => Promise<Reply<Page<T>>>
  #attempt = 0

  constructor(read: (cursor: string | undefined) => Promise<Reply<Page<T>>>) {
    this.#read = read
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined
  }

  /** The first page, of something else than before: the old list stays until the new one is there. */
  async restart(): Promise<void> {
    const page = await this.#ask(undefined)
    if (!page) return
    this.items = page.items
    this.#cursor = page.cursor
  }

  async more(): Promise<void> {
    if (this.busy || this.#cursor === undefined) return
    const page = await this.#ask(this.#cursor)
    if (!page) return
    const known = new Set(this.items.map(({ id }) => id))
    this.items = [...this.items, ...page.items.filter(({ id }) => !known.has(id))]
    this.#cursor = page.cursor
  }

  /** What is new is put in front; pages already read stay, so that nobody loses their place. */
  async refresh(): Promise<void> {
    if (this.busy) return
    const page = await this.#ask(undefined)
    if (!page) return
    const fresh = new Set(page.items.map(({ id }) => id))
    const isWhole = page.cursor === undefined || this.items.length <= page.items.length
    if (isWhole) this.#cursor = page.cursor
    this.items = isWhole
      ? page.items
      : [...page.items, ...this.items.filter(({ id }) => !fresh.has(id))]
  }

  remove(id: string): void {
    this.items = this.items.filter((item) => item.id !== id)
  }

  replace(item: T): void {
    this.items = this.items.map((old) => (old.id === item.id ? item : old))
  }

  async #ask(cursor: string | undefined): Promise<Page<T> | undefined> {
    this.#attempt += 1
    const attempt = this.#attempt
    this.busy = true
    const reply = await this.#read(cursor)
    if (attempt !== this.#attempt) return undefined
    this.busy = false
    this.started = true
    this.error = reply.ok ? undefined : reply.error
    return reply.ok ? reply.value : undefined
  }
}
