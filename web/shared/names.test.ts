import { describe, expect, it } from 'vitest'
import { fullName, initials, isolated, shortened } from './names'

describe('initials', () => {
  it.each([
    ['Marie Lefèvre', 'ML'],
    ['Marie', 'M'],
    ['Élodie de la Tour', 'ÉT'],
    ['jean-pierre', 'JP'],
    ['ليلى بن عمر', 'لع'],
    ['🌸 Flore', 'F'],
    ['🌸', ''],
    ['', ''],
    ['1er étage', 'EÉ'],
    ['  Zoé  ', 'Z'],
    ['e\u0301va', 'E\u0301'],
  ])('of %s are %s', (name, letters) => expect(initials(name).replace('\u200c', '')).toBe(letters))

  it('of a script that joins its letters stand apart', () =>
    expect(initials('ليلى عمر')).toBe('ل\u200cع'))
})

describe('a name', () => {
  it('is what is known of it', () => {
    expect(fullName({ given_name: 'Marie', family_name: 'Lefèvre' })).toBe('Marie Lefèvre')
    expect(fullName({ given_name: '', family_name: 'Lefèvre' })).toBe('Lefèvre')
    expect(fullName({})).toBe('')
  })

  it('does not turn the words around it', () => {
    expect(isolated('ليلى')).toBe('\u2068ليلى\u2069')
    expect(isolated('')).toBe('')
  })

  it('is cut between characters as people count them', () => {
    expect(shortened('Maximilienne', 5)).toBe('Maxi…')
    expect(shortened('Zoé', 5)).toBe('Zoé')
    expect(shortened('👩‍👧‍👦👩‍👧‍👦👩‍👧‍👦', 2)).toBe('👩‍👧‍👦…')
    expect(shortened('Anne Marie', 6)).toBe('Anne…')
  })
})
