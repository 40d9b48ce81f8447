import type { CqlType } from '../cql/cql-type'
import { nativeType } from '../cql/native-types'
import type { FieldOrders } from '../driver/types/field-orders'
import { unreachable } from '../errors/unreachable'
import { type Codec, type Nested, Refusal } from './codec'
import { bytesParameter } from './parameter'
import { presentPart } from './part'
import { presentFromPlain, readParts } from './plain-parts'
import { kindOf } from './scalar'
import { elementLength, encodeElements } from './wire'

type MapType = Extract<CqlType, { kind: 'map' }>
type Entry = readonly [key: unknown, value: unknown]

/** Returns how a key reads from the name of a property; the driver reads maps into objects by default. */
function keyReader(type: CqlType): ((text: string) => unknown) | undefined {
  if (type.kind !== 'native') return undefined
  const { keyFrom } = nativeType(type.name)
  switch (keyFrom) {
    case 'text':
      return (text) => text
    case 'number':
      return Number
    case 'boolean':
      return (text) => text === 'true'
    case undefined:
      return undefined
    default:
      return unreachable(keyFrom)
  }
}

/** Tests for keys whose text is the value: these maps can be objects on our side too. */
export function isTextLike(type: CqlType): boolean {
  return type.kind === 'native' && nativeType(type.name).isTextLike === true
}

function entriesFromDriver(type: MapType, key: Codec, value: Codec, read: unknown): Entry[] {
  if (read instanceof Map) {
    return Array.from(read, ([k, v]) => [key.fromDriver(k), value.fromDriver(v)] as const)
  }
  const fromText = keyReader(type.key)
  if (fromText === undefined) {
    throw new Refusal(
      'has keys that this client cannot read exactly; give it encoding: { map: Map }',
    )
  }
  return Object.entries(read as object).map(([k, v]) => [
    key.check(fromText(k)),
    value.fromDriver(v),
  ])
}

function checkEntries(type: MapType, key: Codec, value: Codec, input: unknown): Entry[] {
  const entries = entriesOf(type, input)
  const checked: Entry[] = []
  for (const [k, v] of entries) {
    const i = checked.length
    checked.push([
      presentPart('the key of entry', i, k, key.check),
      presentPart('the value of entry', i, v, value.check),
    ])
  }
  return checked
}

function encodeEntries(
  key: Codec,
  value: Codec,
  entries: Iterable<Entry>,
  orders?: FieldOrders,
): Buffer {
  const parts: Buffer[] = []
  for (const [k, v] of entries) parts.push(key.encode(k, orders), value.encode(v, orders))
  return encodeElements(parts.length / 2, parts)
}

function decodeEntries(
  key: Codec,
  value: Codec,
  bytes: Buffer,
  at: number,
  orders?: FieldOrders,
): Entry[] {
  const count = bytes.readInt32BE(at)
  const entries: Entry[] = []
  let next = at + 4
  for (let i = 0; i < count; i++) {
    const keyLength = elementLength(bytes, next)
    const k = key.decode(bytes, next + 4, keyLength, orders)
    next += 4 + keyLength
    const length = elementLength(bytes, next)
    entries.push([k, value.decode(bytes, next + 4, length, orders)])
    next += 4 + length
  }
  return entries
}

/** Entries of a map, or of an object in its place. */
function entriesOf(type: MapType, input: unknown): Iterable<Entry> {
  if (input instanceof Map) return input
  const isPlain =
    typeof input === 'object' &&
    input !== null &&
    (Object.getPrototypeOf(input) === Object.prototype || Object.getPrototypeOf(input) === null)
  if (isPlain && isTextLike(type.key)) return Object.entries(input)
  const needs = isTextLike(type.key) ? 'a Map or a plain object' : 'a Map'
  throw new Refusal(`needs ${needs}; got ${kindOf(input)}`)
}

/** A map as JSON has it: an object where the text of a key is the key, else entries. */
function plainMap(type: MapType, key: Codec, value: Codec) {
  const isObject = isTextLike(type.key)
  const toPlain: Codec['toPlain'] = (input, nested) => {
    const entries = Array.from(
      entriesOf(type, input),
      ([k, v], i) =>
        [
          presentPart('the key of entry', i, k, (present) => key.toPlain(present, nested)),
          presentPart('the value of entry', i, v, (present) => value.toPlain(present, nested)),
        ] as const,
    )
    // Not by assignment: a key may be __proto__.
    return isObject ? Object.fromEntries(entries as [string, unknown][]) : entries
  }
  const fromPlain = (plain: unknown, nested: Nested): Entry[] => {
    const entries = Array.isArray(plain)
      ? (plain as readonly unknown[])
      : [...entriesOf(type, plain)]
    return readParts(entries.length, (i) => {
      const entry = entries[i]
      if (!Array.isArray(entry) || entry.length !== 2) {
        throw new Refusal(`needs an array of a key and a value; got ${kindOf(entry)}`)
      }
      return [
        presentFromPlain(key, entry[0], nested),
        presentFromPlain(value, entry[1], nested),
      ] as const
    })
  }
  return { toPlain, fromPlain }
}

export function mapCodec(type: MapType, key: Codec, value: Codec): Codec<Map<unknown, unknown>> {
  const { toPlain, fromPlain } = plainMap(type, key, value)
  const encode = (map: ReadonlyMap<unknown, unknown>, orders?: FieldOrders) =>
    encodeEntries(key, value, map, orders)
  return {
    type,
    form: 'native',
    check: (input) => new Map(checkEntries(type, key, value, input)),
    toPlain,
    fromPlain: (plain, nested) => new Map(fromPlain(plain, nested)),
    toDriver: bytesParameter(type, encode),
    encode,
    fromDriver: (read) => new Map(entriesFromDriver(type, key, value, read)),
    decode: (bytes, at, _, orders) => new Map(decodeEntries(key, value, bytes, at, orders)),
    absent: () => new Map(),
    inner: [key, value],
    parts: { key, value },
  }
}

/** A map with text-like keys as an object without a prototype, so that any key is safe. */
export function mapAsObjectCodec(
  type: MapType,
  key: Codec,
  value: Codec,
): Codec<Record<string, unknown>> {
  const { toPlain, fromPlain } = plainMap(type, key, value)
  const toObject = (entries: Iterable<Entry>): Record<string, unknown> => {
    const object = Object.create(null) as Record<string, unknown>
    for (const [k, v] of entries) object[String(k)] = v
    return object
  }
  const toEntries = (object: Record<string, unknown>): Entry[] =>
    Object.entries(object).map(([k, v]) => [key.check(k), v])
  const encode = (object: Record<string, unknown>, orders?: FieldOrders) =>
    encodeEntries(key, value, toEntries(object), orders)
  return {
    type,
    form: 'object',
    check: (input) => toObject(checkEntries(type, key, value, input)),
    toPlain,
    fromPlain: (plain, nested) => toObject(fromPlain(plain, nested)),
    toDriver: bytesParameter(type, encode),
    encode,
    fromDriver: (read) => toObject(entriesFromDriver(type, key, value, read)),
    decode: (bytes, at, _, orders) => toObject(decodeEntries(key, value, bytes, at, orders)),
    absent: () => Object.create(null) as Record<string, unknown>,
    inner: [key, value],
    parts: { key, value },
  }
}
