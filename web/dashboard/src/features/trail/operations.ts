// What the trail calls what was done: the names of the API's routes, in words.
import { t } from '$shared/i18n/trail'

export const OPERATIONS = [
  'account_accumulate',
  'account_adjust',
  'account_change_phone',
  'account_create',
  'account_show',
  'account_spend',
  'bulk_begin',
  'bulk_cancel',
  'bulk_undo',
  'card_unlink',
  'catalog_import',
  'catalog_put',
  'catalog_remove',
  'catalog_restore',
  'credit_note_create',
  'credit_note_end',
  'customer_change',
  'customer_create',
  'customer_export',
  'customer_remove',
  'customer_show',
  'customer_summary',
  'demo_enter',
  'duplicate_list',
  'email_change_begin',
  'email_change_confirm',
  'import_cancel',
  'import_check',
  'import_create',
  'import_run',
  'legal_identity_change',
  'legal_write',
  'logo_change',
  'logo_remove',
  'member_change',
  'member_create',
  'member_invite',
  'merchant_change',
  'merge_create',
  'merge_list',
  'merge_undo',
  'order_create',
  'order_move_credit',
  'order_pay',
  'password_change',
  'photo_change',
  'photo_remove',
  'pin_change',
  'pin_remove',
  'profile_change',
  'program_change',
  'program_close',
  'program_create',
  'program_reopen',
  'promotion_cancel',
  'promotion_create',
  'recovery_codes_renew',
  'retention_change',
  'reward_create',
  'reward_give_up',
  'reward_put_back',
  'reward_redeem',
  'reward_use',
  'role_change',
  'role_create',
  'role_remove',
  'second_factor_confirm',
  'second_factor_end',
  'second_factor_offer',
  'second_factor_require',
  'second_factor_reset',
  'segment_change',
  'segment_create',
  'segment_remove',
  'session_create',
  'session_end_others',
  'session_remove',
  'session_serve',
  'suspicion_close',
  'tablet_appoint',
  'tablet_change',
  'tablet_create',
  'tablet_pairing_code',
  'tablet_remove',
  'tag_change',
  'tag_create',
  'tag_put_on',
  'tag_remove',
  'tag_take_off',
  'tier_add',
  'tier_change',
  'tier_withdraw',
  'till_claim',
  'till_day_close',
  'till_identify',
  'till_refund',
  'till_sell',
  'till_sign_in_link',
  'till_void',
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
