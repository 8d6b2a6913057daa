import { describe, expect, it } from 'vitest'
import type { CatalogItem } from './catalog'
import { choicesIn } from './choices'

const item = (
  id: string,
  category_id: string | undefined,
  sizes: readonly string[],
): CatalogItem => ({
  type: 'ITEM',
  id,
  version: 1,
  position: 0,
  item_data: {
    name: id,
    ...(category_id === undefined ? {} : { category_id }),
    variations: sizes.map((name, i) => ({
      id: `${id}_${i}`,
      item_variation_data:
        i === 0 ? { name } : { name, price_money: { amount: 150, currency: 'EUR' } },
    })),
  },
})
const hot = {
  type: 'CATEGORY',
  id: 'cat_1',
  version: 1,
  position: 0,
  category_data: { name: 'Chaud' },
} as const

describe('the catalog as choices', () => {
  it('has variations by category, and at the end what is in none', () => {
    const items = [item('Pain', undefined, ['']), item('Café', 'cat_1', ['Petit', 'Grand'])]
    const groups = choicesIn({ items, categories: [hot], taxes: [] })
    expect(groups.map(({ id, name }) => [id, name])).toEqual([
      ['cat_1', 'Chaud'],
      ['', 'Sans catégorie'],
    ])
    expect(groups[0]?.choices).toEqual([
      { id: 'Café_0', name: 'Café, Petit', note: undefined },
      { id: 'Café_1', name: 'Café, Grand', note: '1,50\u00a0€' },
    ])
    expect(groups[1]?.choices.map(({ name }) => name)).toEqual(['Pain'])
  })

  it('has no rest where everything is in a category', () => {
    const items = [item('Café', 'cat_1', [''])]
    expect(choicesIn({ items, categories: [hot], taxes: [] })).toHaveLength(1)
  })
})
