import { describe, expect, it } from 'vitest'
import {
  add,
  countOf,
  lineTotal,
  LINES_MAX,
  setQuantity,
  totalOf,
  without,
  type Line,
} from './basket'

let made = 0
const line = (unit_minor: number, quantity = 1, item_id?: string): Line => ({
  id: `l${(made += 1)}`,
  name: 'x',
  unit_minor,
  quantity,
  ...(item_id === undefined ? {} : { item_id }),
})

describe('a basket', () => {
  it('comes to the sum of its lines, in whole cents', () => {
    const lines = [line(10, 3), line(115), line(333, 7)]
    expect(lines.map(lineTotal)).toEqual([30, 115, 2331])
    expect(totalOf(lines)).toBe(2476)
    expect(totalOf([])).toBe(0)
  })

  it('never drifts, however many cents there are', () => {
    const lines = Array.from({ length: 100 }, () => line(29, 3))
    expect(totalOf(lines)).toBe(8700) // 0.29 * 3 * 100 is not 87 for a computer's decimals
  })

  it('has one line for an article, and one for each amount', () => {
    let lines: readonly Line[] = []
    for (const next of [line(110, 1, 'i1'), line(110, 2, 'i1'), line(500), line(500)])
      lines = add(lines, next) ?? lines
    expect(lines.map(({ quantity }) => quantity)).toEqual([3, 1, 1])
    expect(totalOf(lines)).toBe(1330)
    expect(countOf(lines)).toBe(5)
  })

  it('does not mix two prices of one article', () => {
    const lines = add([line(110, 1, 'i1')], line(120, 1, 'i1'))
    expect(lines).toHaveLength(2)
  })

  it('takes a discount, but not below nothing', () => {
    const lines = [line(1000)]
    const less = add(lines, line(-300))
    expect(less && totalOf(less)).toBe(700)
    expect(less && countOf(less)).toBe(1)
    expect(add(lines, line(-1001))).toBeUndefined()
    expect(add([], line(-1))).toBeUndefined()
  })

  it('drops a discount with what it was for', () => {
    const bread = line(300)
    const lines = [bread, line(100), line(-250)]
    expect(totalOf(without(lines, bread.id))).toBe(100)
    expect(totalOf(without(lines, lines[1]?.id ?? ''))).toBe(50)
  })

  it('counts from one to 999', () => {
    const bread = line(110, 1, 'i1')
    expect(setQuantity([bread], bread.id, 999)?.[0]?.quantity).toBe(999)
    for (const wrong of [0, -1, 1000, 1.5, NaN])
      expect(setQuantity([bread], bread.id, wrong)).toBeUndefined()
  })

  it('refuses what no server would take', () => {
    const full = Array.from({ length: LINES_MAX }, () => line(1))
    expect(add(full, line(1))).toBeUndefined()
    expect(add([line(999_999_999_999)], line(2))).toBeUndefined()
  })
})
