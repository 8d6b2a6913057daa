// What happened on the card, page by page, newest first. No markup, no text.
import type { HistoryEvent, ShopApi } from '../../appApi'

export class History {
  events = $state.raw<readonly HistoryEvent[]>([])
  busy = $state(false)
  error = $state('')
  /** Nothing has been answered yet. */
  isNew = $state(true)
  cursor = $state('')
  readonly #api: ShopApi

  constructor(api: ShopApi) {
    this.#api = api
  }

  get hasMore(): boolean {
    return this.cursor !== ''
  }

  /** The first page, or the next one. */
  async read(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.error = ''
    const reply = await this.#api.history(this.cursor)
    this.busy = false
    if (!reply.ok) return void (this.error = reply.error.code)
    const known = new Set(this.events.map(({ id }) => id))
    this.events = [...this.events, ...reply.value.events.filter(({ id }) => !known.has(id))]
    this.cursor = reply.value.cursor ?? ''
    this.isNew = false
  }
}
