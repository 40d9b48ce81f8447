import { types } from 'cassandra-driver'
import {
  BigDecimal,
  Duration,
  InetAddress,
  LocalDate,
  LocalTime,
  TimeUuid,
  Uuid,
  frozen,
  list,
  map,
  set,
  tuple,
  vector,
} from '../../../lib'
import { normalForm } from './normal-form'
import type { Random } from './random'

/** A CQL type as data. */
export type RandomType =
  | { readonly kind: 'native'; readonly name: NativeName }
  | { readonly kind: 'list' | 'set'; readonly of: RandomType }
  | { readonly kind: 'map'; readonly key: RandomType; readonly of: RandomType }
  | { readonly kind: 'tuple'; readonly parts: readonly RandomType[] }
  | { readonly kind: 'vector'; readonly length: number }
  | { readonly kind: 'frozen'; readonly of: RandomType }
  | { readonly kind: 'udt'; readonly type: RandomUserType }

/** A user-defined type; its fields are f0, f1, … */
export interface RandomUserType {
  readonly name: string
  readonly fields: readonly RandomType[]
  readonly target: new () => object
}

/** One value in two forms: as coodie takes it, and as the driver does. */
export interface Value {
  readonly ours: unknown
  readonly drivers: unknown
}

const same = (value: unknown): Value => ({ ours: value, drivers: value })
const long = (value: bigint): Value => ({
  ours: value,
  drivers: types.Long.fromString(String(value)),
})

/** Few values of each type, so that they meet; some are equal to the server and written otherwise. */
const natives = {
  ascii: ['', 'a', 'b~'].map(same),
  bigint: [0n, -1n, 2n ** 53n + 1n, -(2n ** 63n)].map(long),
  blob: ['', '00', 'ff01'].map((hex) => same(Buffer.from(hex, 'hex'))),
  boolean: [true, false].map(same),
  date: ['1969-12-31', '2026-11-30', '0001-01-01'].map((text) => same(LocalDate.fromString(text))),
  decimal: ['0', '1.0', '1.00', '-3.50', '100', '123456789012345678901234567890.5'].map((text) => ({
    ours: BigDecimal.fromString(text),
    drivers: types.BigDecimal.fromString(text),
  })),
  double: [0, -0, 1.5, Number.NaN, -Infinity].map(same),
  float: [0, -0, 1.5, Number.NaN, Math.fround(0.1)].map(same),
  inet: ['1.2.3.4', '127.0.0.1', '2001:db8::1'].map((text) => same(InetAddress.fromString(text))),
  int: [0, 1, -1, 2_147_483_647].map(same),
  smallint: [0, 1, -32_768].map(same),
  text: ['', 'a', 'b', 'é☃😀'].map(same),
  time: ['00:00:00', '23:59:59.999999999'].map((text) => same(LocalTime.fromString(text))),
  timestamp: [0, -1, 1_700_000_000_123].map((ms) => same(new Date(ms))),
  timeuuid: ['00000000-0000-1000-8080-808080808080', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'].map(
    (text) => ({ ours: TimeUuid.fromString(text), drivers: types.TimeUuid.fromString(text) }),
  ),
  tinyint: [0, 127, -128].map(same),
  uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff'].map(
    (text) => same(Uuid.fromString(text)),
  ),
  varint: [0n, 127n, 128n, -(2n ** 100n)].map((value) => ({
    ours: value,
    drivers: types.Integer.fromString(String(value)),
  })),
  duration: [new Duration(1, 2, 3), new Duration(0, 0, 0), new Duration(-13, -1, -5)].map(same),
} as const satisfies Record<string, readonly Value[]>

export type NativeName = keyof typeof natives

const all = Object.keys(natives) as NativeName[]
const ordered = all.filter((name) => name !== 'duration')
export const native = (name: NativeName): RandomType => ({ kind: 'native', name })

/** A type of a key column. */
export function keyType(random: Random): RandomType {
  const scalar = native(random.pick(ordered))
  if (random.chance(0.75)) return scalar
  return random.pick<RandomType>([
    { kind: 'frozen', of: { kind: 'set', of: scalar } },
    { kind: 'frozen', of: { kind: 'map', key: scalar, of: native('int') } },
    { kind: 'frozen', of: { kind: 'list', of: scalar } },
    { kind: 'tuple', parts: [scalar, native('text')] },
  ])
}

/** A type of any column outside the key. */
export function columnType(random: Random, userTypes: readonly RandomUserType[]): RandomType {
  const inner = () => frozenType(random, userTypes, 2)
  const key = () => keyType(random)
  return random.pick<() => RandomType>([
    () => native(random.pick(all)),
    () => native(random.pick(all)),
    () => ({ kind: 'list', of: inner() }),
    () => ({ kind: 'set', of: key() }),
    () => ({ kind: 'map', key: key(), of: inner() }),
    () => ({ kind: 'vector', length: 1 + random.below(3) }),
    inner,
    () => (userTypes.length === 0 ? native('text') : { kind: 'udt', type: random.pick(userTypes) }),
  ])()
}

