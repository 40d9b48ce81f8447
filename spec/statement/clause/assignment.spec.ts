import {
  Add,
  Append,
  Column,
  CounterColumn,
  Decrement,
  Entity,
  Field,
  Fields,
  In,
  Increment,
  PartitionKey,
  Prepend,
  Put,
  Remove,
  SetAt,
  StatementError,
  UserDefinedType,
  Uuid,
  ValueError,
  frozen,
} from '../../../lib'
import { unset } from '../../../lib/driver/types/unset'
import { buildMetadata } from '../../../lib/metadata/build/build-metadata'
import { compilePlan } from '../../../lib/plan/plan'
import { buildUpdate, shapeOfUpdate } from '../../../lib/statement/update'

@UserDefinedType('address')
class Address {
  @Field('text') street?: string | null
  @Field({ type: 'text', name: 'Zip' }) zip?: string | null
}

@Entity('things')
class Thing {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('list<int>') list: number[] = []
  @Column('set<text>') set = new Set<string>()
  @Column('set<int>', { as: 'array' }) numbers: number[] = []
  @Column('map<text, int>', { name: 'Map', as: 'object' }) map: Record<string, number> = {}
  @Column('map<uuid, text>') byId = new Map<Uuid, string>()
  @Column('frozen<list<int>>') whole?: number[] | null
  @Column(() => Address) address?: Address | null
  @Column(frozen(() => Address)) home?: Address | null
  @Column('list<text>', {
    transformer: {
      to: (words: string) => words.split(' '),
      from: (words: readonly string[]) => words.join(' '),
    },
  })
  words?: string | null
}
const thing = buildMetadata(Thing)

@Entity('hits')
class Hits {
  @PartitionKey('text') page!: string
  @CounterColumn() views!: bigint
  @CounterColumn({ as: 'number', name: 'n' }) visitors!: number
}
const hits = buildMetadata(Hits)

const hex = (param: unknown) => (Buffer.isBuffer(param) ? param.toString('hex') : param)

/** The SET of an update, its parameters as bound, and whether it may be sent twice. */
function setOf(changes: object, metadata = thing, where: object = { id: 1 }) {
  const request = { where, changes }
  const shape = shapeOfUpdate(metadata, request)
  const { cql, isIdempotent, markers } = buildUpdate(metadata, 'ks', request)
  const [, set] = /^UPDATE "ks"\."\w+" SET (.*) WHERE "\w+" = \?$/u.exec(cql) ?? []
  const statement = buildUpdate(metadata, 'ks', request)
  const params = compilePlan(metadata, statement).bind(request)
  expect(params).toHaveLength(markers.length)
  return { set, params: params.slice(0, -1).map(hex), isIdempotent, shape }
}

/** A collection of 4-byte integers, as the protocol has it. */
const ints = (...values: number[]) => {
  const parts = [values.length, ...values.flatMap((value) => [4, value])]
  return parts.map((part) => part.toString(16).padStart(8, '0')).join('')
}
const texts = (...values: string[]) =>
  [values.length.toString(16).padStart(8, '0')]
    .concat(
      values.map((v) => v.length.toString(16).padStart(8, '0') + Buffer.from(v).toString('hex')),
    )
    .join('')

