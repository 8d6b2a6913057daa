import { afterEach, describe, expect, it } from 'vitest'
import { createCatalogue, languageFrom, say, setLanguage, type Words } from './catalogue.svelte'
import { en as startEn } from './start/en'
import { es as startEs } from './start/es'
import { fr as startFr } from './start/fr'
import { errorText } from './tablet'
import { en } from './tablet/en'
import { es } from './tablet/es'
import { fr } from './tablet/fr'

afterEach(() => setLanguage('fr'))

describe('a text', () => {
  it('takes its values', () =>
    expect(say('{a} et {b}', { a: 'un', b: 'deux' }, 'fr')).toBe('un et deux'))
  it('writes numbers as the language does', () =>
    expect(say('{n}', { n: 12_345 }, 'en')).toBe('12,345'))
  it('never ends a French line before its colon or inside its guillemets', () => {
    expect(say('« {a} » : prêt ?', { a: 'b : c' }, 'fr')).toBe(
      '«\u00a0b : c\u00a0»\u00a0: prêt\u00a0?',
    )
    expect(say('{a} : ready', { a: 'b' }, 'en')).toBe('b : ready')
  })
  it('keeps braces in a value', () => expect(say('{a}', { a: '{b}', b: 'no' }, 'fr')).toBe('{b}'))
  it('chooses its form by the language’s own rule', () => {
    const forms = { one: '{count} achat', other: '{count} achats' }
    expect(say(forms, { count: 0 }, 'fr')).toBe('0 achat')
    expect(say(forms, { count: 0 }, 'en')).toBe('0 achats')
    expect(say(forms, { count: 2 }, 'es')).toBe('2 achats')
  })
})

describe('a language', () => {
  it('is the first one wanted that we speak', () =>
    expect(languageFrom(['de-DE', 'es-MX', 'fr'])).toBe('es'))
  it('is English when we speak none', () => expect(languageFrom(['de', 'zh-TW'])).toBe('en'))
})

describe('a catalogue', () => {
  const { t, find } = createCatalogue({
    fr: { hi: 'Bonjour' },
    en: { hi: 'Hello' },
    es: { hi: 'Hola' },
  })

  it('speaks the language chosen', () => {
    expect(t('hi')).toBe('Bonjour')
    setLanguage('es')
    expect(t('hi')).toBe('Hola')
  })

  it('has no text for what is no key', () => {
    expect(find('constructor')).toBeUndefined()
    expect(find('')).toBeUndefined()
  })

  it('has words for an error that nobody foresaw', () => {
    expect(errorText('SOMETHING_NEW')).toBe(fr['error.other'])
    expect(errorText('PHONE_NUMBER_INVALID')).toBe(fr['error.PHONE_NUMBER_INVALID'])
  })
})

describe('every language is complete', () => {
  const all: [string, Words, Words][] = [
    ['tablet en', fr, en],
    ['tablet es', fr, es],
    ['start en', startFr, startEn],
    ['start es', startFr, startEs],
  ]
  it.each(all)('%s', (_, original, translation) => {
    expect(Object.keys(translation).sort()).toEqual(Object.keys(original).sort())
  })
})
