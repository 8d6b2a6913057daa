// Signing in: one try at a time, and none while too many wrong ones keep the door shut. Who has a second
// factor is asked for its code in a second step. No text.
import type { Session } from './session.svelte'

export class SigningIn {
  busy = $state(false)
  error = $state('')
  missing = $state<'email' | 'password' | 'code' | ''>('')
  /** The password was right; now the code of their app. */
  asksCode = $state(false)
  lockedUntil_ms = $state(0)
  now_ms = $state(Date.now())
  #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  get isLocked(): boolean {
    return this.lockedUntil_ms > this.now_ms
  }

  tick(): void {
    this.now_ms = Date.now()
    if (this.lockedUntil_ms && !this.isLocked) {
      this.lockedUntil_ms = 0
      this.error = ''
    }
  }

  /** Back to the address and the password. */
  restart(): void {
    this.asksCode = false
    this.error = ''
    this.missing = ''
  }

  async run(email: string, password: string, code = ''): Promise<boolean> {
    this.tick()
    if (this.busy || this.isLocked) return false
    this.error = ''
    this.missing = this.#missingOf(email, password, code)
    if (this.missing) return false
    this.busy = true
    const entry = { email: email.trim(), password }
    const error = await this.#session.signIn(this.asksCode ? { ...entry, code } : entry)
    this.busy = false
    if (!error) return true
    if (error.code === 'SECOND_FACTOR_ASKED') {
      this.asksCode = true
      return false
    }
    this.error = error.code
    if (error.retryAfter_s > 0 && error.status === 429)
      this.lockedUntil_ms = Date.now() + error.retryAfter_s * 1000
    return false
  }

  #missingOf(email: string, password: string, code: string): 'email' | 'password' | 'code' | '' {
    if (email.trim() === '') return 'email'
    if (password === '') return 'password'
    return this.asksCode && code.trim() === '' ? 'code' : ''
  }
}
