import fc from 'fast-check'
import {
  Column,
  Entity,
  Field,
  PartitionKey,
  UserDefinedType,
  VersionColumn,
  frozen,
  list,
  map,
  set,
  tuple,
} from '../../lib'

@UserDefinedType('address')
export class Address {
  @Field('text') street?: string | null
  @Field('int') no?: number | null
  @Field('frozen<list<text>>') names?: string[] | null
}

/** Of a text with commas: a part of it is not the same as a part of the list. */
const numbered = {
  to: (value: string) => value.split(',').map((each, i) => `${i}${each}`),
  from: (value: string[]) => value.map((each) => each.slice(1)).join(','),
}
const upperCase = {
  to: (value: string[]) => value.map((each) => each.toLowerCase()),
  from: (value: string[]) => value.map((each) => each.toUpperCase()),
}

/** A column of each kind of type, what cannot be changed in place and what can. */
export class Containers {
  @PartitionKey('int') id!: number
  @Column('text') text?: string | null
  @Column('double') double?: number | null
  @Column('timestamp') date?: Date | null
  @Column('blob') blob?: Buffer | null
  @Column('list<int>') list?: number[] | null
  @Column('set<text>') set?: Set<string> | null
  @Column('set<int>', { as: 'array' }) array?: number[] | null
  @Column('map<text, int>') map?: Map<string, number> | null
  @Column('map<text, frozen<list<int>>>', { as: 'object' })
  object?: { [key: string]: number[] } | null
  @Column('frozen<list<int>>') frozenList?: number[] | null
  @Column('frozen<set<text>>') frozenSet?: Set<string> | null
  @Column('frozen<map<text, int>>') frozenMap?: Map<string, number> | null
  @Column('tuple<int, text>') tuple?: [number | null, string | null] | null
  @Column(tuple('int', frozen('list<int>'))) nested?: [number | null, number[] | null] | null
  @Column('vector<float, 2>') vector?: number[] | null
  @Column(() => Address) address?: Address | null
  @Column(frozen(() => Address)) frozenAddress?: Address | null
  @Column(list(frozen(() => Address))) addresses?: Address[] | null
  @Column(set(frozen(() => Address))) places?: Set<Address> | null
  @Column(
    map(
      'text',
      frozen(() => Address),
    ),
  )
  byName?: Map<string, Address> | null
  @Column('list<text>', { transformer: numbered }) numbered?: string | null
  @Column('list<text>', { transformer: upperCase }) upperCase?: string[] | null
}

@Entity({ name: 'tracked', trackChanges: true })
export class Tracked extends Containers {}

@Entity({ name: 'versioned', trackChanges: true })
export class TrackedVersioned extends Containers {
  @VersionColumn() version?: number
}

const text = fc.constantFrom('a', 'b', 'c', 'd', 'é')
const int = fc.constantFrom(0, 1, 2, 3, -1)
const ints = fc.array(int, { maxLength: 4 })
const address = fc
  .record({
    street: fc.option(text),
    no: fc.option(int),
    names: fc.option(fc.array(text, { maxLength: 2 })),
  })
  .map((fields) => Object.assign(new Address(), fields))
const setOf = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 4 }).map((all) => new Set(all))
const mapOf = <T>(of: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(text, of), { maxLength: 4 }).map((all) => new Map(all))

/** A value of each column but the key; few, so that two of them often have parts in common. */
const values = {
  text,
  double: fc.double(),
  date: fc.constantFrom(0, 1, 86_400_000).map((time) => new Date(time)),
  blob: fc.uint8Array({ maxLength: 2 }).map((bytes) => Buffer.from(bytes)),
  list: ints,
  set: setOf(text),
  array: fc.uniqueArray(int, { maxLength: 4 }),
  map: mapOf(int),
  object: mapOf(ints).map((all) => Object.fromEntries(all)),
  frozenList: ints,
  frozenSet: setOf(text),
  frozenMap: mapOf(int),
  tuple: fc.tuple(fc.option(int), fc.option(text)),
  nested: fc.tuple(fc.option(int), fc.option(ints)),
  vector: fc.tuple(int, int).map((both): number[] => both),
  address,
  frozenAddress: address,
  addresses: fc.array(address, { maxLength: 3 }),
  places: fc
    .uniqueArray(address, { maxLength: 4, selector: (each) => JSON.stringify(each) })
    .map((all) => new Set(all)),
  byName: mapOf(address),
  numbered: fc.array(text, { minLength: 1, maxLength: 3 }).map((all) => all.join(',')),
  upperCase: fc.array(
    text.map((each) => each.toUpperCase()),
    { maxLength: 3 },
  ),
} as const satisfies Record<Exclude<keyof Containers, 'id'>, fc.Arbitrary<unknown>>

type State = Partial<Omit<Containers, 'id'>>

const state = (requiredKeys: 'all' | 'some'): fc.Arbitrary<State> =>
  fc.record(
    Object.fromEntries(
      Object.entries(values).map(([property, value]) => [
        property,
        fc.option(value as fc.Arbitrary<unknown>, { freq: 8 }),
      ]),
    ),
    requiredKeys === 'all' ? {} : { requiredKeys: [] },
  )

/** What a row has at first, and one state after another that is given to it; what is left out stays. */
export const histories = fc.tuple(
  state('all'),
  fc.array(state('some'), { minLength: 1, maxLength: 4 }),
)

/** How a property comes to its new value: collections in place, as programs change them, or given anew. */
export function assign(
  target: Containers,
  property: string,
  value: unknown,
  inPlace: boolean,
): void {
  const properties = target as unknown as Record<string, unknown>
  const old = properties[property]
  if (inPlace && Array.isArray(old) && Array.isArray(value)) old.splice(0, old.length, ...value)
  else if (inPlace && old instanceof Set && value instanceof Set) replaceIn(old, value)
  else if (inPlace && old instanceof Map && value instanceof Map) replaceIn(old, value)
  else if (inPlace && old instanceof Date && value instanceof Date) old.setTime(value.getTime())
  else if (inPlace && old instanceof Address && value instanceof Address) Object.assign(old, value)
  else if (
    inPlace &&
    Buffer.isBuffer(old) &&
    Buffer.isBuffer(value) &&
    old.length === value.length
  ) {
    value.copy(old)
  } else properties[property] = structuredCopy(value)
}

function replaceIn(old: Set<unknown> | Map<unknown, unknown>, value: typeof old): void {
  old.clear()
  for (const each of value) {
    if (old instanceof Map) old.set(...(each as [unknown, unknown]))
    else old.add(each)
  }
}

/** Another value of the same content, so that a state may be given to several entities. */
export function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy)
  if (value instanceof Set) return new Set([...value].map(structuredCopy))
  if (value instanceof Map) {
    return new Map([...value].map(([key, each]) => [key, structuredCopy(each)]))
  }
  if (value instanceof Date) return new Date(value)
  if (Buffer.isBuffer(value)) return Buffer.from(value)
  if (value instanceof Address) {
    return Object.assign(new Address(), {
      ...value,
      names: structuredCopy(value.names ?? null),
    })
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, structuredCopy(each)]),
    )
  }
  return value
}
