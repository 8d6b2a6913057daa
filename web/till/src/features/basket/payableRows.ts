// What comes off a sale, as the basket shows it. No markup.
import { money } from '$shared/format'
import { find, t } from '$shared/i18n/till'
import type { Discount, Quote } from '../../tillApi'
import type { Content } from './basket.svelte'
import type { Applied } from './payables'

export interface PayableRow {
  readonly id: string
  readonly kind: Discount['kind']
  readonly name: string
  /** What becomes of it, or why it takes nothing off. */
  readonly text: string
  /** `−1,80 €`; '' when it takes nothing off. */
  readonly amount: string
  /** It was meant to take something off, and does not. */
  readonly isWithout: boolean
  readonly reward?: Applied
}

type Told = Pick<PayableRow, 'id' | 'kind' | 'name'> & { readonly reward?: Applied }

function row(told: Told, quote: Quote | undefined, text: string): PayableRow {
  const discount = quote?.discounts.find(({ id }) => id === told.id)
  const amount = discount?.amount_money.amount ?? 0
  const reason = discount?.reason ?? ''
  return {
    ...told,
    text: reason ? (find(`discount.${reason}`) ?? t('discount.other')) : text,
    amount: discount && amount > 0 ? `−${money(discount.amount_money)}` : '',
    isWithout: reason !== '',
  }
}

export function payableRows(
  { rewards, credit, notes }: Content,
  quote: Quote | undefined,
  currency: string,
): readonly PayableRow[] {
  const balance = (amount: number): string => money({ amount, currency })
  return [
    ...rewards.map((reward) =>
      row({ id: reward.id, kind: 'reward', name: reward.name, reward }, quote, t('basket.reward')),
    ),
    ...(credit
      ? [
          row(
            { id: credit.account_id, kind: 'credit', name: credit.name },
            quote,
            t('basket.credit', { amount: balance(credit.amount_minor) }),
          ),
        ]
      : []),
    ...notes.map(({ id, balance_minor }) =>
      row(
        { id, kind: 'credit_note', name: t('note.name') },
        quote,
        t('basket.note', { amount: balance(balance_minor) }),
      ),
    ),
  ]
}
