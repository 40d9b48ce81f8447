import type { CqlType } from '../cql/cql-type'
import { nativeType } from '../cql/native-types'
import type { FieldOrders } from '../driver/types/field-orders'
import { unreachable } from '../errors/unreachable'
import { type Codec, type Nested, Refusal } from './codec'
import { compareElements } from './compare'
import { canHoldEmpty, encodePart, rememberEmpty } from './empty-parts'
import { bytesParameter } from './parameter'
import { presentPart } from './part'
import { presentFromPlain, readParts } from './plain-parts'
import { kindOf } from './scalar'
import { elementLength, encodeElements, sortEntries } from './wire'

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

function entriesFromDriver<M extends object>(
  type: MapType,
  key: Codec,
  value: Codec,
  make: (entries: Entry[]) => M,
  read: unknown,
  orders: FieldOrders | undefined,
): M {
  let hasEmpty = false
  const present = (part: unknown, of: Codec) => {
    if (part !== null && part !== undefined) return of.fromDriver(part, orders)
    hasEmpty = true
    return null
  }
  const entries =
    read instanceof Map
      ? Array.from(read, ([k, v]): Entry => [present(k, key), present(v, value)])
      : Object.entries(read as object).map(([k, v]): Entry => [
          keyFromText(type, key, k),
          present(v, value),
        ])
  return hasEmpty ? rememberEmpty(make(entries)) : make(entries)
}

/** The key of a map that the driver read into an object. */
function keyFromText(type: MapType, key: Codec, text: string): unknown {
  const fromText = keyReader(type.key)
  if (fromText === undefined) {
    throw new Refusal(
      'has keys that this client cannot read exactly; give it encoding: { map: Map }',
    )
  }
  return key.check(fromText(text))
}

/** The entries as they are checked; of those that were read with empty parts, null stays. */
function checkEntries(type: MapType, key: Codec, value: Codec, input: unknown): Entry[] {
  const isWithEmpty = canHoldEmpty(input)
  const checked: Entry[] = []
  for (const [k, v] of entriesOf(type, input)) {
    const i = checked.length
    checked.push([
      isWithEmpty && k === null ? null : presentPart('the key of entry', i, k, key.check),
      isWithEmpty && v === null ? null : presentPart('the value of entry', i, v, value.check),
    ])
  }
  return checked
}

/** Keys and values by turns. */
function encodeParts(
  key: Codec,
  value: Codec,
  entries: Iterable<Entry>,
  orders?: FieldOrders,
): Buffer[] {
  const parts: Buffer[] = []
  for (const [k, v] of entries) {
    parts.push(encodePart(key, k, orders), encodePart(value, v, orders))
  }
  return parts
}

/** The faces of a map that do not depend on its form on the JavaScript side. */
function mapBytes<M>(
  type: MapType,
  key: Codec,
  value: Codec,
  entries: (map: M) => Iterable<Entry>,
) {
  return {
    // The server sorts the entries of a map that is not frozen by itself.
    toDriver: bytesParameter(type, (map: M, orders) => {
      const parts = encodeParts(key, value, entries(map), orders)
      return encodeElements(parts.length / 2, parts)
    }),
    encode: (map: M, orders?: FieldOrders) => {
      const parts = sortEntries(encodeParts(key, value, entries(map), orders), key.compare, orders)
      return encodeElements(parts.length / 2, parts)
    },
    compare: compareElements([key, value]),
    inner: [key, value],
    parts: { key, value },
  }
}

/** Reads the entries into what `make` gives of them. */
function decodeEntries<M extends object>(
  key: Codec,
  value: Codec,
  make: (entries: Entry[]) => M,
  bytes: Buffer,
  at: number,
  orders?: FieldOrders,
): M {
  const count = bytes.readInt32BE(at)
  const entries: Entry[] = []
  let hasEmpty = false
  let next = at + 4
  for (let i = 0; i < count; i++) {
    const keyLength = elementLength(bytes, next)
    const k = key.decode(bytes, next + 4, keyLength, orders)
    next += 4 + keyLength
    const length = elementLength(bytes, next)
    const v = value.decode(bytes, next + 4, length, orders)
    if (k === null || v === null) hasEmpty = true
    entries.push([k, v])
    next += 4 + length
  }
  return hasEmpty ? rememberEmpty(make(entries)) : make(entries)
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
    const isWithEmpty = canHoldEmpty(input)
    const entries = Array.from(
      entriesOf(type, input),
      ([k, v], i) =>
        [
          isWithEmpty && k === null
            ? null
            : presentPart('the key of entry', i, k, (present) => key.toPlain(present, nested)),
          isWithEmpty && v === null
            ? null
            : presentPart('the value of entry', i, v, (present) => value.toPlain(present, nested)),
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

/** The form of a property that holds a map. */
interface MapForm<M extends object> {
  readonly form: 'native' | 'object'
  readonly make: (entries: Iterable<Entry>) => M
}

const asMap: MapForm<Map<unknown, unknown>> = {
  form: 'native',
  make: (entries) => new Map(entries),
}

/** An object without a prototype, so that any key is safe. */
const asObject: MapForm<Record<string, unknown>> = {
  form: 'object',
  make(entries) {
    const object = Object.create(null) as Record<string, unknown>
    for (const [k, v] of entries) object[String(k)] = v
    return object
  },
}

function codecOf<M extends object>(
  type: MapType,
  key: Codec,
  value: Codec,
  { form, make }: MapForm<M>,
  entriesOf: (map: M) => Iterable<Entry>,
): Codec<M> {
  const { toPlain, fromPlain } = plainMap(type, key, value)
  return {
    type,
    form,
    ...mapBytes(type, key, value, entriesOf),
    check(input) {
      const checked = make(checkEntries(type, key, value, input))
      return canHoldEmpty(input) ? rememberEmpty(checked) : checked
    },
    toPlain,
    fromPlain: (plain, nested) => make(fromPlain(plain, nested)),
    fromDriver: (read, orders) => entriesFromDriver(type, key, value, make, read, orders),
    decode: (bytes, at, length, orders) =>
      length === 0 ? null : decodeEntries(key, value, make, bytes, at, orders),
    absent: () => make([]),
  }
}

export function mapCodec(type: MapType, key: Codec, value: Codec): Codec<Map<unknown, unknown>> {
  return codecOf(type, key, value, asMap, (map) => map)
}

/** A map with text-like keys as an object. */
export function mapAsObjectCodec(
  type: MapType,
  key: Codec,
  value: Codec,
): Codec<Record<string, unknown>> {
  return codecOf(type, key, value, asObject, (object) =>
    Object.entries(object).map(([k, v]): Entry => [key.check(k), v]),
  )
}
