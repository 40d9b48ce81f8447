import { type NativeName, nativeType } from '../cql/native-types'
import { thaw, vectorLength } from '../cql/type-tree'
import { unreachable } from '../errors/unreachable'
import type { Codec } from './codec'
import { unscaledAndScale } from './decimals'
import { decodeVarint } from './bigints'
import { decodeVint, eachComponent, eachElement } from './wire'

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
  const type = thaw(codec.type)
  switch (type.kind) {
    case 'native':
      return length === 0 ? '' : scalarIdentity(type.name, bytes, at, length)
    case 'list':
      return elementIdentities(inner, bytes, at, length).join('')
    case 'set':
      return [...new Set(elementIdentities(inner, bytes, at, length))].sort().join('')
    case 'map':
      return mapIdentity(inner, bytes, at, length)
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
  if (length < 0 || codec === undefined) return missing
  const identity = identityAt(codec, bytes, at, length)
  return `${identity.length}:${identity}`
}

function elementIdentities(
  inner: readonly Typed[],
  bytes: Buffer,
  at: number,
  length: number,
): string[] {
  const identities: string[] = []
  if (length === 0) return identities
  eachElement(bytes, at, 1, (place, size) => {
    identities.push(partIdentity(inner[0], bytes, place, size))
  })
  return identities
}

/** Of equal keys the last one counts, as in the server. */
function mapIdentity(inner: readonly Typed[], bytes: Buffer, at: number, length: number): string {
  if (length === 0) return ''
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
  eachComponent(bytes, at, length, inner.length, (i, place, size) => {
    identities.push(partIdentity(inner[i], bytes, place, size))
    if (size >= 0) end = i + 1
  })
  return identities.slice(0, end)
}

function scalarIdentity(name: NativeName, bytes: Buffer, at: number, length: number): string {
  const { comparison } = nativeType(name)
  switch (comparison) {
    case 'decimal':
      return decimalIdentity(bytes, at, length)
    case 'varint':
      return decodeVarint(bytes, at, length).toString()
    case 'inet':
      return length === 16 && isMapped(bytes, at)
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

/** The significant digits and their exponent. */
function decimalIdentity(bytes: Buffer, at: number, length: number): string {
  const { unscaled, scale } = unscaledAndScale(bytes, at, length)
  if (unscaled === 0n) return '0'
  const digits = unscaled.toString()
  const significant = digits.replace(/0+$/u, '')
  return `${significant}e${digits.length - significant.length - scale}`
}

const mappedPrefix = Buffer.from('00000000000000000000ffff', 'hex')

function isMapped(bytes: Buffer, at: number): boolean {
  return mappedPrefix.compare(bytes, at, at + 12) === 0
}
