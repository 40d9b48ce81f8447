const significantDigits = 34

/**
 * `sum / count` as decimal text, to 34 significant digits and half to even, as decimal128 has them.
 * `sum` is what a decimal or varint prints: `-1.50`, `12e3`.
 */
export function quotient(sum: string, count: number): string {
  const [, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/iu.exec(sum) ?? []
  const unscaled = BigInt(whole + fraction)
  let scale = fraction.length - Number(exponent)
  const divisor = BigInt(count)
  const extra = Math.max(0, significantDigits + digitsOf(divisor) - digitsOf(unscaled))
  let result = divideToEven(unscaled * 10n ** BigInt(extra), divisor)
  scale += extra
  while (scale > 0 && result % 10n === 0n) {
    result /= 10n
    scale--
  }
  return `${result}e${-scale}`
}

function digitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString().length
}

function divideToEven(dividend: bigint, divisor: bigint): bigint {
  const down = dividend / divisor
  const rest = dividend % divisor
  const twice = 2n * (rest < 0n ? -rest : rest)
  const isUp = twice > divisor || (twice === divisor && down % 2n !== 0n)
  return isUp ? down + (dividend < 0n ? -1n : 1n) : down
}
