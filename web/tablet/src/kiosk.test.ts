import { describe, expect, it } from 'vitest'
import { CornerTaps } from './cornerTaps'
import { leavesPage, type Stroke } from './kiosk'

/** `Ctrl+Shift+P`, `AltGr+@`, `F12` … */
function strokeOf(text: string): Stroke {
  const parts = text.split(/\+(?=.)/)
  const has = (name: string): boolean => parts.slice(0, -1).includes(name)
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: has('Ctrl') || has('AltGr'),
    altKey: has('Alt') || has('AltGr'),
    metaKey: has('Cmd'),
    getModifierState: (name) => name === 'AltGraph' && has('AltGr'),
  }
}

describe('a key', () => {
  it.each([
    ...['F1', 'F3', 'F6', 'F7', 'F10', 'F12', 'BrowserBack', 'BrowserHome', 'ContextMenu'],
    ...['Ctrl+p', 'Ctrl+P', 'Ctrl+l', 'Ctrl+t', 'Ctrl+Enter', 'Ctrl+Tab', 'Ctrl+Shift+I'],
    ...['Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+d', 'Cmd+f', 'Cmd+['],
  ])('%s leads away', (key) => expect(leavesPage(strokeOf(key))).toBe(true))

  it.each([
    ...['a', '5', 'Enter', 'Escape', 'Tab', 'Backspace', 'F5', 'F11', 'BrowserRefresh'],
    ...['Ctrl+c', 'Ctrl+v', 'Ctrl+r', 'Ctrl++', 'Ctrl+-', 'Ctrl+0', 'Ctrl+ArrowLeft', 'Cmd+a'],
    ...['AltGr+@', 'AltGr+€', 'Ctrl+Control'],
  ])('%s works as everywhere', (key) => expect(leavesPage(strokeOf(key))).toBe(false))
})

describe('the corner', () => {
  const WIDTH = 1180
  const tap = (corner: CornerTaps, times: number, x: number, y: number, every_ms = 300): boolean =>
    Array.from({ length: times }, (_, i) => corner.tap(x, y, WIDTH, i * every_ms)).some(Boolean)

  it.each([
    ['left', 10],
    ['right', WIDTH - 10],
  ])('opens at the fifth tap, %s', (_, x) => {
    const corner = new CornerTaps()
    expect(tap(corner, 4, x, 10)).toBe(false)
    expect(corner.tap(x, 10, WIDTH, 1_300)).toBe(true)
  })

  it('does not open for taps elsewhere, or slow ones', () => {
    expect(tap(new CornerTaps(), 20, WIDTH / 2, 10)).toBe(false)
    expect(tap(new CornerTaps(), 20, 10, 400)).toBe(false)
    expect(tap(new CornerTaps(), 20, 10, 10, 1_000)).toBe(false)
  })

  it('begins anew after a tap elsewhere, and after it opened', () => {
    const corner = new CornerTaps()
    tap(corner, 4, 10, 10)
    corner.tap(500, 500, WIDTH, 1_250)
    expect(corner.tap(10, 10, WIDTH, 1_300)).toBe(false)
    const again = new CornerTaps()
    expect(tap(again, 5, 10, 10, 10)).toBe(true)
    expect(tap(again, 4, 10, 10, 10)).toBe(false)
  })
})
