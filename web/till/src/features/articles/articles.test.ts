import { describe, expect, it } from 'vitest'
import type { Item } from '../../tillApi'
import { categoriesOf, groupsOf, priceOf, search } from './articles'

const euros = (amount: number) => ({ amount, currency: 'EUR' })
const item = (name: string, category = '', prices: readonly (number | null)[] = [100]): Item => ({
  id: name,
  name,
  category: category ? { id: `cat_${category}`, name: category } : null,
  variations: prices.map((amount, i) => ({
    id: `${name}_${i}`,
    name: '',
    price_money: amount === null ? null : euros(amount),
  })),
})
const names = (items: readonly { name: string }[]): string[] => items.map(({ name }) => name)

const ITEMS = [
  item('Tarte aux pommes', 'Desserts'),
  item('Éclair au café', 'Desserts'),
  item('Baguette', 'Pains'),
  item('Pain au chocolat', 'Viennoiseries'),
  item('Café'),
  item('قهوة'),
]

describe('finding an article', () => {
  it('forgives accents, capitals and half words', () => {
    expect(names(search(ITEMS, 'ECL'))).toEqual(['Éclair au café'])
    expect(names(search(ITEMS, 'au ca'))).toEqual(['Éclair au café'])
    expect(names(search(ITEMS, 'قه'))).toEqual(['قهوة'])
  })

  it('shows first what begins so', () => {
    expect(names(search(ITEMS, 'cafe'))).toEqual(['Café', 'Éclair au café'])
  })

  it('shows all of nothing, and nothing of what is not there', () => {
    expect(search(ITEMS, '  ')).toBe(ITEMS)
    expect(search(ITEMS, 'xyz')).toEqual([])
    expect(search([], 'a')).toEqual([])
  })
})

describe('a price on a key', () => {
  it('is the only one, the lowest of several, or told at the till', () => {
    expect(priceOf(item('Café', '', [150]))).toEqual({ price: euros(150), isFrom: false })
    expect(priceOf(item('Café', '', [250, 150]))).toEqual({ price: euros(150), isFrom: true })
    expect(priceOf(item('Café', '', [150, 150]))).toEqual({ price: euros(150), isFrom: false })
    expect(priceOf(item('Fromage', '', [null]))).toBeUndefined()
  })
})

describe('the keys', () => {
  it('stand by category, and what has none at the end', () => {
    expect(categoriesOf(ITEMS)).toEqual(['Desserts', 'Pains', 'Viennoiseries'])
    expect(groupsOf(ITEMS).map(({ category, items }) => [category, items.length])).toEqual([
      ['Desserts', 2],
      ['Pains', 1],
      ['Viennoiseries', 1],
      ['', 2],
    ])
    expect(groupsOf([])).toEqual([])
  })
})
