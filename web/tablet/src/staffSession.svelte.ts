// A person of the shop, signed in on the counter's tablet: for a moment, and never left behind. No
// markup, no text.
import { readSession, signIn, signOut, type Session } from './staffApi'

/** Says that somebody signed in here and has not signed out yet; nothing secret. */
const KEY = 'habitue.tablet.session'
const MAY_ARRANGE = 'TABLETS_WRITE'

export class StaffSession {
  email = $state('')
  password = $state('')
  error = $state('')
  busy = $state(false)
  lockedUntil_ms = $state(0)
  #token = ''

  get token(): string {
    return this.#token
  }

  type(): void {
    this.error = ''
  }

  /** The session of somebody who may arrange tablets; undefined when not, `error` saying why. */
  async open(): Promise<Session['session'] | undefined> {
    if (this.busy) return undefined
    this.error = ''
    if (!this.email.trim() || !this.password) {
      this.error = 'SIGN_IN_EMPTY'
      return undefined
    }
    this.busy = true
    const reply = await signIn(this.email.trim(), this.password)
    if (reply.ok) {
      localStorage.setItem(KEY, '1')
      this.#token = reply.value.csrf_token
      this.password = ''
      if (!reply.value.session.permissions.includes(MAY_ARRANGE)) {
        await this.end()
        this.error = 'FORBIDDEN'
      }
    } else this.error = reply.error.code
    this.busy = false
    return reply.ok && !this.error ? reply.value.session : undefined
  }

  /** Signs out. What does not get through is done at the next start of the page. */
  async end(): Promise<boolean> {
    if (!this.#token) return true
    const isDone = await over(this.#token)
    if (isDone) this.#token = ''
    this.password = ''
    return isDone
  }
}

async function over(token: string): Promise<boolean> {
  const reply = await signOut(token)
  const isDone = reply.ok || reply.error.status === 401
  if (isDone) localStorage.removeItem(KEY)
  return isDone
}

/** Ends a session that a reload or a lost network left on this device. */
export async function endForgotten(): Promise<void> {
  if (localStorage.getItem(KEY) === null) return
  const reply = await readSession()
  if (reply.ok) await over(reply.value.csrf_token)
  else if (reply.error.status === 401) localStorage.removeItem(KEY)
}
