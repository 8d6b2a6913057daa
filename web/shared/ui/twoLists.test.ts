import { describe, expect, it } from 'vitest'
import {
  availableRows,
  chosenRows,
  isFound,
  ROWS_MAX,
  toggle,
  type ChoiceGroup,
  type Picked,
  type Row,
} from './twoLists'

const GROUPS: readonly ChoiceGroup[] = [
  {
    id: 'cat_hot',
    name: 'Boissons chaudes',
    choices: [
      { id: 'var_1', name: 'Café, Petit', note: '1,50 €' },
      { id: 'var_2', name: 'Café, Grand' },
      { id: 'var_3', name: 'Thé à la menthe' },
    ],
  },
  { id: '', name: 'Sans catégorie', choices: [{ id: 'var_4', name: 'Éclair au café' }] },
]
const NOTHING: Picked = { categories: [], items: [] }
const rowsFor = (picked: Picked, typed = ''): readonly Row[] =>
  availableRows(GROUPS, picked, typed).groups.flatMap(({ rows }) => rows)
const names = (rows: readonly Row[]): string[] => rows.map(({ name }) => name)
const row = (id: string, picked: Picked): Row => {
  const found = rowsFor(picked).find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}

describe('looking', () => {
  it('finds by the beginning of any word, without accents', () => {
    expect(isFound('Éclair au café', 'ecl caf')).toBe(true)
    expect(isFound('Éclair au café', 'clair')).toBe(false)
    expect(isFound('Café, Grand', 'grand')).toBe(true)
    expect(isFound('Café', '  ')).toBe(true)
  })

  it('shows a whole category when its name is found, and else the articles', () => {
    expect(names(rowsFor(NOTHING, 'cafe'))).toEqual([
      'Café, Petit',
      'Café, Grand',
      'Éclair au café',
    ])
    expect(names(rowsFor(NOTHING, 'boissons'))).toEqual([
      'Boissons chaudes',
      'Café, Petit',
      'Café, Grand',
      'Thé à la menthe',
    ])
    expect(names(rowsFor(NOTHING, 'chaudes menthe'))).toEqual(['Thé à la menthe'])
    expect(rowsFor(NOTHING, 'zz')).toEqual([])
  })

  it('draws so many rows and counts the others', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ id: `v${i}`, name: `Article ${i}` }))
    const twice = ['a', 'b'].map((id) => ({ id, name: id, choices: many }))
    const { groups, rest } = availableRows(twice, NOTHING, '')
    expect(groups.flatMap(({ rows }) => rows)).toHaveLength(ROWS_MAX)
    expect(rest).toBe(2 * 501 - ROWS_MAX)
  })
})

describe('choosing', () => {
  it('adds and takes away one article', () => {
    const one = toggle(GROUPS, NOTHING, row('var_2', NOTHING))
    expect(one).toEqual({ categories: [], items: ['var_2'] })
    expect(row('var_2', one).isChosen).toBe(true)
    expect(toggle(GROUPS, one, row('var_2', one))).toEqual(NOTHING)
  })

  it('of a whole category takes its articles with it', () => {
    const some: Picked = { categories: [], items: ['var_1', 'var_4'] }
    const whole = toggle(GROUPS, some, row('cat_hot', some))
    expect(whole).toEqual({ categories: ['cat_hot'], items: ['var_4'] })
    expect(row('var_1', whole)).toMatchObject({ isChosen: true, isWithin: true })
    expect(toggle(GROUPS, whole, row('var_1', whole))).toBe(whole)
    expect(toggle(GROUPS, whole, row('cat_hot', whole)).categories).toEqual([])
  })

  it('lists what was chosen, also what the catalog has no longer', () => {
    const picked: Picked = { categories: ['cat_hot'], items: ['var_4', 'var_gone'] }
    expect(chosenRows(GROUPS, picked).map(({ kind, name }) => [kind, name])).toEqual([
      ['category', 'Boissons chaudes'],
      ['item', 'Éclair au café'],
      ['item', ''],
    ])
  })
})
