// One day at this till, as the server added it up.
import { onceKey } from '$shared/api'
import { closeDay, readDay, type TillDay } from '../../dayApi'

export class Day {
  read = $state.raw<TillDay>()
  error = $state('')
  busy = $state(false)
  readonly #location: string
  #wanted: string | undefined
  #closeKey = onceKey()

  constructor(location: string) {
    this.#location = location
  }

  /** Without a day: today. */
  async load(day?: string): Promise<void> {
    this.#wanted = day
    const reply = await readDay(this.#location, day)
    if (day !== this.#wanted) return // another one was chosen meanwhile
    this.error = reply.ok ? '' : reply.error.code
    if (reply.ok) this.read = reply.value.day
  }

  again(): Promise<void> {
    return this.load(this.#wanted)
  }

  /** True: it is noted. */
  async close(): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    const reply = await closeDay(this.#location, this.#closeKey)
    this.busy = false
    this.error = reply.ok ? '' : reply.error.code
    if (!reply.ok) return false
    this.#closeKey = onceKey()
    await this.again()
    return true
  }
}
