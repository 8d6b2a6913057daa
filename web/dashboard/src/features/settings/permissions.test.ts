import { expect, test } from 'vitest'
import { mayGive, permissionGroups, toggled } from './permissions'

test('what cannot be used alone comes with what it needs, and leaves with it', () => {
  const refunds = toggled([], 'SALES_REFUND')
  expect(refunds.sort()).toEqual(['SALES', 'SALES_REFUND'])
  expect(toggled(refunds, 'SALES')).toEqual([])
  expect(toggled(refunds, 'SALES_REFUND')).toEqual(['SALES'])
})

test('nobody gives what they lack', () => {
  const cashier = (name: string): boolean => name === 'SALES'
  expect(mayGive(['SALES'], cashier)).toBe(true)
  expect(mayGive(['SALES', 'SALES_REFUND'], cashier)).toBe(false)
})

test('every permission stands in one group', () => {
  const names = permissionGroups().flatMap(({ permissions }) => permissions.map(({ name }) => name))
  expect(new Set(names).size).toBe(names.length)
  expect(names).toHaveLength(16)
})
