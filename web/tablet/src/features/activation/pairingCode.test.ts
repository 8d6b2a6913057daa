import { expect, it } from 'vitest'
import { codeKeys, formatCode } from './pairingCode'

it.each([
  ['7kq2m9xd', '7KQ2-M9XD'],
  ['7KQ2-M9XD', '7KQ2-M9XD'],
  [' 7kq2 m9xd ', '7KQ2-M9XD'],
  ['7kq2', '7KQ2'],
  ['7kq2-', '7KQ2'],
  ['7kq2m', '7KQ2-M'],
  ['7KQ2-M9XD-TOO-LONG', '7KQ2-M9XD'],
  ['é—!', ''],
])('%s is shown as %s', (typed, shown) => expect(formatCode(typed)).toBe(shown))

it('the dash is no part of the code', () => expect(codeKeys('7kq2-m9xd')).toBe('7KQ2M9XD'))
