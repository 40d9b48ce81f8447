import fc from 'fast-check'
import { BigDecimal, InetAddress, Uuid } from '../../../lib'
import type { Codec } from '../../../lib/codec/codec'
import { codecFor } from '../../../lib/codec/codec-for'
import { identityOf } from '../../../lib/codec/identity'
import { anyOrder } from '../../../lib/codec/parameter'
import type { UserTypeShape } from '../../../lib/codec/udts'
import type { CqlType } from '../../../lib/cql/cql-type'
import { parseType } from '../../../lib/cql/parse-type'
import { printType } from '../../../lib/cql/print-type'
import { mapParts } from '../../../lib/cql/type-tree'

/** A type with values, and another spelling of each that the server must hold to be the same. */
export interface Kind {
  readonly text: string
  readonly values: fc.Arbitrary<unknown>
  readonly respell: (value: unknown) => unknown
}

const scalar = (
  text: string,
  values: readonly unknown[],
  respell = (value: unknown) => value,
): Kind => ({
  text,
  values: fc.constantFrom(...values),
  respell,
})

const uuid = (digit: number, version: number) =>
  Uuid.fromString(`${String(digit).repeat(8)}-0000-${version}000-8000-00000000000${digit}`)
const timeuuids = [
  '00000000-0000-1000-8080-808080808080',
  '00000001-0000-1000-8080-808080808080',
  '00000000-0000-1001-7f80-808080808080',
  '00000000-0000-1000-ff80-80808080807f',
]

/** What a failure shows of it. */
const named = (kind: Kind): Kind => Object.assign({ [fc.toStringMethod]: () => kind.text }, kind)

/** A NaN of other bits than those of `NaN`. */
const otherNaN = new Float64Array(new BigUint64Array([0x7ff8_0000_0000_0001n]).buffer)[0] as number
const respellNaN = (value: unknown) => (Number.isNaN(value) ? otherNaN : value)

/** Few values of each, so that two are often the same; spelled in as many ways as the server knows. */
const scalars: readonly Kind[] = [
  scalar('int', [0, 1, -1, 2_147_483_647, -2_147_483_648]),
  scalar('smallint', [0, 1, -1, -32_768]),
  scalar('tinyint', [0, 1, -1, -128]),
  scalar('bigint', [0n, 1n, -1n, 2n ** 62n]),
  scalar('varint', [0n, 1n, -1n, 127n, 128n, -128n, -129n, 2n ** 70n, -(2n ** 70n)]),
  scalar(
    'decimal',
    ['0', '0.00', '1', '1.0', '-1', '1e3', '1000', '1e-30', '99.5', '-99.50', '1e21'],
    (value) => BigDecimal.fromString(String(value)).add(BigDecimal.fromString('0.0000')),
  ),
  scalar('double', [0, -0, Number.NaN, 1.5, -1.5, Infinity, -Infinity], respellNaN),
  scalar('float', [0, -0, Number.NaN, 1.5, -1.5, Infinity, -Infinity], respellNaN),
  scalar('text', ['', 'a', 'b', 'B', 'é', '😀', '\uFFFD', 'ab']),
  scalar(
    'blob',
    ['', '00', 'ff', '0001', 'ff00'].map((hex) => Buffer.from(hex, 'hex')),
    (value) => Buffer.from(value as Buffer),
  ),
  scalar('boolean', [true, false]),
  scalar(
    'uuid',
    [uuid(1, 4), uuid(2, 4), uuid(1, 1), uuid(2, 1), uuid(9, 7), uuid(0, 4)],
    (value) => String(value),
  ),
  scalar('timeuuid', timeuuids, (value) => String(value).toUpperCase()),
  scalar(
    'inet',
    ['10.0.0.1', '::ffff:10.0.0.1', '::1', '200.0.0.1', '::ffff:200.0.0.1'],
    (value) =>
      String(value).includes('.')
        ? `::ffff:${String(value).replace('::ffff:', '')}`
        : InetAddress.fromString(String(value)),
  ),
  scalar(
    'timestamp',
    [0, -1, 1, 1e12].map((time) => new Date(time)),
    (value) => Number(value),
  ),
  scalar('date', ['1970-01-01', '1969-12-31', '2026-01-01']),
  scalar('time', ['00:00:00', '23:59:59.999999999']),
]

/** A type of the keyspace, whose order of fields is not that of the class. */
export const fields = { amount: 'decimal', tags: 'set<text>', limits: 'map<text, int>' }
const money: UserTypeShape = {
  entity: 'Money',
  fields: new Map(
    Object.entries(fields).map(([name, type]) => [
      name,
      { name, codec: codecFor(parseType(type)) },
    ]),
  ),
  create: () => ({}),
  isOwnState: () => false,
  defaultOf: () => undefined,
}
/** The fields in the order of the server. */
export const stored = ['limits', 'tags', 'amount'] as const
export const orders = { of: (type: string) => (type === 'money' ? stored : undefined) }
const userTypes = new Map([['money', money]])

const reversed = <T>(values: readonly T[]): T[] =>
  values.map((_, i) => values[values.length - 1 - i] as T)

