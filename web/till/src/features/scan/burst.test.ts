import { describe, expect, it } from 'vitest'
import { Burst, scanned, type Stroke } from './burst'

const CODE = '0123456789ABCDEFGHJKMNPQRS'
const CARD = `HABITUE:${CODE}`

/** American key places, as a scanner presses them. */
function placeOf(character: string): { code: string; shift: boolean } {
  if (character === ':') return { code: 'Semicolon', shift: true }
  if (/\d/.test(character)) return { code: `Digit${character}`, shift: false }
  return { code: `Key${character.toUpperCase()}`, shift: character !== character.toLowerCase() }
}

/** What a French computer makes of American key places. */
const AZERTY: Record<string, string> = {
  ...Object.fromEntries([...'1234567890'].map((digit, i) => [digit, [...'&é"\'(-è_çà'][i] ?? ''])),
  ...{ a: 'q', q: 'a', z: 'w', w: 'z', m: ',', A: 'Q', Q: 'A', Z: 'W', W: 'Z', M: '?', ':': 'M' },
}

const scan = (text: string, layout: Record<string, string> = {}, gap_ms = 4): Stroke[] =>
  [...text].map((character, i) => ({
    key: layout[character] ?? character,
    ...placeOf(character),
    at_ms: 1000 + i * gap_ms,
  }))

function play(strokes: readonly Stroke[], enter_ms: number): readonly Stroke[] | undefined {
  const burst = new Burst()
  for (const stroke of strokes) burst.add(stroke)
  return burst.end(enter_ms)
}

describe('a scanner', () => {
  it('is told by its speed, and ends with Enter', () => {
    const strokes = scan(CARD)
    const last_ms = strokes.at(-1)?.at_ms ?? 0
    expect(play(strokes, last_ms + 4)).toEqual(strokes)
    expect(play(strokes, last_ms + 49)).toEqual(strokes)
    expect(play(strokes, last_ms + 50)).toBeUndefined()
  })

  it('is not a person who types', () => {
    expect(play(scan(CARD, {}, 50), 1000 + CARD.length * 50)).toBeUndefined()
  })

  it('is not a quick hand on the keypad', () => {
    expect(play(scan('1250', {}, 20), 1080)).toBeUndefined()
  })

  it('starts anew after a pause, and forgets what a finger typed before', () => {
    const finger: Stroke = { key: '1', code: 'Digit1', shift: false, at_ms: 900 }
    const strokes = scan(CARD)
    expect(play([finger, ...strokes], 1000 + CARD.length * 4)).toEqual(strokes)
  })

  it('is read once', () => {
    const burst = new Burst()
    for (const stroke of scan(CARD)) burst.add(stroke)
    expect(burst.end(1000 + CARD.length * 4)).toBeDefined()
    expect(burst.end(1001 + CARD.length * 4)).toBeUndefined()
  })
})

/** The code of a card; undefined when it was something else. */
function cardCodeOf(strokes: readonly Stroke[]): string | undefined {
  const found = scanned(strokes)
  return found.kind === 'card' ? found.code : undefined
}

describe('the code of a card', () => {
  it('is read from a keyboard that agrees with the scanner', () => {
    expect(cardCodeOf(scan(CARD))).toBe(CODE)
    expect(cardCodeOf(scan(CARD.toLowerCase()))).toBe(CODE)
  })

  it('is read on a French keyboard from an American scanner', () => {
    const garbled = scan(CARD, AZERTY)
    expect(garbled.map(({ key }) => key).join('')).toContain('HQBITUEM')
    expect(cardCodeOf(garbled)).toBe(CODE)
  })

  it('is read on a French keyboard from a French scanner', () => {
    const french = scan(CARD).map((stroke) =>
      stroke.key === 'A' ? { ...stroke, code: 'KeyQ' } : stroke,
    )
    expect(cardCodeOf(french)).toBe(CODE)
  })

  it('is read where the browser knows no places', () => {
    expect(cardCodeOf(scan(CARD).map((stroke) => ({ ...stroke, code: '' })))).toBe(CODE)
  })

  it('is nothing else', () => {
    for (const text of ['3017620422003', 'HABITUE:SHORT', `${CARD}9`, 'https://example.org/x'])
      expect(cardCodeOf(scan(text))).toBeUndefined()
  })
})

describe('what else is scanned', () => {
  const french = { ...AZERTY, R: 'R', N: 'N' }

  it('is a reward or a credit note, on any keyboard', () => {
    expect(scanned(scan(`HABITUE:R:${CODE}`))).toEqual({ kind: 'reward', code: CODE })
    expect(scanned(scan(`HABITUE:N:${CODE}`, french))).toEqual({ kind: 'note', code: CODE })
    expect(scanned(scan(`HABITUE:X:${CODE}`)).kind).toBe('other')
  })

  it('is an article’s barcode, read both ways', () => {
    const found = scanned(scan('3017620422003', AZERTY))
    expect(found.kind === 'other' && found.readings).toContain('3017620422003')
  })
})
