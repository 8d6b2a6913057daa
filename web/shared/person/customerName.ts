// What a customer is called, from whatever is known of them.
import type { Customer } from './personApi'

type Known = Partial<
  Pick<
    Customer,
    'given_name' | 'family_name' | 'nickname' | 'company_name' | 'phone_number' | 'email_address'
  >
>

/** Their name; '' when they never told one. */
export function nameOf(customer: Known): string {
  const name = [customer.given_name, customer.family_name].filter(Boolean).join(' ')
  return name || customer.nickname || customer.company_name || ''
}
