import { describe, expect, it } from 'vitest'
import { categoriesOf, groupsOf, search } from './articles'

const item = (
  name: string,
  category = '',
): { id: string; name: string; category: string } & {
  price_money: { amount: number; currency: string }
} => ({ id: name, name, category, price_money: { amount: 100, currency: 'EUR' } })
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
