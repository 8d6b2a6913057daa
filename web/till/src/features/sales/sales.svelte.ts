// The sales of the day at this place, newest first.
import { listOrders, type Order } from '../../tillApi'

export class Sales {
  all = $state.raw<readonly Order[]>()
  error = $state('')
  hasMore = $state(false)
  busy = $state(false)
  readonly #location: string
  #cursor: string | undefined

  constructor(location: string) {
    this.#location = location
  }

  /** The first page, or the next. */
  async load(more = false): Promise<void> {
    if (this.busy) return
    this.busy = true
    const cursor = more ? this.#cursor : undefined
    const reply = await listOrders(this.#location, startOfDay().toISOString(), cursor)
    this.busy = false
    this.error = reply.ok ? '' : reply.error.code
    if (!reply.ok) return
    const found = reply.value.orders ?? []
    this.all = more ? [...(this.all ?? []), ...found] : found
    this.#cursor = reply.value.cursor
    this.hasMore = this.#cursor !== undefined
  }
}

/** Midnight where the till stands. */
function startOfDay(now = new Date()): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate())
}
