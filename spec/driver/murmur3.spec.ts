import { createRequire } from 'node:module'
import fc from 'fast-check'
import { murmur3 } from '../../lib/driver/internals/murmur3'

const { Murmur3Tokenizer } = createRequire(__filename)('cassandra-driver/lib/tokenizer') as {
  Murmur3Tokenizer: new () => { hash(bytes: Buffer): { toString(): string } }
}
const tokenizer = new Murmur3Tokenizer()

/** The token as a number. */
const tokenOf = (bytes: Uint8Array): bigint =>
  murmur3(bytes, (high, low) => BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low >>> 0)))

it.each([
  // Known hashes; 0x61 is the key 'a'.
  ['', 0n],
  ['61', -8_839_064_797_231_613_815n],
])('gives the hash of 0x%s', (hex, token) => {
  expect(tokenOf(Buffer.from(hex, 'hex'))).toBe(token)
})

it('gives the token of the driver for keys of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (array) => {
      const bytes = Buffer.from(array)
      expect(String(tokenOf(bytes))).toBe(String(tokenizer.hash(bytes)))
    }),
    { numRuns: 2000 },
  )
})
