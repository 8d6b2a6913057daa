// The shop's own people behind the counter's screen: the PIN, or a password, then the menu. It closes
// by itself. No markup, no text.
import { StaffSession } from '../../staffSession.svelte'
import { leave, unlock } from '../../tabletApi'

/** An open menu that nobody touches is closed before a customer comes. */
const IDLE_MS = 60_000

export type StaffScreen = 'closed' | 'pin' | 'password' | 'menu' | 'leave'

export class StaffMenu {
  screen = $state<StaffScreen>('closed')
  pin = $state('')
  error = $state('')
  busy = $state(false)
  lockedUntil_ms = $state(0)
  session = $state(new StaffSession())
  /** A PIN was chosen in the dashboard. */
  hasPin = $state(false)
  #merchant = ''
  #touched_ms = 0

  get isOpen(): boolean {
    return this.screen !== 'closed'
  }

  open(merchant: string, hasPin: boolean): void {
    if (this.isOpen) return
    this.#merchant = merchant
    this.hasPin = hasPin
    this.#restart(hasPin ? 'pin' : 'password')
  }

  close(): void {
    this.#restart('closed')
  }

  show(screen: StaffScreen): void {
    this.#restart(screen)
  }

  touch(): void {
    this.#touched_ms = Date.now()
  }

  tick(): void {
    if (this.lockedUntil_ms && this.lockedUntil_ms <= Date.now()) this.lockedUntil_ms = 0
    if (this.isOpen && !this.busy && Date.now() - this.#touched_ms > IDLE_MS) this.close()
  }

  type(pin: string): void {
    this.error = ''
    this.pin = pin.replace(/\D/g, '').slice(0, 8)
  }

  async enterPin(): Promise<void> {
    if (this.busy || this.lockedUntil_ms) return
    if (!this.pin) {
      this.error = 'PIN_EMPTY'
      return
    }
    this.busy = true
    const reply = await unlock(this.pin)
    this.busy = false
    this.pin = ''
    if (reply.ok) return this.show('menu')
    if (reply.error.code === 'PIN_NOT_SET') return this.show('password')
    if (reply.error.retryAfter_s > 0)
      this.lockedUntil_ms = Date.now() + reply.error.retryAfter_s * 1000
    this.error = reply.error.code
  }

  /** Only shows who they are: they are signed out before the menu opens. */
  async enterPassword(): Promise<void> {
    const found = await this.session.open()
    if (!found) return
    const isOut = await this.session.end()
    if (found.merchant.id !== this.#merchant) this.session.error = 'OTHER_SHOP'
    else if (!isOut) this.session.error = 'OFFLINE'
    else this.show('menu')
  }

  /** True when this device is no tablet any more. */
  async leave(): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    const reply = await leave()
    this.busy = false
    const isGone = reply.ok || reply.error.status === 401
    if (isGone) this.close()
    else this.error = reply.error.code
    return isGone
  }

  #restart(screen: StaffScreen): void {
    this.screen = screen
    this.pin = ''
    this.error = ''
    this.session = new StaffSession()
    this.touch()
  }
}
