// Something read from the server. It is kept while it is read again, so that nothing jumps on the
// screen, and also when reading again fails. No markup, no text.
import type { ApiError, Reply } from '../api'

export class Loaded<T> {
  value = $state.raw<T>()
  error = $state.raw<ApiError>()
  busy = $state(false)
  #read: () => Promise<Reply<T>>
  #attempt = 0

  constructor(read: () => Promise<Reply<T>>) {
    this.#read = read
  }

  /** Reads it, again if need be. Of two readings at once, the later one counts. */
  async load(): Promise<void> {
    this.#attempt += 1
    const attempt = this.#attempt
    this.busy = true
    const reply = await this.#read()
    if (attempt !== this.#attempt) return
    this.busy = false
    this.error = reply.ok ? undefined : reply.error
    if (reply.ok) this.value = reply.value
  }

  /** What a change gave back; a reading on its way is older than that. */
  set(value: T): void {
    this.#attempt += 1
    this.busy = false
    this.error = undefined
    this.value = value
  }
}
