// Giving one order's points to one phone number. No markup, no text.
import { onceKey } from '$shared/api'
import { formatTyped, phoneKeys } from '$shared/phone'
import { claimPoints, type Claim, type Notice, type Order } from '../../tabletApi'

const RETRY_MS = 3_000

export class Claiming {
  phone = $state('')
  /** They want to be known again by the card that paid. */
  linkCard = $state(false)
  error = $state('')
  busy = $state(false)
  /** No answer came: the same claim is sent again until one does. */
  retrying = $state(false)
  #country: string
  #onceKey = onceKey()
  #wake: () => void = () => undefined
  /** Grows when a person gives up, so that a late refusal is not shown to the next one. */
  #attempt = 0

  constructor(country: string) {
    this.#country = country
  }

  /** Someone is at work here: the screen must not change under their fingers. */
  get isInUse(): boolean {
    return this.phone !== '' || this.busy
  }

  type(text: string): void {
    if (this.busy) return
    const before = phoneKeys(this.phone)
    this.phone = formatTyped(text, this.#country)
    this.error = ''
    if (phoneKeys(this.phone) !== before) this.#onceKey = onceKey()
  }

  press(key: string): void {
    this.type(this.phone + key)
  }

  tickCard(wanted: boolean): void {
    if (this.busy) return
    this.linkCard = wanted
    this.#onceKey = onceKey()
  }

  eraseOne(): void {
    this.type(phoneKeys(this.phone).slice(0, -1))
  }

  /** Another order or another person: nothing is left of the one before. */
  restart(): void {
    this.stopRetrying()
    this.phone = ''
    this.linkCard = false
    this.error = ''
    this.#onceKey = onceKey()
  }

  stopRetrying(): void {
    this.#attempt += 1
    this.busy = false
    this.retrying = false
    this.#wake()
  }

  /** The claim when the points were given; undefined when they were not, `error` saying why. */
  async run(order: Order, notice: Notice): Promise<Claim | undefined> {
    if (this.busy) return undefined
    this.#attempt += 1
    const attempt = this.#attempt
    this.error = ''
    this.busy = true
    for (;;) {
      const reply = await claimPoints(
        { order_id: order.id, phone_number: phoneKeys(this.phone), card_link: this.linkCard },
        notice,
        this.#onceKey,
      )
      if (reply.ok) return reply.value.claim
      if (attempt !== this.#attempt) return undefined
      if (!reply.error.isPassing) {
        this.busy = false
        this.retrying = false
        this.error = reply.error.code
        return undefined
      }
      this.retrying = true
      await this.#rest(Math.max(RETRY_MS, reply.error.retryAfter_s * 1000))
      if (attempt !== this.#attempt) return undefined
    }
  }

  /** Until the next try, or until someone gives up. */
  #rest(delay_ms: number): Promise<void> {
    return new Promise((wake) => {
      const timer = setTimeout(wake, delay_ms)
      this.#wake = () => {
        clearTimeout(timer)
        wake()
      }
    })
  }
}
