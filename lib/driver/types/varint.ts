/** Encodes in two's complement with the fewest bytes, the highest first. */
export function encodeVarint(value: bigint): Buffer {
  const magnitude = value < 0n ? -value - 1n : value
  const length = Math.floor(magnitude.toString(16).length / 2) + 1
  const hex = BigInt.asUintN(8 * length, value)
    .toString(16)
    .padStart(2 * length, '0')
  const bytes = Buffer.from(hex, 'hex')
  const first = bytes[0] ?? 0
  const second = bytes[1]
  const isPadded =
    second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  return isPadded ? bytes.subarray(1) : bytes
}

/** Decodes at least one byte. */
export function decodeVarint(bytes: Buffer, at: number, length: number): bigint {
  return BigInt.asIntN(8 * length, BigInt(`0x${bytes.toString('hex', at, at + length)}`))
}
