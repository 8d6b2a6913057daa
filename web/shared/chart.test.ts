import { describe, expect, it } from 'vitest'
import { ROOM, Scale, ticksOf } from './chart'

const days = (values: number[]): { day: string; value: number }[] =>
  values.map((value, i) => ({ day: `2026-11-${String(i + 1).padStart(2, '0')}`, value }))

describe('the figures behind a chart', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 25, 50, 75, 100]],
    [843, [0, 250, 500, 750, 1000]],
    [70_000, [0, 20_000, 40_000, 60_000, 80_000]],
  ])('up to %i', (most, ticks) => expect(ticksOf(most)).toEqual(ticks))

  it('are whole, few, and reach the highest value', () => {
    for (let most = 1; most < 100_000; most = Math.ceil(most * 1.07)) {
      const ticks = ticksOf(most)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most)
      expect(ticks.length).toBeLessThanOrEqual(7)
      expect(ticks.every(Number.isInteger)).toBe(true)
    }
  })
})

describe('where things stand', () => {
  it('inside the drawing, whatever its width and however many days', () => {
    for (const count of [1, 2, 7, 30, 400])
      for (const width of [280, 600, 1200]) {
        const scale = new Scale(days(Array.from({ length: count }, (_, i) => i)), width, 200)
        expect(scale.x(0)).toBeGreaterThanOrEqual(ROOM.left)
        expect(scale.x(count - 1)).toBeLessThanOrEqual(width - ROOM.right)
        expect(scale.y(count - 1)).toBeGreaterThanOrEqual(ROOM.top)
      }
  })

  it('a day is found under the finger that points at it', () => {
    const scale = new Scale(days(Array.from({ length: 30 }, () => 1)), 600, 200)
    for (let i = 0; i < 30; i += 1) expect(scale.at(scale.x(i))).toBe(i)
    expect(scale.at(-50)).toBe(0)
    expect(scale.at(5000)).toBe(29)
  })

  it('a day without anything has no bar', () => {
    const scale = new Scale(days([0, 5]), 600, 200)
    expect(scale.bar(0)).toBe('')
    expect(scale.bar(1)).toMatch(/^M/)
  })

  it('no days draw nothing', () => {
    const scale = new Scale([], 600, 200)
    expect([scale.line, scale.area]).toEqual(['', ''])
  })

  it('the last day is always named', () => {
    const scale = new Scale(days(Array.from({ length: 30 }, () => 1)), 300, 200)
    expect(scale.named(76).at(-1)).toBe(29)
    expect(scale.named(76).length).toBeLessThan(5)
  })
})
