// What the palette offers: pages that one may open, adding a customer, and the customers found.
import { t as circulation } from '$shared/i18n/circulation'
import { t } from '$shared/i18n/dashboard'
import { desk } from '../desk.svelte'
import { nameOf } from '$shared/person/customerName'
import type { Customer } from '$shared/person/personApi'
import { phoneText } from '$shared/person/phoneText'
import { router } from '../routes'
import { JOBS } from './jobs'
import { matches, type PaletteEntry } from './palette.svelte'

function pages(): readonly PaletteEntry[] {
  const jobs: PaletteEntry[] = JOBS.filter(({ needs }) => desk.can(needs)).map(
    ({ job, page, label }) => ({
      id: job,
      label: label(),
      hint: t('palette.page'),
      href: router.href(page),
    }),
  )
  if (desk.can('LOYALTY_READ'))
    jobs.push({
      id: 'circulation',
      label: circulation('title'),
      hint: t('palette.page'),
      href: router.href('circulation'),
    })
  if (!desk.can('CUSTOMERS_WRITE')) return jobs
  const href = router.href('customerNew')
  return [...jobs, { id: 'add', label: t('customers.add'), hint: t('palette.action'), href }]
}

function entryOf(customer: Customer): PaletteEntry {
  return {
    id: customer.id,
    label: nameOf(customer) || t('customer.nameless'),
    hint: phoneText(customer.phone_number, desk.merchant.country),
    href: router.href('customer', { customer: customer.id }),
  }
}

export function entriesFor(words: string, found: readonly Customer[]): readonly PaletteEntry[] {
  const shown = words.trim() ? pages().filter(({ label }) => matches(label, words)) : pages()
  return [...shown, ...found.map(entryOf)]
}
