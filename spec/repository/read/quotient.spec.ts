import { assert, bigInt, integer, property } from 'fast-check'
import { quotient } from '../../../lib/repository/read/quotient'

it.each([
  ['3', 2, '15e-1'],
  ['-3', 2, '-15e-1'],
  ['-0.5', 1, '-5e-1'],
  ['0', 7, '0e0'],
  ['1.50', 1, '15e-1'],
  ['6', 3, '2e0'],
  ['12e3', 5, '2400e0'],
  ['1', 3, '3333333333333333333333333333333333e-34'],
  ['2', 3, '6666666666666666666666666666666667e-34'],
  ['100000000000000000001', 2, '500000000000000000005e-1'],
])('%s / %d is %s', (sum, count, expected) => {
  expect(Number(quotient(sum, count))).toBeCloseTo(Number(sum) / count, 10)
  expect(quotient(sum, count)).toBe(expected)
})

it('gives back what was divided when nothing is left over', () => {
  assert(
    property(bigInt(-(10n ** 40n), 10n ** 40n), integer({ min: 1, max: 1e9 }), (mean, count) => {
      const [digits = '', exponent = ''] = quotient(String(mean * BigInt(count)), count).split('e')
      expect(BigInt(digits) * 10n ** BigInt(exponent)).toBe(mean)
    }),
  )
})
