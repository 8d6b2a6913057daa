// What a basket is paid with beside money: rewards, the customer's cashback, credit notes.
import type { Payables } from '../../tillApi'

/** A reward that is handed over when the basket is closed. */
export interface Applied {
  readonly id: string
  readonly name: string
  /** Taken here, for this basket: removing it gives its points back. */
  readonly wasTaken: boolean
  /** Of handing it over. */
  readonly key: string
  /** It changes what is to be paid. */
  readonly isPrice?: boolean
}

/** So much of a cashback balance at most; the sale takes what it needs. */
export interface AppliedCredit {
  readonly account_id: string
  readonly name: string
  readonly amount_minor: number
}

export interface AppliedNote {
  readonly id: string
  readonly code: string
  readonly balance_minor: number
  /** The customer's own: it goes when they go. */
  readonly isTheirs: boolean
}

export interface Paying {
  readonly rewards: readonly Applied[]
  readonly credit?: AppliedCredit
  readonly notes: readonly AppliedNote[]
}

/** Only the server knows what is left to pay. */
export function changesPrice({ rewards, credit, notes }: Paying): boolean {
  return credit !== undefined || notes.length > 0 || rewards.some(({ isPrice }) => isPrice)
}

/** As the API wants it. */
export function payablesOf({ rewards, credit, notes }: Paying, currency: string): Payables {
  return {
    ...(rewards.length > 0 ? { rewards: rewards.map(({ id }) => id) } : {}),
    ...(credit
      ? {
          credit: {
            account_id: credit.account_id,
            amount_money: { amount: credit.amount_minor, currency },
          },
        }
      : {}),
    ...(notes.length > 0 ? { credit_notes: notes.map(({ id }) => ({ id })) } : {}),
  }
}

/** Without what the server refused, told by the name of its field: `sale.rewards[1]`. */
export function withoutRefused(paying: Paying, field: string): Paying {
  const at = (name: string): number =>
    Number(new RegExp(`(?:^|\\.)${name}\\[(\\d+)\\]`).exec(field)?.[1] ?? -1)
  const { credit } = paying
  const isCredit = /(?:^|\.)credit(?:\.|$)/.test(field)
  return {
    ...(credit && !isCredit ? { credit } : {}),
    rewards: paying.rewards.filter((_, i) => i !== at('rewards')),
    notes: paying.notes.filter((_, i) => i !== at('credit_notes')),
  }
}