/** A type whose values are written whole. */
export function frozenType(
  random: Random,
  userTypes: readonly RandomUserType[],
  depth: number,
): RandomType {
  if (depth === 0 || random.chance(0.5)) return native(random.pick(ordered))
  const inner = () => frozenType(random, userTypes, depth - 1)
  const key = () => keyType(random)
  return random.pick<() => RandomType>([
    () => ({ kind: 'frozen', of: { kind: 'list', of: inner() } }),
    () => ({ kind: 'frozen', of: { kind: 'set', of: key() } }),
    () => ({ kind: 'frozen', of: { kind: 'map', key: key(), of: inner() } }),
    () => ({ kind: 'tuple', parts: random.times(1 + random.below(3), inner) }),
    () =>
      userTypes.length === 0
        ? native('int')
        : { kind: 'frozen', of: { kind: 'udt', type: random.pick(userTypes) } },
  ])()
}

/** The type in CQL. */
export function cqlOf(type: RandomType): string {
  switch (type.kind) {
    case 'native':
      return type.name
    case 'list':
    case 'set':
    case 'frozen':
      return `${type.kind}<${cqlOf(type.of)}>`
    case 'map':
      return `map<${cqlOf(type.key)}, ${cqlOf(type.of)}>`
    case 'tuple':
      return `tuple<${type.parts.map(cqlOf).join(', ')}>`
    case 'vector':
      return `vector<float, ${type.length}>`
    case 'udt':
      return type.type.name
  }
}

/** The type as a decorator takes it. */
export function declared(type: RandomType): unknown {
  const inner = (of: RandomType) => declared(of) as 'int'
  switch (type.kind) {
    case 'native':
      return type.name
    case 'list':
      return list(inner(type.of))
    case 'set':
      return set(inner(type.of))
    case 'frozen':
      return frozen(inner(type.of))
    case 'map':
      return map(inner(type.key), inner(type.of))
    case 'tuple':
      return tuple(...type.parts.map(inner))
    case 'vector':
      return vector('float', type.length)
    case 'udt':
      return () => type.type.target
  }
}

/** A value of the type. The driver sends an empty frozen collection as null, so none is made. */
export function valueOf(type: RandomType, random: Random, min = 0): Value {
  const count = () => min + random.below(4 - min)
  switch (type.kind) {
    case 'native':
      return random.pick<Value>(natives[type.name])
    case 'frozen':
      return valueOf(type.of, random, 1)
    case 'list': {
      const items = random.times(count(), () => valueOf(type.of, random))
      return { ours: items.map(({ ours }) => ours), drivers: items.map(({ drivers }) => drivers) }
    }
    case 'set': {
      const items = distinct(random.times(count(), () => valueOf(type.of, random)))
      return {
        ours: new Set(items.map(({ ours }) => ours)),
        drivers: new Set(items.map(({ drivers }) => drivers)),
      }
    }
    case 'map': {
      const items = distinct(random.times(count(), () => valueOf(type.key, random))).map((key) => ({
        key,
        of: valueOf(type.of, random),
      }))
      return {
        ours: new Map(items.map(({ key, of }) => [key.ours, of.ours])),
        drivers: new Map(items.map(({ key, of }) => [key.drivers, of.drivers])),
      }
    }
    case 'tuple': {
      const parts = type.parts.map((part) => valueOrNull(part, random))
      return {
        ours: parts.map(({ ours }) => ours),
        drivers: new types.Tuple(...parts.map(({ drivers }) => drivers)),
      }
    }
    case 'vector': {
      const items = random.times(type.length, () => random.pick([0, 1.5, -2, Math.fround(0.1)]))
      return { ours: items, drivers: new types.Vector(items, 'float') }
    }
    case 'udt': {
      const fields = type.type.fields.map((field) => valueOrNull(field, random))
      const named = (form: keyof Value) =>
        Object.fromEntries(fields.map((field, i) => [`f${i}`, field[form]]))
      return {
        ours: Object.assign(new type.type.target(), named('ours')),
        drivers: named('drivers'),
      }
    }
  }
}

function valueOrNull(type: RandomType, random: Random): Value {
  return random.chance(0.15) ? same(null) : valueOf(type, random)
}

/** Without those that the server holds equal to one before. */
function distinct(values: readonly Value[]): readonly Value[] {
  const forms = values.map(({ ours }) => normalForm(ours))
  return values.filter((_, i) => forms.indexOf(forms[i] as string) === i)
}
