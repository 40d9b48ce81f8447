import type { Client, token } from 'cassandra-driver'
import { murmur3 } from './murmur3'

/** The value that the driver accepts as `routingKey`, although its typings name only Buffer. */
type RoutingToken = token.Token

/** Returns the place of a partition key in the ring. */
export type Tokenizer = (partitionKey: Uint8Array) => RoutingToken

type TokenClass = new (value: unknown) => RoutingToken
type Long64 = new (b0: number, b1: number, b2: number, b3: number) => unknown

/**
 * Returns a tokenizer that is faster than the driver's and makes instances of the driver's own token class. Returns
 * undefined if the cluster has another partitioner than murmur3, or if the driver's tokens differ for one of the
 * sample keys; the driver then computes each token itself.
 */
export function tokenizerOf({ metadata }: Client): Tokenizer | undefined {
  try {
    const sample = metadata.newToken('0')
    const Token = sample.constructor as TokenClass
    const Value = (sample.getValue() as object).constructor as Long64
    const make = (high: number, low: number) =>
      new Token(new Value(low, low >>> 16, high, high >>> 16))
    const tokenize: Tokenizer = (partitionKey) => murmur3(partitionKey, make)
    const isAlike = samples.every((key) => {
      const ours = tokenize(key)
      const theirs = metadata.newToken(key)
      return ours.equals(theirs) && ours.toString() === theirs.toString()
    })
    return isAlike ? tokenize : undefined
  } catch {
    return undefined
  }
}

const samples = [0, 1, 4, 9, 16, 31, 32, 48].map((length) =>
  Buffer.from(Array.from({ length }, (_, i) => (i * 89 + length * 37) & 0xff)),
)
