// The live stream of an app. The browser resumes a broken stream by itself (Last-Event-ID); this
// does the rest: it makes a stream that the browser gave up again, reloads the state where the
// server asks for it, and knows when we are cut off.

export type LiveState = 'online' | 'offline'

/** What a reload of the app's state gave. */
export type Refreshed = { readonly seq: number } | 'unreachable' | 'refused'

export interface LiveOptions {
  /** Address of the stream after a sequence number. */
  readonly url: (after: number) => string
  readonly events: readonly string[]
  readonly onEvent: (name: string, value: unknown) => void
  readonly onState: (state: LiveState) => void
  /** Loads the whole state again and says where the stream goes on. */
  readonly refresh: () => Promise<Refreshed>
}

/** Only the parts of EventSource that are used, so that a test can play the browser. */
export interface Source {
  readonly readyState: number
  addEventListener(name: string, listener: (event: Event) => void): void
  close(): void
}

export interface LiveWorld {
  readonly open: (url: string) => Source
  readonly later: (run: () => void, delay_ms: number) => unknown
  readonly cancel: (timer: unknown) => void
  readonly random: () => number
}

const OPEN = 1
const CLOSED = 2
const BACKOFF_MIN_MS = 1_000
const BACKOFF_MAX_MS = 10_000
/** With no event for this long, the state is reloaded: a dead network is not always noticed. */
export const SILENCE_MS = 45_000

const browser: LiveWorld = {
  open: (url) => new EventSource(url),
  later: (run, delay_ms) => setTimeout(run, delay_ms),
  cancel: (timer) => clearTimeout(timer as number),
  random: Math.random,
}

export class Live {
  #options: LiveOptions
  #world: LiveWorld
  #source: Source | undefined
  #timer: unknown
  #state: LiveState = 'online'
  #seq = 0
  #tries = 0
  #reloads = 0
  #running = false

  constructor(options: LiveOptions, world: LiveWorld = browser) {
    this.#options = options
    this.#world = world
  }

  start(seq: number): void {
    this.#running = true
    this.#seq = seq
    this.#open()
  }

  stop(): void {
    this.#running = false
    this.#closeSource()
    this.#world.cancel(this.#timer)
  }

  /** The network is back, or an answer failed to come: look at once rather than at the next try. */
  look(): void {
    if (this.#running) void this.#reload()
  }

  /** The browser says that it has no network. */
  lose(): void {
    if (this.#running) this.#become('offline')
  }

  #open(): void {
    this.#closeSource()
    const source = this.#world.open(this.#options.url(this.#seq))
    this.#source = source
    const mine = (run: (event: Event) => void) => (event: Event) => {
      if (source === this.#source) run(event)
    }
    source.addEventListener(
      'open',
      mine(() => this.#isAlive()),
    )
    source.addEventListener(
      'error',
      mine(() => this.#broke(source)),
    )
    source.addEventListener(
      'resync',
      mine(() => void this.#reload(true)),
    )
    for (const name of this.#options.events) {
      source.addEventListener(
        name,
        mine((event) => this.#take(name, event as MessageEvent<string>)),
      )
    }
    this.#watch()
  }

  #closeSource(): void {
    this.#source?.close()
    this.#source = undefined
  }

  #isAlive(): void {
    this.#tries = 0
    this.#become('online')
    this.#watch()
  }

  #take(name: string, event: MessageEvent<string>): void {
    const seq = Number(event.lastEventId)
    if (Number.isSafeInteger(seq) && seq > this.#seq) this.#seq = seq
    this.#isAlive()
    this.#options.onEvent(name, JSON.parse(event.data))
  }

  #broke(source: Source): void {
    this.#become('offline')
    if (source.readyState !== CLOSED) return // the browser tries again by itself
    this.#closeSource()
    this.#again()
  }

  /** Later each time, and never all tablets at once. */
  #again(): void {
    const full_ms = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** this.#tries)
    this.#tries += 1
    this.#schedule(full_ms * (0.5 + this.#world.random() / 2), () => void this.#reload())
  }

  #watch(): void {
    this.#schedule(SILENCE_MS, () => void this.#reload())
  }

  #schedule(delay_ms: number, run: () => void): void {
    this.#world.cancel(this.#timer)
    this.#timer = this.#world.later(run, delay_ms)
  }

  async #reload(reopen = false): Promise<void> {
    const asked = (this.#reloads += 1)
    const found = await this.#options.refresh()
    if (!this.#running || asked !== this.#reloads) return
    if (found === 'refused') return this.stop()
    if (found === 'unreachable') {
      this.#become('offline')
      this.#closeSource()
      return this.#again()
    }
    const isCurrent = this.#source?.readyState === OPEN && found.seq === this.#seq
    this.#seq = found.seq
    if (isCurrent && !reopen) return this.#isAlive()
    this.#open()
  }

  #become(state: LiveState): void {
    if (state === this.#state) return
    this.#state = state
    this.#options.onState(state)
  }
}
