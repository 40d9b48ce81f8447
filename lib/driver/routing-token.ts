import type { Client, token } from 'cassandra-driver'
import { murmur3 } from './murmur3'

/** What the driver takes as `routingKey`; its typings name Buffer only. */
export type RoutingToken = token.Token

/** From the bytes of a partition key to its place in the ring. */
export type Tokenizer = (partitionKey: Uint8Array) => RoutingToken

interface Long64 {
  new (b0: number, b1: number, b2: number, b3: number): unknown
}

/**
 * Our own tokenizer, in place of the driver's, for the driver's own token class. Undefined where the cluster
 * is not partitioned by murmur3, or where the driver is not as it was when this was written: then nothing
 * is handed to it and it computes the token itself.
 */
export function tokenizerOf({ metadata }: Client): Tokenizer | undefined {
  try {
    const sample = metadata.newToken('0')
    const Token = sample.constructor as new (value: unknown) => RoutingToken
    const Value = (sample.getValue() as object).constructor as Long64 & { readonly name: string }
    if (Token.name !== 'Murmur3Token' || Value.name !== 'MutableLong') return undefined
    const make = (high: number, low: number) =>
      new Token(new Value(low, low >>> 16, high, high >>> 16))
    const tokenize: Tokenizer = (partitionKey) => murmur3(partitionKey, make)
    return probes.every((probe) => {
      const ours = tokenize(probe)
      const theirs = metadata.newToken(probe)
      return ours.equals(theirs) && ours.toString() === theirs.toString()
    })
      ? tokenize
      : undefined
  } catch {
    return undefined
  }
}

/** Keys of different lengths, to see once per client that both tokenizers agree. */
const probes = [0, 1, 4, 9, 16, 31, 32, 48].map((length) =>
  Buffer.from(Array.from({ length }, (_, i) => (i * 89 + length * 37) & 0xff)),
)

/** The serialised form of a partition key: the one component's bytes, or each with its length and a 0. */
export function partitionKeyBytes(components: readonly Buffer[]): Buffer {
  const [only, second] = components
  if (only !== undefined && second === undefined) return only
  const size = components.reduce((sum, { length }) => sum + length + 3, 0)
  const bytes = Buffer.allocUnsafe(size)
  let at = 0
  for (const component of components) {
    at = bytes.writeUInt16BE(component.length, at)
    at += component.copy(bytes, at)
    at = bytes.writeUInt8(0, at)
  }
  return bytes
}
