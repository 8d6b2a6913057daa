// Somebody's own details, as they change them. Another e-mail address is proved by a code that is sent
// to it: whoever reads it may sign in. No markup, no text.
import { language } from '$shared/i18n/catalogue.svelte'
import type { CustomerApp } from '../../app.svelte'
import type { Changes, Customer } from '../../appApi'

export type Field = 'given_name' | 'family_name' | 'email_address' | 'birthday' | 'code'
export type Details = Readonly<Record<Exclude<Field, 'code'>, string>>
const FIELDS: readonly Field[] = ['given_name', 'family_name', 'email_address', 'birthday', 'code']

export class AboutMe {
  busy = $state(false)
  error = $state('')
  /** The field that the error is about; '' for all of them. */
  field = $state<Field | ''>('')
  isSaved = $state(false)
  /** The address that a code went to; '' when none is needed. */
  codeSentTo = $state('')
  code = $state('')
  readonly #app: CustomerApp

  constructor(app: CustomerApp) {
    this.#app = app
  }

  errorOf(field: Field): string {
    return this.field === field ? this.error : ''
  }

  /** Sends what is different from what the shop knows. True when it is kept. */
  async save(typed: Details, known: Customer): Promise<boolean> {
    if (this.busy) return false
    this.#clear()
    const changes = changesOf(typed, known)
    if (Object.keys(changes).length === 0) return (this.isSaved = true)
    const isProved = this.codeSentTo !== '' && this.codeSentTo === changes.email_address
    this.busy = true
    const reply = await this.#app.api.changeMe(changes, isProved ? this.code : '')
    if (reply.ok) await this.#app.refresh()
    else await this.#refuse(reply.error.code, reply.error.field, changes.email_address ?? '')
    this.busy = false
    if (!reply.ok) return false
    this.codeSentTo = ''
    this.code = ''
    return (this.isSaved = true)
  }

  async #refuse(code: string, field: string, address: string): Promise<void> {
    if (code === 'CODE_REQUIRED') return this.#sendCode(address)
    this.error = code
    this.field = FIELDS.find((one) => field.endsWith(one)) ?? ''
    if (this.field === 'code') this.code = ''
  }

  async #sendCode(address: string): Promise<void> {
    const reply = await this.#app.api.sendCode({ email_address: address }, language())
    if (reply.ok) this.codeSentTo = address
    else {
      this.error = reply.error.code
      this.field = 'email_address'
    }
  }

  #clear(): void {
    this.error = ''
    this.field = ''
    this.isSaved = false
  }
}

function changesOf(typed: Details, known: Customer): Changes {
  const entries = Object.entries(typed).map(([field, value]) => [field, value.trim()] as const)
  return Object.fromEntries(
    entries.filter(([field, value]) => value !== (known[field as keyof Customer] ?? '')),
  )
}
