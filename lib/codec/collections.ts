import type { CollectionType } from '../cql/type-tree'
import type { FieldOrders } from '../driver/types/field-orders'
import { type Codec, type Nested, Refusal } from './codec'
import { bytesParameter } from './parameter'
import { presentPart } from './part'
import { allFromPlain, allToPlain } from './plain-parts'
import { kindOf } from './scalar'
import { elementLength, encodeElements } from './wire'

function checkAll(of: Codec, values: Iterable<unknown>): unknown[] {
  const checked: unknown[] = []
  for (const value of values) checked.push(presentPart('element', checked.length, value, of.check))
  return checked
}

function decodeAll(of: Codec, bytes: Buffer, at: number, orders?: FieldOrders): unknown[] {
  const count = bytes.readInt32BE(at)
  const values: unknown[] = []
  let next = at + 4
  for (let i = 0; i < count; i++) {
    const length = elementLength(bytes, next)
    values.push(of.decode(bytes, next + 4, length, orders))
    next += 4 + length
  }
  return values
}

function arrayOf(input: unknown): readonly unknown[] {
  if (!Array.isArray(input)) throw new Refusal(`needs an array; got ${kindOf(input)}`)
  return input
}

export function listCodec(type: CollectionType, of: Codec): Codec<unknown[]> {
  const encode = (values: readonly unknown[], orders?: FieldOrders) => {
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

function checkMembers(of: Codec, input: unknown): unknown[] {
  return checkAll(of, membersOf(input))
}

function setParts(of: Codec) {
  return {
    encode: (values: Iterable<unknown>, orders?: FieldOrders) => {
      const members = Array.from(values, (value) => of.encode(value, orders))
      return encodeElements(members.length, members)
    },
    toPlain: (value: unknown, nested: Nested) => allToPlain(of, membersOf(value), nested),
    fromPlain: (plain: unknown, nested: Nested) => allFromPlain(of, [...membersOf(plain)], nested),
    members: (value: unknown) =>
      Array.from(value as Iterable<unknown>, (each) => of.fromDriver(each)),
  }
}

export function setCodec(type: CollectionType, of: Codec): Codec<Set<unknown>> {
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
    absent: () => new Set(),
    inner: [of],
    parts: { value: of },
  }
}

export function setAsArrayCodec(type: CollectionType, of: Codec): Codec<unknown[]> {
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
    absent: () => [],
    inner: [of],
    parts: { value: of },
  }
}
