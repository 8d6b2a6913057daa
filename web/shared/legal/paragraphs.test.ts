import { describe, expect, it } from 'vitest'
import { partsOf } from './paragraphs'

describe('the parts of a legal text', () => {
  it('are headings, paragraphs with their lines, and lists', () => {
    expect(partsOf('## Qui\nNous,\nici.\n\n- un\n- deux\nEnsuite.\n')).toEqual([
      { kind: 'heading', text: 'Qui' },
      { kind: 'paragraph', text: 'Nous,\nici.' },
      { kind: 'list', points: ['un', 'deux'] },
      { kind: 'paragraph', text: 'Ensuite.' },
    ])
  })

  it('are text, whatever they look like', () => {
    expect(partsOf('<b>x</b>')).toEqual([{ kind: 'paragraph', text: '<b>x</b>' }])
    expect(partsOf('')).toEqual([])
  })
})
