// Signing in: one try at a time, and none while too many wrong ones keep the door shut. No text.
import type { Session } from './session.svelte'

export class SigningIn {
  busy = $state(false)
  error = $state('')
  missing = $state<'email' | 'password' | ''>('')
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

  async run(email: string, password: string): Promise<boolean> {
    this.tick()
    if (this.busy || this.isLocked) return false
    this.error = ''
    this.missing = email.trim() === '' ? 'email' : password === '' ? 'password' : ''
    if (this.missing) return false
    this.busy = true
    const error = await this.#session.signIn(email.trim(), password)
    this.busy = false
    if (!error) return true
    this.error = error.code
    if (error.retryAfter_s > 0 && error.status === 429)
      this.lockedUntil_ms = Date.now() + error.retryAfter_s * 1000
    return false
  }
}