describe.each([
  ['Append', { list: Append([1, 2]) }, '"list" = "list" + ?', [ints(1, 2)], false],
  ['Prepend', { list: Prepend([1]) }, '"list" = ? + "list"', [ints(1)], false],
  ['Append of nothing', { list: Append([]) }, '"list" = "list" + ?', [ints()], false],
  ['Remove from a list', { list: Remove([1]) }, '"list" = "list" - ?', [ints(1)], true],
  ['SetAt', { list: SetAt(3, 7) }, '"list"[?] = ?', [3, 7], true],
  ['Add', { set: Add(['a']) }, '"set" = "set" + ?', [texts('a')], true],
  ['Add of a Set', { set: Add(new Set(['a'])) }, '"set" = "set" + ?', [texts('a')], true],
  ['Add of nothing', { set: Add([]) }, '"set" = "set" + ?', [texts()], true],
  ['Remove from a set', { set: Remove(['a', 'b']) }, '"set" = "set" - ?', [texts('a', 'b')], true],
  ['Add to an array', { numbers: Add([5]) }, '"numbers" = "numbers" + ?', [ints(5)], true],
  ['Remove from an array', { numbers: Remove([5]) }, '"numbers" = "numbers" - ?', [ints(5)], true],
  [
    'Put of an object',
    { map: Put({ a: 9 }) },
    '"Map" = "Map" + ?',
    ['0000000100000001610000000400000009'],
    true,
  ],
  [
    'Put of a Map',
    { map: Put(new Map([['a', 9]])) },
    '"Map" = "Map" + ?',
    ['0000000100000001610000000400000009'],
    true,
  ],
  ['Remove of keys', { map: Remove(['a']) }, '"Map" = "Map" - ?', [texts('a')], true],
  [
    'Remove of uuids',
    { byId: Remove(['00000000-0000-4000-8000-000000000001']) },
    '"by_id" = "by_id" - ?',
    ['000000010000001000000000000040008000000000000001'],
    true,
  ],
  ['Fields', { address: Fields({ zip: '1' }) }, '"address"."Zip" = ?', ['1'], true],
  [
    'Fields in the order of the type',
    { address: Fields({ zip: null, street: undefined }) },
    '"address"."street" = ?, "address"."Zip" = ?',
    [unset, null],
    true,
  ],
  [
    'Append through a transformer',
    { words: Append('a b' as never) },
    '"words" = "words" + ?',
    [texts('a', 'b')],
    false,
  ],
  ['a value', { name: 'x', list: [1] }, '"name" = ?, "list" = ?', ['x', ints(1)], true],
  [
    'null and undefined',
    { name: null, set: undefined },
    '"name" = ?, "set" = ?',
    [null, unset],
    true,
  ],
] as const)('%s', (_, changes, set, params, isIdempotent) => {
  it(`is ${set}`, () => {
    expect(setOf(changes)).toMatchObject({ set, params, isIdempotent })
  })
})

it('writes columns in their own order, whatever the order of the changes', () => {
  const one = setOf({ map: Put({ a: 1 }), name: 'x', list: Append([1]) })
  const other = setOf({ list: Append([1, 2, 3]), map: Put({}), name: 'y' })
  expect(one.set).toBe('"name" = ?, "list" = "list" + ?, "Map" = "Map" + ?')
  expect(other.set).toBe(one.set)
  expect(other.shape).toBe(one.shape)
  expect(one.isIdempotent).toBe(false)
})

it('has a shape of its own for every operator and every choice of fields', () => {
  const shapes = [
    { list: [1] },
    { list: Append([1]) },
    { list: Prepend([1]) },
    { list: Remove([1]) },
    { list: SetAt(0, 1) },
    { set: Add(['1']) },
    { set: Remove(['1']) },
    { map: Put({}) },
    { map: Remove(['1']) },
    { address: {} },
    { address: Fields({ zip: '1' }) },
    { address: Fields({ street: '1' }) },
    { address: Fields({ zip: '1', street: '1' }) },
  ].map((changes) => shapeOfUpdate(thing, { where: { id: 1 }, changes }))
  expect(new Set(shapes).size).toBe(shapes.length)
})

describe('counters', () => {
  const page = { page: '/' }

  it.each([
    [{ views: Increment(1n) }, '"views" = "views" + ?', ['0000000000000001']],
    [{ views: Increment(-2) }, '"views" = "views" + ?', ['fffffffffffffffe']],
    [{ views: Decrement('3') }, '"views" = "views" - ?', ['0000000000000003']],
    [{ visitors: Increment(2n ** 60n) }, '"n" = "n" + ?', ['1000000000000000']],
    [
      { visitors: Decrement(1), views: Increment(1) },
      '"views" = "views" + ?, "n" = "n" - ?',
      ['0000000000000001', '0000000000000001'],
    ],
    [{ views: undefined }, '"views" = "views" + ?', [unset]],
  ])('%#', (changes, set, params) => {
    expect(setOf(changes, hits, page)).toMatchObject({ set, params, isIdempotent: false })
  })

  it.each([
    [{ views: 1n }, 'Hits.views is a counter and cannot be set; write Increment() or Decrement()'],
    [
      { views: null },
      'Hits.views is a counter and cannot be set; write Increment() or Decrement()',
    ],
    [
      { views: Append([1n]) },
      'Hits.views is a counter, which Append() cannot change; write Increment() or Decrement()',
    ],
  ])('are not set: %#', (changes, message) => {
    expect(() => setOf(changes, hits, page)).toThrow(new StatementError(message))
  })

  it.each([
    [Increment(null as never), 'Increment() is given null; a counter changes by a whole number'],
    [
      Decrement(undefined as never),
      'Decrement() is given undefined; leave the property out to change nothing',
    ],
    [Increment(1.5), 'needs a bigint or a whole number; got a fraction'],
    [
      Increment(2 ** 60),
      'needs a bigint; got a number beyond 2 ** 53, which has lost digits already',
    ],
    [Increment('one'), 'needs a bigint, a whole number or a text of digits; got another text'],
    [Increment(2n ** 63n), 'needs a whole number of 64 bits; got one out of range'],
  ])('change by whole numbers: %#', (views, reason) => {
    expect(() => setOf({ views }, hits, page)).toThrow(new ValueError('Hits', 'views', reason))
  })
})

