import type { CqlType } from '../cql/cql-type'
import type { FieldOrders } from '../driver/types/field-orders'
import { type Codec, type Nested, Refusal } from './codec'
import { anyOrder, bytesParameter } from './parameter'
import { presentPart } from './part'
import { presentFromPlain, readParts } from './plain-parts'
import { kindOf } from './scalar'
import { elementLength, encodeElements } from './wire'

type MapType = Extract<CqlType, { kind: 'map' }>
type Entry<K, V> = readonly [key: K, value: V]

/** How a key comes back from the text that a property name is; the driver reads maps into objects by default. */
const keysFromText: Partial<Record<string, (text: string) => unknown>> = {
  text: (text) => text,
  ascii: (text) => text,
  uuid: (text) => text,
  timeuuid: (text) => text,
  inet: (text) => text,
  date: (text) => text,
  time: (text) => text,
  bigint: (text) => text,
  varint: (text) => text,
  tinyint: Number,
  smallint: Number,
  int: Number,
  float: Number,
  double: Number,
  boolean: (text) => text === 'true',
}

/** The keys whose text is the value: these maps may be objects on our side too. */
const textLike = new Set(['text', 'ascii', 'uuid', 'timeuuid', 'inet'])

export function isTextLike(type: CqlType): boolean {
  return type.kind === 'native' && textLike.has(type.name)
}

function entriesFromDriver<K, V>(
  type: MapType,
  key: Codec<K>,
  value: Codec<V>,
  read: unknown,
): Entry<K, V>[] {
  if (read instanceof Map) {
    return Array.from(read, ([k, v]) => [key.fromDriver(k), value.fromDriver(v)] as const)
  }
  const fromText = type.key.kind === 'native' ? keysFromText[type.key.name] : undefined
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

function checkEntries<K, V>(
  type: MapType,
  key: Codec<K>,
  value: Codec<V>,
  input: unknown,
): Entry<K, V>[] {
  const entries = entriesOf(type, input)
  const checked: Entry<K, V>[] = []
  for (const [k, v] of entries) {
    const i = checked.length
    checked.push([
      presentPart('the key of entry', i, k, key.check),
      presentPart('the value of entry', i, v, value.check),
    ])
  }
  return checked
}

function encodeEntries<K, V>(
  key: Codec<K>,
  value: Codec<V>,
  entries: Iterable<Entry<K, V>>,
  orders?: FieldOrders,
): Buffer {
  const parts: Buffer[] = []
  for (const [k, v] of entries) parts.push(key.encode(k, orders), value.encode(v, orders))
  return encodeElements(parts.length / 2, parts)
}

function decodeEntries<K, V>(
  key: Codec<K>,
  value: Codec<V>,
  bytes: Buffer,
  at: number,
  orders?: FieldOrders,
): Entry<K, V>[] {
  const count = bytes.readInt32BE(at)
  const entries: Entry<K, V>[] = []
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

/** Equal in whatever order: compared by the bytes of the keys. */
function sameEntries<K, V>(
  key: Codec<K>,
  value: Codec<V>,
  a: readonly Entry<K, V>[],
  b: readonly Entry<K, V>[],
): boolean {
  const hexOf = (k: K) => key.encode(key.check(k), anyOrder).toString('hex')
  const found = new Map(b.map(([k, v]) => [hexOf(k), v]))
  return (
    a.length === b.length &&
    a.every(([k, v]) => {
      const hex = hexOf(k)
      return found.has(hex) && value.equal(v, found.get(hex) as V)
    })
  )
}

/** Entries of a map, or of an object in its place. */
function entriesOf(type: MapType, input: unknown): Iterable<Entry<unknown, unknown>> {
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
function plainMap<K, V>(type: MapType, key: Codec<K>, value: Codec<V>) {
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
    return isObject ? Object.fromEntries(entries as Entry<string, unknown>[]) : entries
  }
  const fromPlain = (plain: unknown, nested: Nested): Entry<K, V>[] => {
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

export function mapCodec<K, V>(type: MapType, key: Codec<K>, value: Codec<V>): Codec<Map<K, V>> {
  const { toPlain, fromPlain } = plainMap(type, key, value)
  const encode = (map: ReadonlyMap<K, V>, orders?: FieldOrders) =>
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
    equal: (a, b) => sameEntries(key, value, [...a], [...b]),
    absent: () => new Map(),
    inner: [key, value],
    parts: { key, value },
  }
}

/** A map with text-like keys as an object without a prototype, so that any key is safe. */
export function mapAsObjectCodec<K, V>(
  type: MapType,
  key: Codec<K>,
  value: Codec<V>,
): Codec<Record<string, V>> {
  const { toPlain, fromPlain } = plainMap(type, key, value)
  const toObject = (entries: Iterable<Entry<K, V>>): Record<string, V> => {
    const object = Object.create(null) as Record<string, V>
    for (const [k, v] of entries) object[String(k)] = v
    return object
  }
  const toEntries = (object: Record<string, V>): Entry<K, V>[] =>
    Object.entries(object).map(([k, v]) => [key.check(k), v])
  const encode = (object: Record<string, V>, orders?: FieldOrders) =>
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
    equal: (a, b) => sameEntries(key, value, toEntries(a), toEntries(b)),
    absent: () => Object.create(null) as Record<string, V>,
    inner: [key, value],
    parts: { key, value },
  }
}
