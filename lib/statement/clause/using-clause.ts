import { type Codec, Refusal } from '../../codec/codec'
import { codecFor } from '../../codec/codec-for'
import { maxTtl } from '../../cql/max-ttl'
import { StatementError } from '../../errors/errors'
import type { UsingRequest } from '../requests'
import type { Marker } from '../statement'

const int = codecFor({ kind: 'native', name: 'int' })
const bigint = codecFor({ kind: 'native', name: 'bigint' })

function integer(codec: Codec, min: number, max: number): Marker['codec'] {
  return {
    type: codec.type,
    check(input) {
      if (!Number.isInteger(input) || (input as number) < min || (input as number) > max) {
        throw new Refusal(`must be a whole number from ${min} to ${max}`)
      }
      return input
    },
    toDriver: (value) => codec.toDriver(value),
    encode: (value) => codec.encode(value),
  }
}

const ttl = integer(int, 0, maxTtl)

/** Microseconds since 1970 as bigint, or a Date. */
const timestamp: Marker['codec'] = {
  type: bigint.type,
  check(input) {
    if (input instanceof Date && !Number.isNaN(input.getTime())) {
      return BigInt(input.getTime()) * 1000n
    }
    if (typeof input !== 'bigint') {
      throw new Refusal('must be a bigint of microseconds or a valid Date')
    }
    return bigint.check(input)
  },
  toDriver: (value) => bigint.toDriver(value),
  encode: (value) => bigint.encode(value),
}

/** Returns a timestamp in microseconds. Throws `StatementError` if it is not a timestamp. */
export function microsecondsOf(given: bigint | Date): bigint {
  try {
    return timestamp.check(given) as bigint
  } catch (error) {
    throw error instanceof Refusal ? new StatementError(`timestamp ${error.message}`) : error
  }
}

function optionMarker(label: string, codec: Marker['codec'], isNullable = false): Marker {
  const refusal = 'needs a value; leave the option out instead'
  return {
    path: [label],
    label,
    codec,
    undefinedRefusal: refusal,
    nullRefusal: isNullable ? undefined : refusal,
  }
}

const ttlMarker = optionMarker('ttl', ttl, true)
const timestampMarker = optionMarker('timestamp', timestamp)

/** The marker of `LIMIT ?` or `PER PARTITION LIMIT ?`. */
export function limitMarker(option: 'limit' | 'perPartitionLimit', max = 2_147_483_647): Marker {
  const marker = optionMarker(option, integer(int, 1, max))
  return option === 'limit' ? { ...marker, isLimit: true } : marker
}

/** Returns `t` for a TTL and `s` for a TIMESTAMP. */
export function shapeOfUsing({ ttl, timestamp }: UsingRequest): string {
  return (ttl === undefined ? '' : 't') + (timestamp === undefined ? '' : 's')
}

/** Returns ` USING TTL ? AND TIMESTAMP ?`, as far as the request has them. A null TTL never expires. */
export function buildUsing({ ttl, timestamp }: UsingRequest): {
  readonly cql: string
  readonly markers: readonly Marker[]
} {
  const parts: string[] = []
  const markers: Marker[] = []
  if (ttl !== undefined) {
    parts.push('TTL ?')
    markers.push(ttlMarker)
  }
  if (timestamp !== undefined) {
    parts.push('TIMESTAMP ?')
    markers.push(timestampMarker)
  }
  return { cql: parts.length === 0 ? '' : ` USING ${parts.join(' AND ')}`, markers }
}
