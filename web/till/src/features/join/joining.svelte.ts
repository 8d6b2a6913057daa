// Joining at the till: one form, one sale, one key for each thing that was typed. No markup, no text.
import { onceKey } from '$shared/api'
import { claimSale, type Claim, type Details, type Notice } from '../../tillApi'

/** Errors after which the sale's points are no longer to be given. */
const IS_OVER = ['ORDER_ALREADY_CLAIMED', 'ORDER_CLAIM_EXPIRED', 'ORDER_UNKNOWN']

export class Joining {
  readonly order_id: string
  readonly points: number
  phone = $state('')
  details = $state({ given_name: '', family_name: '', email_address: '', birthday: '' })
  error = $state('')
  /** The field that the error is about: phone_number, email_address, birthday; '' for all. */
  field = $state('')
  busy = $state(false)
  #key = onceKey()
  #sentLast = ''

  constructor(order_id: string, points: number, phone = '') {
    this.order_id = order_id
    this.points = points
    this.phone = phone
  }

  get isOver(): boolean {
    return IS_OVER.includes(this.error)
  }

  /** The claim when the points were given; undefined when not, `error` saying why. */
  async run(notice: Notice): Promise<Claim | undefined> {
    if (this.busy) return undefined
    const customer: Details = Object.fromEntries(
      Object.entries(this.details).filter(([, text]) => text.trim() !== ''),
    )
    const what = {
      phone_number: this.phone,
      customer,
      consent: { notice_version: notice.version, language: notice.language },
    }
    this.#renewKey(JSON.stringify(what))
    this.busy = true
    this.error = ''
    const reply = await claimSale(this.order_id, { ...what, idempotency_key: this.#key })
    this.busy = false
    if (reply.ok) return reply.value.claim
    this.error = reply.error.code
    this.field = reply.error.field.split('.').at(-1) ?? ''
    return undefined
  }

  /** What was typed anew is another intention; the same again is the same one. */
  #renewKey(what: string): void {
    if (this.#sentLast && what !== this.#sentLast) this.#key = onceKey()
    this.#sentLast = what
  }
}
