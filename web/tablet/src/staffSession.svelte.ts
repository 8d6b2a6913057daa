// A person of the shop, signed in on the counter's tablet: for a moment, and never left behind. No
// markup, no text.
import { readSession, signIn, signOut, type Session } from './staffApi'

/** Says that somebody signed in here and has not signed out yet; nothing secret. */
const KEY = 'habitue.tablet.session'
const MAY_ARRANGE = 'TABLETS_WRITE'

export class StaffSession {
  email = $state('')
  password = $state('')
  code = $state('')
  /** The password was right; now the code of their app. */
  asksCode = $state(false)
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
    if (!this.email.trim() || !this.password) this.error = 'SIGN_IN_EMPTY'
    else if (this.asksCode && !this.code.trim()) this.error = 'CODE_EMPTY'
    if (this.error) return undefined
    this.busy = true
    const session = await this.#enter()
    this.busy = false
    return session
  }

  async #enter(): Promise<Session['session'] | undefined> {
    const entry = { email: this.email.trim(), password: this.password }
    const reply = await signIn(this.asksCode ? { ...entry, code: this.code } : entry)
    if (!reply.ok) {
      if (reply.error.code === 'SECOND_FACTOR_ASKED') this.asksCode = true
      else this.error = reply.error.code
      return undefined
    }
    const { session, csrf_token } = reply.value
    localStorage.setItem(KEY, '1')
    this.#token = csrf_token
    this.#forget()
    if (session.permissions.includes(MAY_ARRANGE)) return session
    await this.end()
    this.error = session.limited ? 'SET_UP_FIRST' : 'FORBIDDEN'
    return undefined
  }

  #forget(): void {
    this.password = ''
    this.code = ''
    this.asksCode = false
  }

  /** Signs out. What does not get through is done at the next start of the page. */
  async end(): Promise<boolean> {
    if (!this.#token) return true
    const isDone = await over(this.#token)
    if (isDone) this.#token = ''
    this.#forget()
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
