import { describe, expect, it } from 'vitest'
import { brandOf, PAPERS, type Accent, type Theme } from './brand'
import { contrast, hexFrom, lchOf, normalHex } from './colour'
import css from './tokens.css?raw'

const channel = (value: number): string => value.toString(16).padStart(2, '0')

/** Colours all over the cube, with its corners: 1331 of them. */
function everyColour(): string[] {
  const steps = Array.from({ length: 11 }, (_, i) => Math.round((i * 255) / 10))
  return steps.flatMap((r) =>
    steps.flatMap((g) => steps.map((b) => `#${channel(r)}${channel(g)}${channel(b)}`)),
  )
}

function problemsOf(accent: Accent, theme: Theme): string[] {
  const { paper, raised, sunk, ink } = PAPERS[theme]
  const pairs: [string, string, string, number][] = [
    ['accent on paper', accent.accent, paper, 4.5],
    ['accent on raised', accent.accent, raised, 4.5],
    ['accent on sunk', accent.accent, sunk, 4.5],
    ['ink on accent', accent.ink, accent.accent, 4.5],
    ['ink on pressed', accent.ink, accent.pressed, 4.5],
    ['accent on soft', accent.accent, accent.soft, 4.5],
    ['text on soft', ink, accent.soft, 4.5],
    ['focus on paper', accent.focus, paper, 3],
    ['focus on raised', accent.focus, raised, 3],
  ]
  return pairs
    .filter(([, one, other, least]) => contrast(one, other) < least)
    .map(([what, one, other]) => `${what}: ${one} ${other} ${contrast(one, other).toFixed(2)}`)
}

describe('a merchant’s colour can be read, whichever it is', () => {
  it.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
    for (const colour of everyColour()) {
      const brand = brandOf(colour)
      expect(brand && problemsOf(brand[theme], theme), colour).toEqual([])
    }
  })

  it('as a surface, with its ink', () => {
    for (const colour of everyColour()) {
      const brand = brandOf(colour)
      expect(contrast(brand?.brand ?? '', brand?.brandInk ?? ''), colour).toBeGreaterThanOrEqual(
        4.5,
      )
    }
  })

  it('and pressing it is seen', () => {
    for (const colour of everyColour()) {
      const brand = brandOf(colour)
      expect(brand?.light.pressed, colour).not.toBe(brand?.light.accent)
    }
  })
})

describe('a merchant’s colour stays itself', () => {
  it('when it can be read as it is', () => {
    expect(brandOf('#8a3b12')?.light.accent).toBe('#8a3b12')
    expect(brandOf('#8a3b12')?.isMoved).toBe(false)
  })

  it('in its hue when it had to be moved', () => {
    for (const colour of ['#ffd500', '#f06292', '#00bcd4', '#7ed321', '#c0a2ff']) {
      const brand = brandOf(colour)
      expect(brand?.isMoved).toBe(true)
      for (const accent of [brand?.light.accent, brand?.dark.accent]) {
        const turn = Math.abs(lchOf(accent ?? '').h - lchOf(colour).h)
        expect(Math.min(turn, 2 * Math.PI - turn), `${colour} ${accent}`).toBeLessThan(0.12)
      }
    }
  })

  it('grey stays grey', () =>
    expect(lchOf(brandOf('#808080')?.dark.accent ?? '').c).toBeLessThan(0.01))
})

describe('a colour', () => {
  it.each([
    ['#ABC', '#aabbcc'],
    [' 8A3b12 ', '#8a3b12'],
    ['green', undefined],
    ['#12345', undefined],
    ['', undefined],
    ['#8a3b12;}', undefined],
  ])('%s is %s', (text, hex) => expect(normalHex(text)).toBe(hex))

  it('that is none gives no brand', () => expect(brandOf('url(x)')).toBeUndefined())

  it('comes back from its lightness, chroma and hue', () => {
    for (const colour of everyColour()) {
      const again = hexFrom(lchOf(colour))
      for (const at of [1, 3, 5]) {
        const apart = parseInt(again.slice(at, at + 2), 16) - parseInt(colour.slice(at, at + 2), 16)
        expect(Math.abs(apart), `${colour} ${again}`).toBeLessThanOrEqual(2)
      }
    }
  })
})

it('the papers are those of tokens.css', () => {
  const [light = '', dark = ''] = css.split('prefers-color-scheme: dark')
  for (const [theme, text] of [
    ['light', light],
    ['dark', dark],
  ] as const) {
    const role = (name: string): string | undefined =>
      new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(text)?.[1]
    expect(PAPERS[theme]).toEqual({
      paper: role('paper'),
      raised: role('paper-raised'),
      sunk: role('paper-sunk'),
      ink: role('ink'),
    })
  }
})
