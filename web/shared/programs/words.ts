// Programmes as people say them over the counter: `1 point par euro`, `5 % de cagnotte`,
// `Offert : Café`.
import { locale, money, points, type Money } from '../format'
import { t } from '../i18n/programs'
import { currencyDigits } from '../numbers'
import type { AccrualRule, Choice, Program, ProgramTerms, TierTerms } from './program'

/** What an article or a category is called; undefined where the catalog is not at hand. */
export type NameOf = (id: string) => string | undefined
const nameless: NameOf = () => undefined

/** So many names are said; of more, their count. */
const NAMES_MAX = 3

export function listed(names: readonly string[]): string {
  const first = names.slice(0, -1).join(', ')
  const last = names.at(-1) ?? ''
  return first ? t('list.and', { first, last }) : last
}

function counted(choice: Choice): string {
  const articles = choice.item_variation_ids?.length ?? 0
  const categories = choice.category_ids?.length ?? 0
  return listed([
    ...(categories ? [t('scope.categories', { count: categories })] : []),
    ...(articles ? [t('scope.articles', { count: articles })] : []),
  ])
}

/** `Boissons et Café`, or `3 articles choisis`; '' when nothing is chosen, which is everything. */
export function describeChoice(choice: Choice | undefined, nameOf: NameOf = nameless): string {
  const ids = [...(choice?.category_ids ?? []), ...(choice?.item_variation_ids ?? [])]
  const names = ids.map(nameOf).filter((name) => name !== undefined)
  if (ids.length <= NAMES_MAX && names.length === ids.length) return listed(names)
  return counted(choice ?? {})
}

/** What a rule counts only, or leaves out. */
function scopesOf(rule: AccrualRule): { on: Choice; except: Choice } {
  const { visit_data, spend_data, item_variation_data: items, category_data: categories } = rule
  const one = (id: string | undefined): readonly string[] => (id ? [id] : [])
  return {
    on: {
      item_variation_ids:
        items?.item_variation_ids ??
        spend_data?.item_variation_ids ??
        visit_data?.item_variation_ids ??
        one(items?.item_variation_id),
      category_ids:
        categories?.category_ids ??
        spend_data?.category_ids ??
        visit_data?.category_ids ??
        one(categories?.category_id),
    },
    except: {
      item_variation_ids: spend_data?.excluded_item_variation_ids ?? [],
      category_ids: spend_data?.excluded_category_ids ?? [],
    },
  }
}

/** A share of at most two decimals: `5 %`, `2,5 %`. */
export function share(value: number): string {
  return new Intl.NumberFormat(locale(), {
    style: 'percent',
    maximumFractionDigits: 2,
  }).format(value)
}

function spendText(rule: AccrualRule, program: ProgramWords, amount: Money): string {
  if (program.type === 'cashback')
    return t('rule.cashback', { share: share(rule.points / amount.amount) })
  const earned = points(rule.points, program.terminology)
  const isOneEuro = amount.currency === 'EUR' && amount.amount === 10 ** currencyDigits('EUR')
  if (isOneEuro) return t('rule.perEuro', { points: earned })
  return t('rule.perAmount', { points: earned, amount: money(amount) })
}

type ProgramWords = Pick<ProgramTerms, 'type' | 'terminology'>

/** What a rule gives, without what it counts. */
function gainText(rule: AccrualRule, program: ProgramWords): string {
  if (rule.spend_data) return spendText(rule, program, rule.spend_data.amount_money)
  const earned = points(rule.points, program.terminology)
  const minimum = rule.visit_data?.minimum_amount_money
  if (minimum && minimum.amount > 0)
    return t('rule.perVisitFrom', { points: earned, amount: money(minimum) })
  return t('rule.perVisit', { points: earned })
}

/** `1 point par euro`, `5 % de cagnotte`, `1 tampon par article : Café`. */
export function describeRule(
  rule: AccrualRule,
  program: ProgramWords,
  nameOf: NameOf = nameless,
): string {
  const { on, except } = scopesOf(rule)
  const [counts, leaves] = [describeChoice(on, nameOf), describeChoice(except, nameOf)]
  if (rule.accrual_type === 'ITEM_VARIATION' || rule.accrual_type === 'CATEGORY')
    return t('rule.perItem', { points: points(rule.points, program.terminology), what: counts })
  const tax_mode = (rule.spend_data ?? rule.visit_data)?.tax_mode
  const gain = gainText(rule, program)
  const text = tax_mode === 'BEFORE_TAX' ? t('rule.beforeTax', { rule: gain }) : gain
  if (counts) return t('rule.on', { rule: text, what: counts })
  return leaves ? t('rule.except', { rule: text, what: leaves }) : text
}

/** All its rules in one line. */
export function describeRules(
  program: ProgramWords & Pick<Program, 'accrual_rules'>,
  nameOf: NameOf = nameless,
): string {
  return program.accrual_rules.map((rule) => describeRule(rule, program, nameOf)).join(' · ')
}

/** What a reward is worth: `10 % de remise`, `Offert : Café`; '' where only its name says it. */
export function describeTier(tier: TierTerms, nameOf: NameOf = nameless): string {
  const what = describeChoice(tier, nameOf)
  const on = (value: string): string => (what ? t('tier.on', { value, what }) : value)
  const amount = tier.amount_money ? money(tier.amount_money) : ''
  switch (tier.kind ?? 'other') {
    case 'percentage':
      return on(t('tier.percentage', { share: share(Number(tier.percentage ?? 0) / 100) }))
    case 'amount':
      return on(t('tier.amount', { amount }))
    case 'item':
      return what ? t('tier.item', { what }) : t('tier.itemAny')
    case 'credit':
      return t('tier.credit', { amount })
    case 'other':
      return ''
  }
}

/** Within which limits a reward is had. */
export function describeTierLimits(tier: TierTerms): readonly string[] {
  const { max_discount_money: max, minimum_amount_money: minimum } = tier
  return [
    ...(max && max.amount > 0 ? [t('tier.max', { amount: money(max) })] : []),
    ...(minimum && minimum.amount > 0 ? [t('tier.minimum', { amount: money(minimum) })] : []),
    ...(tier.valid_days ? [t('tier.valid', { count: tier.valid_days })] : []),
    ...(tier.per_customer ? [t('tier.perCustomer', { count: tier.per_customer })] : []),
    ...(tier.stock === undefined ? [] : [t('tier.stock', { count: tier.stock })]),
  ]
}
