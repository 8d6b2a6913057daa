// The server's hints that something moved; who shows it reads it again. No markup, no text.
import { Live, type LiveOptions } from '$shared/live'

export type Hint = 'activity' | 'settings'

/** Many things may move at once, as at the end of a queue; one look a moment later shows them all. */
const CALM_MS = 400

export class Hints {
  isOffline = $state(false)
  #live: Live | undefined
  #listeners: Record<Hint, Set<() => void>> = { activity: new Set(), settings: new Set() }
  #timers = new Map<Hint, ReturnType<typeof setTimeout>>()
  #seq = 0

  /** Calls back when this moved. The result stops it: made for `$effect`. */
  on(hint: Hint, look: () => void): () => void {
    this.#listeners[hint].add(look)
    return () => this.#listeners[hint].delete(look)
  }

  start(options: Pick<LiveOptions, 'url' | 'refresh'>, seq: number): void {
    this.stop()
    this.#seq = seq
    this.#live = new Live({
      url: options.url,
      events: ['activity', 'settings'],
      onEvent: (name) => this.tell(name as Hint),
      onState: (state) => (this.isOffline = state === 'offline'),
      refresh: async () => {
        const found = await options.refresh()
        if (typeof found !== 'object') return found
        if (found.seq !== this.#seq) this.#tellAll()
        this.#seq = found.seq
        return found
      },
    })
    this.#live.start(seq)
  }

  stop(): void {
    this.#live?.stop()
    this.#live = undefined
    this.isOffline = false
  }

  /** The network came or went, as the browser says. */
  look(): void {
    this.#live?.look()
  }

  lose(): void {
    this.#live?.lose()
  }

  tell(hint: Hint): void {
    if (this.#timers.has(hint)) return
    this.#timers.set(
      hint,
      setTimeout(() => {
        this.#timers.delete(hint)
        for (const look of this.#listeners[hint]) look()
      }, CALM_MS),
    )
  }

  #tellAll(): void {
    this.tell('activity')
    this.tell('settings')
  }
}
