import { expect, test } from 'vitest'
import type { Program } from '../../appApi'
import { expiringSoon, isStamped, progressOf } from './progress'

function programOf(type: Program['type'], ...costs: number[]): Program {
  return {
    id: 'prg_1',
    name: 'Points',
    type,
    terminology: { one: 'point', other: 'points' },
    is_main: true,
    reward_tiers: costs.map((points) => ({ id: `tie_${points}`, name: `${points}`, points })),
  }
}

test('the nearest reward is next, and the dearest that is reached comes first', () => {
  const { reached, next, missing } = progressOf(programOf('points', 150, 20, 50), 64)
  expect(reached.map(({ points }) => points)).toEqual([50, 20])
  expect(next?.points).toBe(150)
  expect(missing).toBe(86)
})

test('exactly enough is reached', () => {
  const { reached, next } = progressOf(programOf('points', 20), 20)
  expect(reached).toHaveLength(1)
  expect(next).toBeUndefined()
})

test('a balance below zero, and a program without rewards, have a way to go and no way', () => {
  expect(progressOf(programOf('points', 20), -5).missing).toBe(25)
  expect(progressOf(programOf('points'), 5)).toEqual({ reached: [], next: undefined, missing: 0 })
})

test('stamps are drawn when they are stamps, and few enough to be seen', () => {
  expect(isStamped(programOf('stamps', 10), 10)).toBe(true)
  expect(isStamped(programOf('stamps', 40), 40)).toBe(false)
  expect(isStamped(programOf('points', 10), 10)).toBe(false)
})

test('what ends is told inside its notice, and not before', () => {
  const now = Date.parse('2026-11-22T10:00:00Z')
  const told = { points: 5, expires_at: '2027-01-31T00:00:00Z', notice_at: '2026-11-22T10:00:00Z' }
  const later = { ...told, notice_at: '2026-11-22T10:00:01Z' }
  const soon = { points: 5, expires_at: '2027-01-10T00:00:00Z' }
  const far = { points: 5, expires_at: '2027-02-10T00:00:00Z' }
  expect(expiringSoon([told, later, soon, far], now)).toEqual([told, soon])
})
