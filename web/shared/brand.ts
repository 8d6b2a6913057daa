// A merchant's colour in place of our green. It is moved as little as reading allows: darker on light
// paper, lighter on dark paper, the hue kept. `--brand` is the colour as it is, for large surfaces.
import { contrast, hexFrom, lchOf, luminance, mix, normalHex, type Lch } from './colour'

/** The papers of tokens.css that an accent must be read on; brand.test.ts compares them. */
export const PAPERS = {
  light: { paper: '#f8f2e7', raised: '#fffcf6', sunk: '#efe6d6', ink: '#211b14' },
  dark: { paper: '#16130e', raised: '#221d16', sunk: '#0f0d09', ink: '#f5ecdd' },
} as const
export type Theme = keyof typeof PAPERS

const TEXT_MIN = 4.5
const STEP = 0.005
/** Darkest and lightest ink on a surface of the brand's colour. */
const INKS = ['#1c160f', '#fffcf6', '#000000', '#ffffff']

export interface Accent {
  readonly accent: string
  readonly pressed: string
  readonly ink: string
  readonly soft: string
  readonly focus: string
}

export interface Brand {
  readonly brand: string
  readonly brandInk: string
  readonly light: Accent
  readonly dark: Accent
  /** The colour alone could not be read on light paper: buttons and links show a neighbour of it. */
  readonly isMoved: boolean
}

function readsOn(colour: string, papers: readonly string[]): boolean {
  return papers.every((paper) => contrast(colour, paper) >= TEXT_MIN)
}

/** The first colour on the way to black or white that can be read on all of these papers. */
function readable(wanted: Lch, papers: readonly string[], direction: 1 | -1): string {
  for (let l = wanted.l; l >= 0 && l <= 1; l += direction * STEP) {
    const colour = hexFrom({ ...wanted, l })
    if (readsOn(colour, papers)) return colour
  }
  return direction < 0 ? '#000000' : '#ffffff'
}

/** Paper with as much of the accent in it as still lets the accent be read on it. */
function softOf(accent: string, under: string, most: number): string {
  for (let share = most; share > 0; share -= 0.01) {
    const soft = mix(accent, under, share)
    if (contrast(accent, soft) >= TEXT_MIN) return soft
  }
  return under
}

function lightAccent(wanted: Lch): Accent {
  const { paper, raised, sunk } = PAPERS.light
  const accent = readable(wanted, [paper, raised, sunk], -1)
  const { l, c, h } = lchOf(accent)
  // What is nearly black gets lighter under the finger, as far as its ink can still be read.
  const pressed =
    l > 0.3 ? hexFrom({ l: l - 0.09, c, h }) : readable({ l: l + 0.12, c, h }, [raised], -1)
  return { accent, pressed, ink: raised, soft: softOf(accent, paper, 0.12), focus: pressed }
}

function darkAccent(wanted: Lch): Accent {
  const { paper, raised, sunk } = PAPERS.dark
  const accent = readable({ ...wanted, l: Math.max(wanted.l, 0.72) }, [paper, raised, sunk], 1)
  const { l, c, h } = lchOf(accent)
  const pressed = hexFrom({ l: Math.min(0.97, l + 0.07), c: c * 0.85, h })
  const ink = readable({ l: 0.24, c: Math.min(c, 0.05), h }, [accent, pressed], -1)
  return { accent, pressed, ink, soft: softOf(accent, raised, 0.14), focus: pressed }
}

/** All that the apps need of one colour. Undefined when the text is no colour. */
export function brandOf(hex: string): Brand | undefined {
  const brand = normalHex(hex)
  if (!brand) return undefined
  const wanted = lchOf(brand)
  const light = lightAccent(wanted)
  const inks = luminance(brand) > 0.3 ? INKS : [INKS[1], INKS[3], INKS[0], INKS[2]]
  const brandInk = inks.find((ink) => contrast(ink ?? '', brand) >= TEXT_MIN) ?? '#000000'
  return { brand, brandInk, light, dark: darkAccent(wanted), isMoved: light.accent !== brand }
}

function rulesOf({ accent, pressed, ink, soft, focus }: Accent): string {
  return `--accent:${accent};--accent-pressed:${pressed};--accent-ink:${ink};--accent-soft:${soft};--focus:${focus}`
}

let sheet: CSSStyleSheet | undefined

/**
 * Shows a merchant's colour, or our green again. It lives in a style sheet of the page's own, which
 * the content security policy allows; a browser without such sheets keeps the green.
 */
export function applyBrand(hex: string | undefined): void {
  const brand = hex === undefined ? undefined : brandOf(hex)
  if (!('adoptedStyleSheets' in document)) return
  if (!sheet) {
    sheet = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  }
  sheet.replaceSync(
    brand
      ? `:root{--brand:${brand.brand};--brand-ink:${brand.brandInk};${rulesOf(brand.light)}}` +
          `@media (prefers-color-scheme:dark){:root{${rulesOf(brand.dark)}}}`
      : '',
  )
}
