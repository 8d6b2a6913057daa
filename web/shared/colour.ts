// Colours as people see them: OKLCH keeps the hue while the lightness moves, and WCAG says what can be read.

/** Red, green and blue, each from 0 to 1. */
type Rgb = readonly [number, number, number]

/** Lightness from 0 to 1, chroma, and hue in radians. */
export interface Lch {
  readonly l: number
  readonly c: number
  readonly h: number
}

/** `#abc` and `#aabbcc` as six lower-case digits; undefined when it is no colour. */
export function normalHex(text: string): string | undefined {
  const digits = text.trim().replace(/^#/, '').toLowerCase()
  if (/^[0-9a-f]{6}$/.test(digits)) return `#${digits}`
  if (/^[0-9a-f]{3}$/.test(digits)) return `#${digits.replace(/./g, '$&$&')}`
  return undefined
}

function rgbOf(hex: string): Rgb {
  const channel = (at: number): number => parseInt(hex.slice(at, at + 2), 16) / 255
  return [channel(1), channel(3), channel(5)]
}

function hexOf(rgb: Rgb): string {
  const channel = (value: number): string =>
    Math.round(Math.min(1, Math.max(0, value)) * 255)
      .toString(16)
      .padStart(2, '0')
  return `#${rgb.map(channel).join('')}`
}

const toLinear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
const fromLinear = (value: number): number =>
  value <= 0.0031308 ? value * 12.92 : 1.055 * Math.max(0, value) ** (1 / 2.4) - 0.055

export function luminance(hex: string): number {
  const [r, g, b] = rgbOf(hex).map(toLinear) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** How far two colours are apart, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

export function lchOf(hex: string): Lch {
  const [r, g, b] = rgbOf(hex).map(toLinear) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const along = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const across = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(along, across),
    h: Math.atan2(across, along),
  }
}

function rgbFrom({ l: lightness, c, h }: Lch): Rgb {
  const [along, across] = [c * Math.cos(h), c * Math.sin(h)]
  const l = (lightness + 0.3963377774 * along + 0.2158037573 * across) ** 3
  const m = (lightness - 0.1055613458 * along - 0.0638541728 * across) ** 3
  const s = (lightness - 0.0894841775 * along - 1.291485548 * across) ** 3
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** The nearest colour that a screen has: of the same lightness and hue, less strong where it must be. */
export function hexFrom(colour: Lch): string {
  const fits = (rgb: Rgb): boolean => rgb.every((value) => value > -0.002 && value < 1.002)
  let c = colour.c
  while (c > 0.004 && !fits(rgbFrom({ ...colour, c }))) c *= 0.94
  return hexOf(rgbFrom({ ...colour, c }))
}

/** Some of one colour laid over another. */
export function mix(over: string, under: string, share: number): string {
  const [top, bottom] = [rgbOf(over), rgbOf(under)]
  const channel = (at: 0 | 1 | 2): number => top[at] * share + bottom[at] * (1 - share)
  return hexOf([channel(0), channel(1), channel(2)])
}
