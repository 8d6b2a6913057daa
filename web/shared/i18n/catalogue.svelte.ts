// Words in three languages. A text is a string, or the forms that a counted thing takes; `{name}` is
// replaced by a value. The French catalogue decides the keys; the compiler refuses a missing one,
// and tools/check-words.mjs refuses one that nothing uses.

export const LANGUAGES = ['fr', 'en', 'es'] as const
export type Language = (typeof LANGUAGES)[number]

/** Forms chosen by Intl.PluralRules from the value `count`. */
export interface Forms {
  readonly one: string
  readonly other: string
}
export type Text = string | Forms
export type Words = Readonly<Record<string, Text>>

type Placeholders<S> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never
type NamesIn<T> = T extends string
  ? Placeholders<T>
  : T extends Forms
    ? 'count' | Placeholders<T['other']>
    : never
type Values<T> = [NamesIn<T>] extends [never] ? [] : [values: Record<NamesIn<T>, string | number>]

/** What a translation must have: the same keys, and forms where the original has forms. */
export type Translation<W extends Words> = {
  readonly [K in keyof W]: W[K] extends string ? string : Forms
}

class Choice {
  language = $state<Language>('fr')
}
const choice = new Choice()

/** The first language of the list that we speak; English when none is. */
export function languageFrom(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language)
    if (found) return found
  }
  return 'en'
}

export function language(): Language {
  return choice.language
}

export function setLanguage(next: Language): void {
  choice.language = next
  if (typeof document !== 'undefined') document.documentElement.lang = next
}

function formOf(text: Text, values: Record<string, string | number>, spoken: Language): string {
  if (typeof text === 'string') return text
  const rule = new Intl.PluralRules(spoken).select(Number(values['count'] ?? 0))
  return rule === 'one' ? text.one : text.other
}

/** French has a space before `:` and inside guillemets; a line never ends there. */
function spaced(text: string, spoken: Language): string {
  if (spoken !== 'fr') return text
  return text.replace(/« /g, '«\u00a0').replace(/ (?=[:;?!»])/g, '\u00a0')
}

/** One text with its values in place. Numbers are written as the language writes them. */
export function say(text: Text, values: Record<string, string | number>, spoken: Language): string {
  return spaced(formOf(text, values, spoken), spoken).replace(
    /\{(\w+)\}/g,
    (whole, name: string) => {
      const value = values[name]
      if (value === undefined) return whole
      return typeof value === 'number' ? new Intl.NumberFormat(spoken).format(value) : value
    },
  )
}

export interface Catalogue<W extends Words> {
  /** The text of a key, in the language chosen. */
  t: <K extends keyof W & string>(key: K, ...values: Values<W[K]>) => string
  /** A text whose key is made while running; undefined when there is none. */
  find: (key: string) => string | undefined
}

/** The words of one app, from its three catalogues. */
export function createCatalogue<const W extends Words>(all: {
  fr: W
  en: Translation<W>
  es: Translation<W>
}): Catalogue<W> {
  const textOf = (key: string): Text | undefined => (all[choice.language] as Words)[key]
  return {
    t: (key, ...values) => say(textOf(key) ?? key, values[0] ?? {}, choice.language),
    find: (key) => {
      const text = Object.hasOwn(all.fr, key) ? textOf(key) : undefined
      return text === undefined ? undefined : say(text, {}, choice.language)
    },
  }
}
