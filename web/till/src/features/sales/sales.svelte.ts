// The sales of a day at this place, newest first, and those of them that words are about.
import { readDay, type TillDay } from '../../dayApi'
import { listOrders, type Order } from '../../tillApi'
import { matches } from './search'

/** So many pages are looked through for words. */
const PAGES_MAX = 30

export class Sales {
  day = $state.raw<TillDay>()
  all = $state.raw<readonly Order[]>()
  error = $state('')
  hasMore = $state(false)
  busy = $state(false)
  words = $state('')
  readonly #location: string
  #cursor: string | undefined
  #wanted: string | undefined

  constructor(location: string) {
    this.#location = location
  }

  /** Without a day: today. */
  async load(day?: string): Promise<void> {
    this.#wanted = day
    this.all = undefined
    this.busy = false
    const reply = await readDay(this.#location, day)
    if (day !== this.#wanted) return // another one was chosen meanwhile
    this.error = reply.ok ? '' : reply.error.code
    if (!reply.ok) return
    this.day = reply.value.day
    await this.#read(undefined)
    if (this.words) await this.search(this.words)
  }

  again(): Promise<void> {
    return this.load(this.#wanted)
  }

  more(): Promise<void> {
    return this.#read(this.#cursor)
  }

  get found(): readonly Order[] {
    return (this.all ?? []).filter((order) => matches(order, this.words))
  }

  /** All of the day is looked through. */
  async search(words: string): Promise<void> {
    this.words = words
    for (let page = 0; words && page < PAGES_MAX && this.hasMore && !this.error; page++) {
      await this.more()
      if (words !== this.words) return
    }
  }

  async #read(cursor: string | undefined): Promise<void> {
    const { day } = this
    if (this.busy || !day) return
    this.busy = true
    const span = { start_at: day.start_at, end_at: day.end_at }
    const reply = await listOrders(this.#location, span, cursor)
    if (day !== this.day) return
    this.busy = false
    this.error = reply.ok ? '' : reply.error.code
    if (!reply.ok) return
    const found = reply.value.orders ?? []
    this.all = cursor ? [...(this.all ?? []), ...found] : found
    this.#cursor = reply.value.cursor
    this.hasMore = this.#cursor !== undefined
  }
}
