import type { CollectionType } from '../cql/type-tree'
import type { FieldOrders } from '../driver/types/field-orders'
import { type Codec, type Nested, Refusal } from './codec'
import { compareElements } from './compare'
import { canHoldEmpty, encodePart, rememberEmpty } from './empty-parts'
import { bytesParameter } from './parameter'
import { presentPart } from './part'
import { allFromPlain, allToPlain } from './plain-parts'
import { kindOf } from './scalar'
import { elementLength, encodeElements, sortUnique } from './wire'

/** The values as they are checked; of those that were read with empty ones, null stays. */
function checkAll(of: Codec, values: Iterable<unknown>): unknown[] {
  const checked: unknown[] = []
  for (const value of values) {
    if (value === null && canHoldEmpty(values)) checked.push(null)
    else checked.push(presentPart('element', checked.length, value, of.check))
  }
  return checked
}

function encodeAll(of: Codec, values: Iterable<unknown>, orders?: FieldOrders): Buffer[] {
  const elements: Buffer[] = []
  for (const value of values) elements.push(encodePart(of, value, orders))
  return elements
}

/** Reads the elements into what `make` gives of them. */
function decodeAll<C extends object>(
  of: Codec,
  make: (values: unknown[]) => C,
  bytes: Buffer,
  at: number,
  orders?: FieldOrders,
): C {
  const count = bytes.readInt32BE(at)
  const values: unknown[] = []
  let hasEmpty = false
  let next = at + 4
  for (let i = 0; i < count; i++) {
    const length = elementLength(bytes, next)
    const value = of.decode(bytes, next + 4, length, orders)
    if (value === null) hasEmpty = true
    values.push(value)
    next += 4 + length
  }
  return hasEmpty ? rememberEmpty(make(values)) : make(values)
}

function fromDriver<C extends object>(
  of: Codec,
  make: (values: unknown[]) => C,
  read: unknown,
  orders: FieldOrders | undefined,
): C {
  let hasEmpty = false
  const values = Array.from(read as Iterable<unknown>, (each) => {
    if (each !== null && each !== undefined) return of.fromDriver(each, orders)
    hasEmpty = true
    return null
  })
  return hasEmpty ? rememberEmpty(make(values)) : make(values)
}

function arrayOf(input: unknown): readonly unknown[] {
  if (!Array.isArray(input)) throw new Refusal(`needs an array; got ${kindOf(input)}`)
  return input
}

const asArray = (values: unknown[]) => values
const asSet = (values: unknown[]) => new Set(values)

export function listCodec(type: CollectionType, of: Codec): Codec<unknown[]> {
  const encode = (values: readonly unknown[], orders?: FieldOrders) => {
    const elements = encodeAll(of, values, orders)
    return encodeElements(elements.length, elements)
  }
  return {
    type,
    form: 'native',
    check(input) {
      const checked = checkAll(of, arrayOf(input))
      return canHoldEmpty(input) ? rememberEmpty(checked) : checked
    },
    toDriver: bytesParameter(type, encode),
    encode,
    toPlain: (value, nested) => allToPlain(of, arrayOf(value), nested),
    fromPlain: (plain, nested) => allFromPlain(of, arrayOf(plain), nested),
    fromDriver: (value, orders) => fromDriver(of, asArray, value, orders),
    decode: (bytes, at, length, orders) =>
      length === 0 ? null : decodeAll(of, asArray, bytes, at, orders),
    compare: compareElements([of]),
    absent: () => [],
    inner: [of],
    parts: { value: of },
  }
}

function membersOf(input: unknown): Iterable<unknown> {
  if (!Array.isArray(input) && !(input instanceof Set)) {
    throw new Refusal(`needs a Set or an array; got ${kindOf(input)}`)
  }
  return input as Iterable<unknown>
}

function set<C extends Iterable<unknown> & object>(
  type: CollectionType,
  of: Codec,
  form: 'native' | 'array',
  make: (values: unknown[]) => C,
): Codec<C> {
  return {
    type,
    form,
    check(input) {
      const checked = make(checkAll(of, membersOf(input)))
      return canHoldEmpty(input) ? rememberEmpty(checked) : checked
    },
    // The server sorts the elements of a set that is not frozen by itself.
    toDriver: bytesParameter(type, (values: C, orders) => {
      const elements = encodeAll(of, values, orders)
      return encodeElements(elements.length, elements)
    }),
    encode(values, orders) {
      const elements = sortUnique(encodeAll(of, values, orders), of.compare, orders)
      return encodeElements(elements.length, elements)
    },
    toPlain: (value: unknown, nested: Nested) => allToPlain(of, membersOf(value), nested),
    fromPlain: (plain, nested) => make(allFromPlain(of, [...membersOf(plain)], nested)),
    fromDriver: (value, orders) => fromDriver(of, make, value, orders),
    decode: (bytes, at, length, orders) =>
      length === 0 ? null : decodeAll(of, make, bytes, at, orders),
    compare: compareElements([of]),
    absent: () => make([]),
    inner: [of],
    parts: { value: of },
  }
}

export function setCodec(type: CollectionType, of: Codec): Codec<Set<unknown>> {
  return set(type, of, 'native', asSet)
}

export function setAsArrayCodec(type: CollectionType, of: Codec): Codec<unknown[]> {
  return set(type, of, 'array', asArray)
}
