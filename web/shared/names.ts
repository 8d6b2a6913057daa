// Names of people and shops, as they are: long, short, right to left, with or without a family name.

interface Named {
  readonly given_name?: string | undefined
  readonly family_name?: string | undefined
}

/** Given and family name; empty when there is neither. */
export function fullName({ given_name, family_name }: Named): string {
  return [given_name, family_name].filter(Boolean).join(' ').trim()
}

/** Keeps letters of a script that joins them from growing together. */
const APART = '\u200c'

/** One or two letters; an emoji or a sign alone is none. */
export function initials(name: string): string {
  const words = name.split(/[\s\-’']+/u).flatMap((word) => /\p{L}\p{M}*/u.exec(word)?.[0] ?? [])
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1)
  return chosen.join(APART).toLocaleUpperCase()
}

const ISOLATE = '\u2068'
const END = '\u2069'

/** A name inside a sentence: its direction does not turn the words around it. In markup: <bdi>. */
export function isolated(name: string): string {
  return name === '' ? '' : `${ISOLATE}${name}${END}`
}

/** At most this many characters as people count them, with dots where it was cut. */
export function shortened(name: string, most: number): string {
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment)
  return letters.length <= most
    ? name
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
}
