// The fields of a customer as they are typed, and what of them is sent.
import type { ApiError } from '../api'
import { Intention, problemOf } from '../state/intention.svelte'
import { parseBirthday, writeBirthday } from './birthday'
import { changeCustomer, createCustomer, type Customer, type CustomerFields } from './personApi'

const TEXTS = [
  'given_name',
  'family_name',
  'nickname',
  'phone_number',
  'email_address',
  'company_name',
  'note',
  'reference_id',
] as const
const ADDRESS = ['address_line_1', 'address_line_2', 'postal_code', 'locality'] as const
type TextField = (typeof TEXTS)[number]
type AddressField = (typeof ADDRESS)[number]
export type FormField = TextField | AddressField | 'birthday'

export type TypedCustomer = Record<FormField, string>

export function typedOf(customer: Partial<Customer>, locale: string): TypedCustomer {
  const typed = {} as TypedCustomer
  for (const field of TEXTS) typed[field] = customer[field] ?? ''
  for (const field of ADDRESS) typed[field] = customer.address?.[field] ?? ''
  typed.birthday = writeBirthday(customer.birthday, locale)
  return typed
}

/** Only what was changed: two people may correct two fields of the same customer. */
export function changesOf(
  before: Partial<Customer>,
  typed: TypedCustomer,
  locale: string,
): CustomerFields {
  const fields: CustomerFields = {}
  for (const field of TEXTS) {
    const text = typed[field].trim()
    if (text !== (before[field] ?? '')) fields[field] = text || null
  }
  const birthday = parseBirthday(typed.birthday, locale) ?? ''
  if (birthday !== (before.birthday ?? '')) fields.birthday = birthday || null
  if (ADDRESS.some((field) => typed[field].trim() !== (before.address?.[field] ?? ''))) {
    const texts = ADDRESS.map((field) => [field, typed[field].trim()] as const)
    const written = Object.fromEntries(texts.filter(([, text]) => text !== ''))
    const others = Object.fromEntries(
      Object.entries(before.address ?? {}).filter(
        ([key]) => !ADDRESS.includes(key as AddressField),
      ),
    )
    const address = { ...others, ...written }
    fields.address = Object.keys(address).length ? address : null
  }
  return fields
}

/** Nothing to know them by. */
function isNobody(typed: TypedCustomer): boolean {
  return !(
    ['given_name', 'family_name', 'phone_number', 'email_address', 'company_name'] as const
  ).some((field) => typed[field].trim() !== '')
}

export class CustomerForm {
  readonly intention = new Intention()
  /** What this side found wrong, by field. */
  own = $state.raw<Partial<Record<FormField, string>>>({})
  #locale: string

  constructor(locale: string) {
    this.#locale = locale
  }

  /** The name of what is wrong with a field, or ''. */
  problem(field: FormField): string {
    return this.own[field] ?? problemOf(this.intention.error, field)
  }

  /** What is wrong and is no field's. */
  get elsewhere(): ApiError | undefined {
    const { error } = this.intention
    const isShown = [...TEXTS, ...ADDRESS, 'birthday'].some((field) => problemOf(error, field))
    return isShown ? undefined : error
  }

  async create(typed: TypedCustomer): Promise<Customer | undefined> {
    if (!this.#check(typed)) return undefined
    const fields = changesOf({}, typed, this.#locale)
    return (await this.intention.run(fields, createCustomer))?.customer
  }

  /** What differs from `before`, which the form began with; `now` is what has become of it since. */
  async change(
    before: Customer,
    now: Customer,
    typed: TypedCustomer,
  ): Promise<Customer | undefined> {
    if (!this.#check(typed)) return undefined
    const fields = changesOf(before, typed, this.#locale)
    if (Object.keys(fields).length === 0) return now
    const { id, version } = now
    const done = await this.intention.run({ id, version, fields }, (wish) =>
      changeCustomer(wish.id, wish.version, wish.fields),
    )
    return done?.customer
  }

  #check(typed: TypedCustomer): boolean {
    this.intention.forget()
    this.own = {
      ...(isNobody(typed) ? { phone_number: 'CUSTOMER_EMPTY' } : {}),
      ...(parseBirthday(typed.birthday, this.#locale) === undefined
        ? { birthday: 'FIELD_VALUE' }
        : {}),
    }
    return Object.keys(this.own).length === 0
  }
}
