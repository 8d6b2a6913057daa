import { beforeEach, describe, expect, it } from 'vitest'
import { Live, SILENCE_MS, type LiveWorld, type Refreshed, type Source } from './live'

class FakeSource implements Source {
  readyState = 0
  #listeners = new Map<string, ((event: Event) => void)[]>()

  constructor(readonly url: string) {}

  addEventListener(name: string, listener: (event: Event) => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
  }

  close(): void {
    this.readyState = 2
  }

  fire(name: string, seq = '', value: unknown = {}): void {
    const event = { lastEventId: seq, data: JSON.stringify(value) } as unknown as Event
    for (const listener of this.#listeners.get(name) ?? []) listener(event)
  }

  opens(): void {
    this.readyState = 1
    this.fire('open')
  }

  /** Broken, but the browser tries again by itself. */
  stumbles(): void {
    this.readyState = 0
    this.fire('error')
  }

  /** Given up by the browser. */
  dies(): void {
    this.readyState = 2
    this.fire('error')
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('the live stream', () => {
  let sources: FakeSource[]
  let timers: { run: () => void; delay_ms: number }[]
  let heard: [string, unknown][]
  let states: string[]
  let answers: Refreshed[]
  let asked: number
  let live: Live

  const source = (): FakeSource => sources.at(-1) as FakeSource
  async function timePasses(): Promise<number> {
    const timer = timers.pop()
    timer?.run()
    await settle()
    return timer?.delay_ms ?? -1
  }

  beforeEach(() => {
    sources = []
    timers = []
    heard = []
    states = []
    answers = []
    asked = 0
    const world: LiveWorld = {
      open: (url) => {
        sources.push(new FakeSource(url))
        return source()
      },
      later: (run, delay_ms) => {
        const timer = { run, delay_ms }
        timers.push(timer)
        return timer
      },
      cancel: (timer) => {
        timers = timers.filter((other) => other !== timer)
      },
      random: () => 1,
    }
    live = new Live(
      {
        url: (after) => `/stream?after=${after}`,
        events: ['order'],
        onEvent: (name, value) => heard.push([name, value]),
        onState: (state) => states.push(state),
        refresh: () => {
          asked += 1
          return Promise.resolve(answers.shift() ?? 'unreachable')
        },
      },
      world,
    )
    live.start(7)
    source().opens()
  })

  it('begins after what is already known', () => {
    expect(source().url).toBe('/stream?after=7')
    expect(states).toEqual([])
  })

  it('gives what it hears', () => {
    source().fire('order', '8', { id: 'a' })
    expect(heard).toEqual([['order', { id: 'a' }]])
  })

  it('says that it is cut off, and leaves the trying to the browser', () => {
    source().stumbles()
    expect(states).toEqual(['offline'])
    source().opens()
    expect(states).toEqual(['offline', 'online'])
    expect(sources).toHaveLength(1)
    expect(asked).toBe(0)
  })

  it('is made again, from a fresh state, when the browser gave up', async () => {
    answers = [{ seq: 12 }]
    source().dies()
    await timePasses()
    expect(source().url).toBe('/stream?after=12')
    source().opens()
    expect(states).toEqual(['offline', 'online'])
  })

  it('waits longer each time, up to a limit, and at once again after success', async () => {
    source().dies()
    const waits = [
      await timePasses(),
      await timePasses(),
      await timePasses(),
      await timePasses(),
      await timePasses(),
    ]
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 10_000])
    answers = [{ seq: 9 }]
    await timePasses()
    source().opens()
    source().dies()
    expect(timers.at(-1)?.delay_ms).toBe(1_000)
  })

  it('loads the state again when the server cannot tell what was missed', async () => {
    answers = [{ seq: 7 }]
    source().fire('resync')
    await settle()
    expect(asked).toBe(1)
    expect(sources).toHaveLength(2)
  })

  it('looks after a long silence, and keeps a stream that missed nothing', async () => {
    answers = [{ seq: 7 }]
    expect(timers.at(-1)?.delay_ms).toBe(SILENCE_MS)
    await timePasses()
    expect(asked).toBe(1)
    expect(sources).toHaveLength(1)
  })

  it('replaces a stream that looked open and was dead', async () => {
    answers = [{ seq: 9 }]
    await timePasses()
    expect(source().url).toBe('/stream?after=9')
  })

  it('notices a dead network by a silent stream', async () => {
    await timePasses()
    expect(states).toEqual(['offline'])
    expect(source().readyState).toBe(2)
  })

  it('stops for good when the tablet is no longer known', async () => {
    answers = ['refused']
    source().dies()
    await timePasses()
    expect(timers).toEqual([])
    live.look()
    await settle()
    expect(asked).toBe(1)
  })

  it('believes the later of two looks', async () => {
    answers = [{ seq: 8 }, { seq: 9 }]
    live.look()
    live.look()
    await settle()
    expect(sources.map((each) => each.url)).toEqual(['/stream?after=7', '/stream?after=9'])
  })

  it('hears nothing from a stream that it replaced', async () => {
    const old = source()
    answers = [{ seq: 20 }]
    live.look()
    await settle()
    old.fire('order', '8', { id: 'late' })
    old.dies()
    expect(heard).toEqual([])
    expect(states).toEqual([])
  })
})