describe('refusals', () => {
  it.each([
    [{}, 'Thing: the update changes nothing; name at least one property'],
    [{ nam: 'x' }, `Thing.nam, named in changes, is not a column; did you mean 'name'?`],
    [
      { id: 2 },
      'Thing.id belongs to the primary key and cannot change; ' +
        'insert the row under its new key and delete the old one',
    ],
    [{ name: In(['x']) }, 'Thing.name is given a condition; give it a value'],
    [
      { name: Append(['x']) },
      'Thing.name is a text, which Append() cannot change; give the whole value',
    ],
    [
      { whole: Append([1]) },
      'Thing.whole is a frozen<list<int>>, which Append() cannot change; give the whole value',
    ],
    [
      { list: Add([1]) },
      'Thing.list is a list<int>, which Add() cannot change; ' +
        'write Append(), Prepend(), Remove() or SetAt()',
    ],
    [
      { set: Append(['x']) },
      'Thing.set is a set<text>, which Append() cannot change; write Add() or Remove()',
    ],
    [
      { map: Add(['x']) },
      'Thing.map is a map<text, int>, which Add() cannot change; write Put() or Remove()',
    ],
    [
      { address: Put({ zip: '1' }) },
      'Thing.address is a "address", which Put() cannot change; write Fields()',
    ],
    [
      { home: Fields({ zip: '1' }) },
      'Thing.home is a frozen<"address">, which Fields() cannot change; give the whole value',
    ],
    [{ list: Increment(1) }, /^Thing\.list is a list<int>, which Increment\(\) cannot change/u],
    [{ address: Fields({}) }, 'Thing.address is given no field; name at least one in Fields()'],
    [{ address: Fields({ zp: '1' }) }, `Thing.address has no field 'zp'; did you mean 'zip'?`],
    [{ address: Fields({ Zip: '1' }) }, `Thing.address has no field 'Zip'; did you mean 'zip'?`],
    [{ address: Fields(null) }, 'Thing.address needs an object of fields in Fields()'],
    [{ address: Fields(['zip']) }, 'Thing.address needs an object of fields in Fields()'],
  ])('of the request: %#', (changes, message) => {
    expect(() => setOf(changes)).toThrow(StatementError)
    expect(() => setOf(changes)).toThrow(message)
  })

  it.each([
    [
      { list: Append(undefined as never) },
      'list',
      'Append() is given undefined; leave the property out to change nothing',
    ],
    [
      { list: Append(null as never) },
      'list',
      'Append() is given null; give the property itself null to delete it',
    ],
    [{ list: Append(1 as never) }, 'list', 'needs an array; got a number'],
    [{ list: Append([1, null]) }, 'list', 'element 1 is null; a collection holds no null'],
    [{ list: Append([undefined]) }, 'list', 'element 0 is undefined; a collection holds no null'],
    [{ list: Append(['x']) }, 'list', /element 0 needs a whole number from .* got a string$/u],
    [{ list: SetAt(-1, 1) }, 'list', 'SetAt() takes an index from 0'],
    [{ list: SetAt(0.5, 1) }, 'list', /needs a whole number/u],
    [
      { list: SetAt(0, null) },
      'list',
      'SetAt() is given null; an element is deleted by delete(where, { elements })',
    ],
    [{ set: Add([null]) }, 'set', 'element 0 is null; a collection holds no null'],
    [{ map: Put({ a: null }) }, 'map', 'the value of entry 0 is null; a collection holds no null'],
    [{ map: Put({ a: 'x' }) }, 'map', /^Thing\.map: the value of entry 0 needs a whole number/u],
    [{ map: Remove({ a: 1 } as never) }, 'map', 'needs a Set or an array; got an object'],
    [{ byId: Put({ nonsense: 'x' }) }, 'byId', /^Thing\.byId: the key of entry 0/u],
    [{ address: Fields({ zip: 1 }) }, 'address.zip', /^Thing\.address\.zip: needs a string/u],
    [{ name: Object.freeze({ kind: 'append', value: ['x'] }) }, 'name', /needs a string/u],
  ])('of a value: %#', (changes, property, reason) => {
    let error: unknown
    try {
      setOf(changes)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(ValueError)
    expect(error).toMatchObject({ entity: 'Thing', property })
    const { message } = error as ValueError
    if (typeof reason === 'string') expect(message).toBe(`Thing.${property}: ${reason}`)
    else expect(message).toMatch(reason)
  })
})
