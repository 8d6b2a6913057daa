// What is known of the customer at the counter. What is corrected there is at once what the sale counts
// with.
import { send, type Reply } from '$shared/api'
import { CustomerForm, type TypedCustomer } from '$shared/person/customerForm.svelte'
import { PersonSheet } from '$shared/person/personSheet.svelte'
import { Intention } from '$shared/state/intention.svelte'
import { identify, type Notice } from '../../tillApi'
import type { Desk } from '../customer/desk.svelte'

export class KnownRecord extends PersonSheet {
  readonly #desk: Desk

  constructor(id: string, desk: Desk) {
    super(id)
    this.#desk = desk
  }

  override async refresh(): Promise<void> {
    await Promise.all([super.refresh(), this.#desk.refresh()])
  }
}

interface Membership {
  readonly customer_id: string
  readonly program_id: string
  readonly phone_number: string
  readonly notice: Notice
}

function join(
  { customer_id, program_id, phone_number, notice }: Membership,
  idempotency_key: string,
): Promise<Reply<unknown>> {
  return send('/v2/loyalty/accounts', {
    loyalty_account: {
      customer_id,
      program_id,
      ...(phone_number ? { mapping: { phone_number } } : {}),
    },
    consent: { notice_version: String(notice.version), language: notice.language },
    idempotency_key,
  })
}

/** A record, and a card of the shop's program with it. */
export class NewRecord {
  readonly form: CustomerForm
  readonly joining = new Intention()
  #isAsking = $state(false)
  /** Made already, when only the card is missing still. */
  #made: { readonly id: string; readonly phone_number?: string } | undefined

  constructor(locale: string) {
    this.form = new CustomerForm(locale)
  }

  get busy(): boolean {
    return this.#isAsking || this.form.intention.busy || this.joining.busy
  }

  /** The customer; undefined when something is missing still. */
  async make(
    typed: TypedCustomer,
    notice: Notice,
    program_id: string | undefined,
  ): Promise<string | undefined> {
    if (!this.#made && (await this.#isTaken(typed.phone_number))) return undefined
    this.#made ??= await this.form.create(typed)
    const made = this.#made
    if (!made || !program_id) return made?.id
    const wish = {
      customer_id: made.id,
      program_id,
      phone_number: made.phone_number ?? '',
      notice,
    }
    return (await this.joining.run(wish, join)) === undefined ? undefined : made.id
  }

  /** One number, one record: whoever has it already is not made again. */
  async #isTaken(phone_number: string): Promise<boolean> {
    if (!phone_number) return false
    this.#isAsking = true
    const known = await identify({ phone_number })
    this.#isAsking = false
    if (known.ok) this.form.own = { phone_number: 'PHONE_TAKEN' }
    return known.ok
  }
}
