// What the trail calls what was done: the names of the API's routes, in words.
import { t } from '$shared/i18n/trail'

export const OPERATIONS = [
  'account_accumulate',
  'account_adjust',
  'account_create',
  'account_show',
  'account_spend',
  'catalog_import',
  'catalog_put',
  'catalog_remove',
  'catalog_restore',
  'credit_note_create',
  'credit_note_end',
  'customer_change',
  'customer_create',
  'customer_remove',
  'customer_show',
  'customer_summary',
  'demo_enter',
  'logo_change',
  'logo_remove',
  'member_change',
  'member_create',
  'merchant_change',
  'order_create',
  'order_pay',
  'pin_change',
  'pin_remove',
  'program_change',
  'program_close',
  'program_create',
  'program_reopen',
  'promotion_cancel',
  'promotion_create',
  'reward_create',
  'reward_give_up',
  'reward_put_back',
  'reward_redeem',
  'reward_use',
  'role_change',
  'role_create',
  'role_remove',
  'session_create',
  'session_serve',
  'tablet_appoint',
  'tablet_change',
  'tablet_create',
  'tablet_pairing_code',
  'tablet_remove',
  'tier_add',
  'tier_change',
  'tier_withdraw',
  'till_claim',
  'till_identify',
  'till_refund',
  'till_sell',
  'till_sign_in_link',
] as const
export type Operation = (typeof OPERATIONS)[number]

export function isOperation(name: string): name is Operation {
  return (OPERATIONS as readonly string[]).includes(name)
}

/** What was done; of a newer server than this page, its own word. */
export function operationText(name: string): string {
  return isOperation(name) ? t(`op.${name}`) : name
}

/** Each text once, with the first name that it stands for: several are the same to a person. */
export function operationChoices(): readonly { value: Operation; label: string }[] {
  const seen = new Map<string, Operation>()
  for (const name of OPERATIONS) {
    const label = operationText(name)
    if (!seen.has(label)) seen.set(label, name)
  }
  return [...seen]
    .map(([label, value]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label))
}
