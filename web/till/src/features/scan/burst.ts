// A barcode scanner is a keyboard that types too fast for fingers. This tells its bursts from typing.

export interface Stroke {
  readonly key: string
  /** The place on the keyboard, whatever is printed there; '' when the browser does not know it. */
  readonly code: string
  readonly shift: boolean
  readonly at_ms: number
}

/** Keys of one burst are never further apart. */
export const GAP_MS = 50
/** Shorter bursts are fingers: two thumbs on a keypad are fast, too. */
export const LENGTH_MIN = 8
const LENGTH_MAX = 200

/** The strokes of the moment: each closer to the one before than a finger could. */
export class Burst {
  strokes: Stroke[] = []

  /** Whether this stroke goes on with the burst; otherwise it is the first of a new one. */
  add(stroke: Stroke): boolean {
    const goesOn = this.isGoingOn(stroke.at_ms) && this.strokes.length < LENGTH_MAX
    this.strokes = goesOn ? [...this.strokes, stroke] : [stroke]
    return goesOn
  }

  isGoingOn(at_ms: number): boolean {
    const last = this.strokes.at(-1)
    return last !== undefined && at_ms - last.at_ms < GAP_MS
  }

  /** Enter came: the strokes of a scan, or undefined when these were fingers. */
  end(at_ms: number): readonly Stroke[] | undefined {
    const isScan = this.isGoingOn(at_ms) && this.strokes.length >= LENGTH_MIN
    return isScan ? this.take() : undefined
  }

  /** The strokes, no longer kept here. */
  take(): readonly Stroke[] {
    const strokes = this.strokes
    this.strokes = []
    return strokes
  }
}

/** What the stroke is on the keyboard that scanners believe to be at: the American one. */
function atItsPlace({ key, code, shift }: Stroke): string {
  const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code)?.[1]
  if (place) return /\d/.test(place) && shift && code.startsWith('Digit') ? key : place
  return code === 'Semicolon' && shift ? ':' : key
}

/** What a burst may say: by what is printed on the keys, and by where they are. */
export function readings(strokes: readonly Stroke[]): readonly string[] {
  return [strokes.map(({ key }) => key).join(''), strokes.map(atItsPlace).join('')]
}

/** What a scan was of: a customer's card, a reward, a credit note; otherwise an article's barcode. */
export type Scanned =
  | { readonly kind: 'card' | 'reward' | 'note'; readonly code: string }
  | { readonly kind: 'other'; readonly readings: readonly string[] }

const OURS = /^HABITUE:(?:([RN]):)?([0-9A-Z]{26})$/
const KINDS = { R: 'reward', N: 'note' } as const

export function scanned(strokes: readonly Stroke[]): Scanned {
  const texts = readings(strokes).map((text) => text.trim())
  for (const text of texts) {
    const [, kind, code] = OURS.exec(text.toUpperCase()) ?? []
    if (code) return { kind: kind ? KINDS[kind as keyof typeof KINDS] : 'card', code }
  }
  return { kind: 'other', readings: texts }
}
