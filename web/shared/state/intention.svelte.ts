// One thing that a person wants done. While no answer came, the same wish is sent with the same key,
// so a second tap or a second try does nothing twice; another wish has another key. No markup, no text.
import { onceKey, type ApiError, type Reply } from '../api'

export class Intention {
  busy = $state(false)
  error = $state.raw<ApiError>()
  #wish = ''
  #key = ''

  /** What was done; undefined when it was not, `error` saying why. */
  async run<W, T>(
    wish: W,
    ask: (wish: W, key: string) => Promise<Reply<T>>,
  ): Promise<T | undefined> {
    if (this.busy) return undefined
    const text = JSON.stringify(wish)
    if (text !== this.#wish || !this.#key) this.#key = onceKey()
    this.#wish = text
    this.busy = true
    this.error = undefined
    const reply = await ask(wish, this.#key)
    this.busy = false
    if (reply.ok || !reply.error.isPassing) this.#key = ''
    if (reply.ok) return reply.value
    this.error = reply.error
    return undefined
  }

  forget(): void {
    this.error = undefined
  }
}

/** The name of an error that concerns this field, or ''. Fields are named by their last word. */
export function problemOf(error: ApiError | undefined, field: string): string {
  if (!error?.field) return ''
  return error.field.split('.').at(-1) === field ? error.code : ''
}

/** The name of an error that concerns none of these fields, or ''. */
export function problemElsewhere(error: ApiError | undefined, fields: readonly string[]): string {
  if (!error) return ''
  return fields.some((field) => problemOf(error, field)) ? '' : error.code
}
