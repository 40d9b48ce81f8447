import type { CqlType } from '../cql/cql-type'
import type { FieldOrders } from '../driver/types/field-orders'
import { type Codec, type Nested, Refusal } from './codec'
import { anyOrder, bytesParameter } from './parameter'
import { presentPart } from './part'
import { allFromPlain, allToPlain } from './plain-parts'
import { kindOf } from './scalar'
import { elementLength, encodeElements } from './wire'

type CollectionType = Extract<CqlType, { kind: 'list' | 'set' | 'map' }>

function checkAll<T>(of: Codec<T>, values: Iterable<unknown>): T[] {
  const checked: T[] = []
  for (const value of values) checked.push(presentPart('element', checked.length, value, of.check))
  return checked
}

function decodeAll<T>(of: Codec<T>, bytes: Buffer, at: number, orders?: FieldOrders): T[] {
  const count = bytes.readInt32BE(at)
  const values: T[] = []
  let next = at + 4
  for (let i = 0; i < count; i++) {
    const length = elementLength(bytes, next)
    values.push(of.decode(bytes, next + 4, length, orders))
    next += 4 + length
  }
  return values
}

function sameElements<T>(of: Codec<T>, a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, i) => of.equal(value, b[i] as T))
}

/** A set is equal in whatever order: compared by the bytes of its elements. */
function sameMembers<T>(of: Codec<T>, a: Iterable<T>, b: Iterable<T>): boolean {
  const bytesOf = (values: Iterable<T>) =>
    [
      ...new Set(
        Array.from(values, (value) => of.encode(of.check(value), anyOrder).toString('hex')),
      ),
    ].sort()
  return bytesOf(a).join() === bytesOf(b).join()
}

function arrayOf(input: unknown): readonly unknown[] {
  if (!Array.isArray(input)) throw new Refusal(`needs an array; got ${kindOf(input)}`)
  return input
}

export function listCodec<T>(type: CollectionType, of: Codec<T>): Codec<T[]> {
  const encode = (values: readonly T[], orders?: FieldOrders) => {
    const elements: Buffer[] = []
    for (const value of values) elements.push(of.encode(value, orders))
    return encodeElements(elements.length, elements)
  }
  return {
    type,
    form: 'native',
    check: (input) => checkAll(of, arrayOf(input)),
    toDriver: bytesParameter(type, encode),
    encode,
    toPlain: (value, nested) => allToPlain(of, arrayOf(value), nested),
    fromPlain: (plain, nested) => allFromPlain(of, arrayOf(plain), nested),
    fromDriver: (value) => Array.from(value as Iterable<unknown>, (each) => of.fromDriver(each)),
    decode: (bytes, at, _, orders) => decodeAll(of, bytes, at, orders),
    equal: (a, b) => sameElements(of, a, b),
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

function checkMembers<T>(of: Codec<T>, input: unknown): T[] {
  return checkAll(of, membersOf(input))
}

function setParts<T>(of: Codec<T>) {
  return {
    encode(values: Iterable<T>, orders?: FieldOrders) {
      const members = Array.from(values, (value) => of.encode(value, orders))
      return encodeElements(members.length, members)
    },
    toPlain: (value: unknown, nested: Nested) => allToPlain(of, membersOf(value), nested),
    fromPlain: (plain: unknown, nested: Nested) => allFromPlain(of, [...membersOf(plain)], nested),
    members: (value: unknown) =>
      Array.from(value as Iterable<unknown>, (each) => of.fromDriver(each)),
  }
}

export function setCodec<T>(type: CollectionType, of: Codec<T>): Codec<Set<T>> {
  const { encode, members, toPlain, fromPlain } = setParts(of)
  return {
    type,
    form: 'native',
    toPlain,
    fromPlain: (plain, nested) => new Set(fromPlain(plain, nested)),
    check: (input) => new Set(checkMembers(of, input)),
    toDriver: bytesParameter(type, encode),
    encode,
    fromDriver: (value) => new Set(members(value)),
    decode: (bytes, at, _, orders) => new Set(decodeAll(of, bytes, at, orders)),
    equal: (a, b) => sameMembers(of, a, b),
    absent: () => new Set(),
    inner: [of],
    parts: { value: of },
  }
}

export function setAsArrayCodec<T>(type: CollectionType, of: Codec<T>): Codec<T[]> {
  const { encode, members, toPlain, fromPlain } = setParts(of)
  return {
    type,
    form: 'array',
    toPlain,
    fromPlain,
    check: (input) => checkMembers(of, input),
    toDriver: bytesParameter(type, encode),
    encode,
    fromDriver: members,
    decode: (bytes, at, _, orders) => decodeAll(of, bytes, at, orders),
    equal: (a, b) => sameMembers(of, a, b),
    absent: () => [],
    inner: [of],
    parts: { value: of },
  }
}
