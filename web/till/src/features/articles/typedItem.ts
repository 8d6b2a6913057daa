// What is typed of an article in its form. No markup, no text.
import type { Item, Variation } from '../../tillApi'

/** One price of it, under the name that tells it from the others. */
export interface TypedVariation {
  readonly id: string
  readonly name: string
  readonly sku: string
  readonly amount: number | undefined
}

/** Names a new one until the server does. */
const NEW = '#variation'

export function newVariation(all: readonly TypedVariation[]): TypedVariation {
  const taken = all.map(({ id }) => id)
  let at = all.length
  while (taken.includes(NEW + at)) at += 1
  return { id: NEW + at, name: '', sku: '', amount: undefined }
}

export function typedVariations(item: Item | undefined): readonly TypedVariation[] {
  if (!item) return [newVariation([])]
  return item.variations.map(({ id, name, sku = '', price_money }) => ({
    id,
    name,
    sku,
    amount: price_money?.amount,
  }))
}

export function variationsOf(
  typed: readonly TypedVariation[],
  currency: string,
): readonly Variation[] {
  return typed.map(({ id, name, sku, amount }) => ({
    id,
    name: typed.length > 1 ? name.trim() : '',
    ...(sku ? { sku } : {}),
    price_money: amount === undefined ? null : { amount, currency },
  }))
}
