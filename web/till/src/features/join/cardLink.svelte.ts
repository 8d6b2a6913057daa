// The way to a customer's card on their own phone: a QR code that signs in once, for a few minutes.
import { makeSignInLink, type SignInLink } from '../../tillApi'

export class CardLink {
  link = $state.raw<SignInLink>()
  error = $state('')
  left_ms = $state(0)
  readonly #customer: string
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(customer: string) {
    this.#customer = customer
  }

  get isOver(): boolean {
    return this.link !== undefined && this.left_ms <= 0
  }

  async load(): Promise<void> {
    this.error = ''
    const reply = await makeSignInLink(this.#customer)
    if (!reply.ok) {
      this.error = reply.error.code
      return
    }
    this.link = reply.value.sign_in
    this.#tick()
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#tick(), 1000)
  }

  end(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    this.left_ms = Math.max(0, Date.parse(this.link?.expires_at ?? '') - Date.now())
    if (this.left_ms === 0) clearInterval(this.#timer)
  }
}
