import { type NativeName, nativeType } from '../cql/native-types'
import { thaw, vectorLength } from '../cql/type-tree'
import { unreachable } from '../errors/unreachable'
import type { Codec } from './codec'
import { decodeDecimal, identifyDecimal } from '../driver/types/decimal'
import { decodeVarint } from '../driver/types/varint'
import { isMapped } from './inets'
import { decodeVint, eachElement, eachStoredComponent } from './wire'

/** The types of a codec and of what is inside it. */
type Typed = Pick<Codec, 'type' | 'inner'>

/** The identity of a component without a value; no other identity of a part begins with it. */
const missing = '-'

/**
 * Returns a text that is equal for two encoded values of one codec if and only if Cassandra holds the values
 * equal. Sets and maps compare without their order, decimals by value, IPv4-mapped addresses as IPv4 addresses,
 * varints by value, every NaN as one value, and -0 as another value than 0. Missing trailing components are null.
 *
 * `bytes` are what `codec.encode(value, anyOrder)` gives: fields of user-defined types in the order of
 * declaration.
 *
 * The partition key is the exception on the server: it compares bytes there, so that 1.0 and 1.00 are two keys.
 */
export function identityOf(codec: Typed, bytes: Buffer): string {
  return identityAt(codec, bytes, 0, bytes.length)
}

function identityAt(codec: Typed, bytes: Buffer, at: number, length: number): string {
  const { inner } = codec
  if (length === 0) return ''
  const type = thaw(codec.type)
  switch (type.kind) {
    case 'native':
      return scalarIdentity(type.name, bytes, at, length)
    case 'list':
      return elementIdentities(inner, bytes, at).join('')
    case 'set':
      return [...new Set(elementIdentities(inner, bytes, at))].sort().join('')
    case 'map':
      return mapIdentity(inner, bytes, at)
    case 'vector':
      return vectorIdentity(codec, type.dimension, bytes, at)
    case 'tuple':
    case 'udt':
      return componentIdentities(inner, bytes, at, length).join('')
    default:
      return unreachable(type)
  }
}

/** With its length before it, so that the parts of two values never run into each other. */
function partIdentity(codec: Typed | undefined, bytes: Buffer, at: number, length: number): string {
  if (length < 0) return missing
  // After the declared fields of a user-defined type come those that its class does not have.
  const identity =
    codec === undefined
      ? bytes.toString('latin1', at, at + length)
      : identityAt(codec, bytes, at, length)
  return `${identity.length}:${identity}`
}

function elementIdentities(inner: readonly Typed[], bytes: Buffer, at: number): string[] {
  const identities: string[] = []
  eachElement(bytes, at, 1, (place, size) => {
    identities.push(partIdentity(inner[0], bytes, place, size))
  })
  return identities
}

/** Returns the identity of a map. If keys are equal, the last one counts, as in the server. */
function mapIdentity(inner: readonly Typed[], bytes: Buffer, at: number): string {
  const values = new Map<string, string>()
  let key: string | undefined
  eachElement(bytes, at, 2, (place, size) => {
    if (key === undefined) {
      key = partIdentity(inner[0], bytes, place, size)
      return
    }
    values.set(key, partIdentity(inner[1], bytes, place, size))
    key = undefined
  })
  return [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flat()
    .join('')
}

function vectorIdentity(codec: Typed, dimension: number, bytes: Buffer, at: number): string {
  const [of] = codec.inner
  const fixed = of === undefined ? undefined : vectorLength(of.type)
  let identity = ''
  let next = at
  for (let i = 0; i < dimension; i++) {
    const element = fixed === undefined ? decodeVint(bytes, next) : { length: fixed, next }
    identity += partIdentity(of, bytes, element.next, element.length)
    next = element.next + element.length
  }
  return identity
}

function componentIdentities(
  inner: readonly Typed[],
  bytes: Buffer,
  at: number,
  length: number,
): string[] {
  const identities: string[] = []
  let end = 0
  eachStoredComponent(bytes, at, length, (i, place, size) => {
    identities.push(partIdentity(inner[i], bytes, place, size))
    if (size >= 0) end = i + 1
  })
  return identities.slice(0, end)
}

function scalarIdentity(name: NativeName, bytes: Buffer, at: number, length: number): string {
  const { comparison } = nativeType(name)
  switch (comparison) {
    case 'decimal':
      return identifyDecimal(decodeDecimal(bytes, at, length))
    case 'varint':
      return decodeVarint(bytes, at, length).toString()
    case 'inet':
      return isMapped(bytes, at, length)
        ? bytes.toString('latin1', at + 12, at + 16)
        : bytes.toString('latin1', at, at + length)
    case 'boolean':
      return bytes[at] === 0 ? '0' : '1'
    case 'float':
      return length === 4 && Number.isNaN(bytes.readFloatBE(at))
        ? 'NaN'
        : bytes.toString('latin1', at, at + length)
    case 'double':
      return length === 8 && Number.isNaN(bytes.readDoubleBE(at))
        ? 'NaN'
        : bytes.toString('latin1', at, at + length)
    case 'bytes':
    case 'signed':
    case 'uuid':
    case 'timeuuid':
      return bytes.toString('latin1', at, at + length)
    default:
      return unreachable(comparison)
  }
}
