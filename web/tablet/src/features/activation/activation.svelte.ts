// Linking this tablet to its shop by a code. No markup, no text.
import { activate, holdToken } from '../../tabletApi'
import { CODE_LEN, codeKeys, formatCode } from './pairingCode'

export class Activating {
  code = $state('')
  error = $state('')
  busy = $state(false)
  /** Characters that were missing when the person tried. */
  missing = $state(0)
  lockedUntil_ms = $state(0)
  now_ms = $state(Date.now())

  get isLocked(): boolean {
    return this.lockedUntil_ms > this.now_ms
  }

  /** It was locked, and the time is up. */
  get isUnlocked(): boolean {
    return this.lockedUntil_ms !== 0 && !this.isLocked
  }

  type(text: string): void {
    this.code = formatCode(text)
    this.missing = 0
    this.error = ''
    if (!this.isLocked) this.lockedUntil_ms = 0
  }

  tick(): void {
    this.now_ms = Date.now()
  }

  /** True when the tablet is linked. */
  async run(): Promise<boolean> {
    if (this.busy || this.isLocked) return false
    this.error = ''
    this.missing = CODE_LEN - codeKeys(this.code).length
    if (this.missing > 0) return false
    this.busy = true
    const reply = await activate(this.code)
    this.busy = false
    if (reply.ok) {
      holdToken(reply.value.csrf_token)
      return true
    }
    this.tick()
    if (reply.error.retryAfter_s > 0)
      this.lockedUntil_ms = this.now_ms + reply.error.retryAfter_s * 1000
    else this.error = reply.error.code
    return false
  }
}
