// A programme as the API tells and takes it: what earns, what it gives, within which limits.
import type { Money, Terminology } from '../format'

export type ProgramType = 'points' | 'stamps' | 'cashback'
export type TaxMode = 'BEFORE_TAX' | 'AFTER_TAX'
export type AccrualType = 'VISIT' | 'SPEND' | 'ITEM_VARIATION' | 'CATEGORY'

/** What of the catalog is meant: these articles and these categories. */
export interface Choice {
  readonly item_variation_ids?: readonly string[]
  readonly category_ids?: readonly string[]
}

export interface AccrualRule {
  readonly accrual_type: AccrualType
  readonly points: number
  readonly visit_data?: Choice & {
    readonly minimum_amount_money?: Money
    readonly tax_mode: TaxMode
  }
  readonly spend_data?: Choice & {
    readonly amount_money: Money
    readonly tax_mode: TaxMode
    readonly excluded_item_variation_ids?: readonly string[]
    readonly excluded_category_ids?: readonly string[]
  }
  readonly item_variation_data?: {
    readonly item_variation_id?: string
    readonly item_variation_ids?: readonly string[]
  }
  readonly category_data?: {
    readonly category_id?: string
    readonly category_ids?: readonly string[]
  }
}

export type TierKind = 'other' | 'percentage' | 'amount' | 'item' | 'credit'

/** What a tier is worth and for whom, without its identity. */
export interface TierTerms extends Choice {
  readonly name: string
  readonly points: number
  readonly kind?: TierKind
  /** Per cent, as Square writes it: `10.5`. */
  readonly percentage?: string
  readonly amount_money?: Money
  readonly max_discount_money?: Money
  readonly minimum_amount_money?: Money
  readonly valid_days?: number
  readonly stock?: number
  readonly per_customer?: number
}
export interface Tier extends TierTerms {
  readonly id: string
}

export interface Limits {
  readonly points_per_purchase?: number
  readonly points_per_day?: number
  readonly points_per_month?: number
  readonly earnings_per_day?: number
  readonly cooldown_minutes?: number
}

/** What somebody decides of a programme; a new one is made of these. */
export interface ProgramTerms {
  readonly name: string
  readonly type: ProgramType
  readonly terminology: Terminology
  readonly accrual_rules: readonly AccrualRule[]
  readonly minimum_amount_money?: Money
  readonly ends_on?: string
  /** 0 or absent: points never expire. */
  readonly expiration_days?: number
  readonly expiry_notice_days?: number
  readonly ripen_days?: number
  readonly on_refund?: 'owed' | 'to_zero'
  readonly limits?: Limits
}
export interface NewProgram extends ProgramTerms {
  readonly reward_tiers: readonly TierTerms[]
}
export interface Program extends ProgramTerms {
  readonly id: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly is_main: boolean
  readonly reward_tiers: readonly Tier[]
  /** It is being deleted: what is left of its points ends then. */
  readonly closing_at?: string
  readonly closed_at?: string
}
