// Coming in: a telephone number or an e-mail address, the code sent to it, and the notice for who is
// new. A page that the phone throws away while somebody reads their code finds its place again.
import type { Address, Channel, Shop, ShopApi, SignIn } from '../../appApi'
import type { Keep } from '../../keep'

export type Step = 'address' | 'code' | 'notice'
export const CODE_LENGTH = 6

interface Kept {
  readonly channel: Channel
  readonly typed: string
  readonly expires_at: string
}

/** A phone whose clock is wrong waits this long at most. */
const RESEND_WAIT_MAX_MS = 60_000
const KEPT_MAX_MS = 20 * 60_000
/** Refusals after which the code must be typed anew. */
const CODE_IS_OVER = ['CODE_WRONG', 'CODE_EXPIRED', 'CODE_TOO_MANY']

/** The digits of what was typed or pasted, whatever stands between them. */
export function codeIn(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '').slice(0, CODE_LENGTH)
}

export class Join {
  step = $state<Step>('address')
  channel = $state<Channel>('sms')
  /** The number or the address, as typed. */
  typed = $state('')
  code = $state('')
  name = $state('')
  error = $state('')
  busy = $state(false)
  /** By the phone's own clock: from when another code may be asked for. */
  resendAt_ms = $state(0)
  /** Until when a refused person must wait. */
  waitUntil_ms = $state(0)
  /** Another code was sent at the person's wish. */
  isResent = $state(false)

  readonly #api: ShopApi
  readonly #keep: Keep
  readonly #onEntered: () => Promise<void>

  constructor(api: ShopApi, keep: Keep, onEntered: () => Promise<void>) {
    this.#api = api
    this.#keep = keep
    this.#onEntered = onEntered
    this.#takeUp()
  }

  get address(): Address {
    const typed = this.typed.trim()
    return this.channel === 'sms' ? { phone_number: typed } : { email_address: typed }
  }

  get codeIsWhole(): boolean {
    return this.code.length === CODE_LENGTH
  }

  choose(channel: Channel): void {
    if (channel === this.channel) return
    this.channel = channel
    this.typed = ''
    this.error = ''
  }

  type(text: string): void {
    this.typed = text
    this.error = ''
  }

  /** Digits with any spacing; the last one sends it. */
  typeCode(text: string, shop: Shop): void {
    this.code = codeIn(text)
    this.error = ''
    if (this.codeIsWhole) void this.confirm(shop)
  }

  /** Asks for a code: the first one, or another. */
  async ask(language: string): Promise<void> {
    if (this.busy) return
    if (!this.typed.trim()) return void (this.error = 'EMPTY')
    const isAnother = this.step === 'code'
    this.busy = true
    const reply = await this.#api.sendCode(this.address, language)
    this.busy = false
    this.isResent = isAnother && reply.ok
    if (!reply.ok) return this.#refuse(reply.error.code, reply.error.retryAfter_s)
    const wait_ms = Date.parse(reply.value.code.resend_at) - Date.now()
    this.resendAt_ms = Date.now() + Math.min(Math.max(wait_ms, 0), RESEND_WAIT_MAX_MS)
    this.error = ''
    this.code = ''
    this.step = 'code'
    const { channel, typed } = this
    const { expires_at } = reply.value.code
    this.#keep.write('join', { channel, typed, expires_at } satisfies Kept)
  }

  /** The code; and, when the notice was shown, the agreement. */
  async confirm(shop: Shop): Promise<void> {
    if (this.busy || !this.codeIsWhole) return
    const isAgreed = this.step === 'notice'
    this.busy = true
    const reply = await this.#api.signIn({
      address: this.address,
      code: this.code,
      ...this.#newcomer(isAgreed, shop),
    })
    if (reply.ok) {
      await this.#onEntered()
      this.busy = false
      return this.restart()
    }
    this.busy = false
    const { code, retryAfter_s } = reply.error
    if (code === 'NOTICE_REQUIRED') return this.#showNotice(isAgreed)
    this.#refuse(code, retryAfter_s)
    if (!CODE_IS_OVER.includes(code)) return
    this.code = ''
    this.step = 'code'
  }

  /** Back to the number, to change it. */
  changeAddress(): void {
    this.step = 'address'
    this.code = ''
    this.error = ''
    this.isResent = false
    this.#keep.remove('join')
  }

  restart(): void {
    this.changeAddress()
    this.typed = ''
    this.name = ''
    this.resendAt_ms = 0
    this.waitUntil_ms = 0
  }

  #newcomer(isAgreed: boolean, shop: Shop): Partial<SignIn> {
    const source = this.#keep.read<string>('source')
    return {
      ...(isAgreed ? { notice: shop.notice } : {}),
      ...(isAgreed && this.name.trim() ? { given_name: this.name.trim() } : {}),
      ...(source ? { source } : {}),
    }
  }

  /** Asked for again after an agreement: its text has changed meanwhile. */
  #showNotice(isAgreed: boolean): void {
    this.step = 'notice'
    this.error = isAgreed ? 'NOTICE_REQUIRED' : ''
  }

  #refuse(code: string, retryAfter_s: number): void {
    this.error = code
    this.waitUntil_ms = Date.now() + retryAfter_s * 1000
  }

  #takeUp(): void {
    const kept = this.#keep.read<Kept>('join')
    const left_ms = kept ? Date.parse(kept.expires_at) - Date.now() : 0
    if (!kept || !(left_ms > 0 && left_ms < KEPT_MAX_MS)) return this.#keep.remove('join')
    this.step = 'code'
    this.channel = kept.channel
    this.typed = kept.typed
  }
}
