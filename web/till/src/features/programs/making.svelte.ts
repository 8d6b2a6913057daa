// A program that is made at the till. No markup, no text.
import { onceKey } from '$shared/api'
import type { NewProgram } from '$shared/programs/program'
import { createProgram } from '../../tillApi'

export class Making {
  busy = $state(false)
  /** An error's name. */
  error = $state('')
  #key = onceKey()
  #sentLast = ''

  async run(program: NewProgram): Promise<boolean> {
    if (this.busy) return false
    this.#renewKey(JSON.stringify(program))
    this.busy = true
    this.error = ''
    const reply = await createProgram(program, this.#key)
    this.busy = false
    if (!reply.ok) this.error = reply.error.code
    return reply.ok
  }

  /** What was typed anew is another intention; the same again is the same one. */
  #renewKey(what: string): void {
    if (this.#sentLast && what !== this.#sentLast) this.#key = onceKey()
    this.#sentLast = what
  }
}