const setOf = (of: Kind): Kind => ({
  text: `set<${of.text}>`,
  values: fc.array(of.values, { maxLength: 4 }),
  respell: (value) => reversed([...(value as unknown[]).map(of.respell), ...(value as unknown[])]),
})
const mapOf = (key: Kind, value: Kind): Kind => ({
  text: `map<${key.text}, ${value.text}>`,
  // A Map turns the key -0 into 0.
  values: fc.uniqueArray(
    fc.tuple(
      key.values.filter((k) => !Object.is(k, -0)),
      value.values,
    ),
    {
      maxLength: 3,
      selector: ([k]) => identify(codecOf(key.text), k),
    },
  ),
  respell: (entries) =>
    reversed(entries as [unknown, unknown][]).map(([k, v]) => [key.respell(k), value.respell(v)]),
})
const listOf = (of: Kind): Kind => ({
  text: `list<${of.text}>`,
  values: fc.array(of.values, { maxLength: 3 }),
  respell: (value) => (value as unknown[]).map(of.respell),
})
const nullable = (of: Kind) => fc.option(of.values, { freq: 4 })
const orNull = (of: Kind, value: unknown) => (value === null ? null : of.respell(value))
const tupleOf = (of: readonly Kind[]): Kind => ({
  text: `tuple<${of.map(({ text }) => text).join(', ')}>`,
  values: fc.tuple(...of.map(nullable)),
  respell: (value) => of.map((kind, i) => orNull(kind, (value as unknown[])[i])),
})
const vectorOf = (of: Kind): Kind => ({
  text: `vector<${of.text}, 2>`,
  values: fc.tuple(of.values, of.values),
  respell: (value) => (value as unknown[]).map(of.respell),
})
const find = (text: string) => scalars.find((kind) => kind.text === text) as Kind
const parts = {
  amount: find('decimal'),
  tags: setOf(find('text')),
  limits: mapOf(find('text'), find('int')),
}
const aMoney: Kind = {
  text: 'money',
  values: fc.record({
    amount: nullable(parts.amount),
    tags: nullable(parts.tags),
    limits: nullable(parts.limits),
  }),
  respell: (value) => {
    const { amount, tags, limits } = value as Record<keyof typeof parts, unknown>
    return {
      limits: orNull(parts.limits, limits),
      tags: orNull(parts.tags, tags),
      amount: orNull(parts.amount, amount),
    }
  },
}

/** A type of up to `depth` types around a scalar. */
export const kinds = (depth: number): fc.Arbitrary<Kind> => unnamedKinds(depth).map(named)

function unnamedKinds(depth: number): fc.Arbitrary<Kind> {
  const plain = fc.constantFrom(...scalars)
  if (depth === 0) return plain
  const inner = unnamedKinds(depth - 1)
  // Java fails on vectors of what has no fixed length in some places; floats must be finite in ours.
  const elements = fc.constantFrom(...['int', 'bigint', 'text', 'varint', 'uuid'].map(find))
  return fc.oneof(
    { arbitrary: inner, weight: 1 },
    { arbitrary: inner.map(setOf), weight: 3 },
    { arbitrary: inner.map(listOf), weight: 2 },
    { arbitrary: fc.tuple(inner, inner).map(([key, value]) => mapOf(key, value)), weight: 2 },
    { arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }).map(tupleOf), weight: 2 },
    { arbitrary: elements.map(vectorOf), weight: 1 },
    { arbitrary: fc.constant(aMoney), weight: 1 },
  )
}

export function codecOf(text: string): Codec {
  return codecFor(parseType(`frozen<${text}>`), 'native', userTypes)
}

export function toJs(codec: Codec, value: unknown): unknown {
  return codec.check(withMaps(codec, value))
}

/** Entries become maps, whose keys may be spelled twice. */
function withMaps({ type, inner, fields: named }: Codec, value: unknown): unknown {
  if (value === null) return null
  const kind = type.kind === 'frozen' ? type.of.kind : type.kind
  const [first, second] = inner as [Codec, Codec]
  switch (kind) {
    case 'map':
      return new Map(
        (value as [unknown, unknown][]).map(([k, v]) => [withMaps(first, k), withMaps(second, v)]),
      )
    case 'list':
    case 'set':
    case 'vector':
      return (value as unknown[]).map((each) => withMaps(first, each))
    case 'tuple':
      return inner.map((codec, i) => withMaps(codec, (value as unknown[])[i] ?? null))
    case 'udt':
      return Object.fromEntries(
        Object.entries(value as object).map(([name, each]) => [
          name,
          withMaps(named?.get(name)?.codec as Codec, each),
        ]),
      )
    default:
      return value
  }
}

export function identify(codec: Codec, value: unknown): string {
  return identityOf(codec, codec.encode(toJs(codec, value), anyOrder))
}

export /** The bytes that are sent. */
const sent = (codec: Codec, value: unknown): Buffer => codec.encode(toJs(codec, value), orders)

/** The type with everything in it frozen, as a key must be. */
export function freeze(type: CqlType): CqlType {
  const of = mapParts(type, freeze)
  return type.kind === 'native' || type.kind === 'vector' ? of : { kind: 'frozen', of }
}

/** The statement that creates the type. */
export function createMoney(keyspace: string): string {
  const typed = stored.map((name) => `${name} ${printType(freeze(parseType(fields[name])))}`)
  return `CREATE TYPE ${keyspace}.money (${typed.join(', ')})`
}
