import { describe, expect, it } from 'vitest'
import css from './tokens.css?raw'

type Tokens = Record<string, string>

function tokensOf(block: string): Tokens {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]),
  )
}

function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const [lightCss = '', darkCss = ''] = css.split('prefers-color-scheme: dark')
const themes: [string, Tokens][] = [
  ['light', tokensOf(lightCss)],
  ['dark', tokensOf(darkCss)],
]

const TEXT: [string, string][] = [
  ['ink', 'paper'],
  ['ink', 'paper-raised'],
  ['ink', 'paper-sunk'],
  ['ink-soft', 'paper'],
  ['ink-soft', 'paper-raised'],
  ['ink-soft', 'paper-sunk'],
  ['accent', 'paper'],
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-pressed'],
  ['accent', 'paper-raised'],
  ['accent', 'paper-sunk'],
  ['accent', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['ink-soft', 'accent-soft'],
  ['earned-ink', 'paper-raised'],
  ['earned-ink', 'earned-soft'],
  ['ink', 'earned-soft'],
  ['earned-ink', 'paper'],
  ['on-earned', 'earned'],
  ['danger', 'paper'],
  ['danger', 'paper-raised'],
  ['danger', 'danger-paper'],
  ['danger-ink', 'danger'],
  ['danger-ink', 'danger-pressed'],
  ['ink', 'danger-paper'],
  ['ink', 'warn-paper'],
  ['warn', 'paper'],
  ['warn', 'warn-paper'],
]
const CONTROLS: [string, string][] = [
  ['line-strong', 'paper'],
  ['line-strong', 'paper-raised'],
  ['earned-edge', 'paper'],
  ['focus', 'paper'],
  ['focus', 'paper-raised'],
  ['focus', 'accent-soft'],
]

describe.each(themes)('%s colours can be read', (_, tokens) => {
  const colour = (role: string): string => {
    expect(tokens).toHaveProperty(role)
    return tokens[role] ?? ''
  }
  const pair = ([one, other]: [string, string]): number => contrast(colour(one), colour(other))
  it.each(TEXT)('text %s on %s', (...colours) => expect(pair(colours)).toBeGreaterThanOrEqual(4.5))
  it.each(CONTROLS)('control %s on %s', (...colours) =>
    expect(pair(colours)).toBeGreaterThanOrEqual(3),
  )
})
