import fc from 'fast-check'
import { BigDecimal, Column, Entity, PartitionKey, getEntityMetadata } from '../../lib'
import { eachElement, encodeElements } from '../../lib/codec/wire'
import type { ColumnMetadata } from '../../lib'
import { differencesOf } from '../../lib/repository/tracking/differences'
import { bytesOf, takeSnapshot, valueOf } from '../../lib/repository/tracking/snapshot'
import { type ColumnChange, isChange } from '../../lib/statement/change'
import { Address, Tracked, assign, histories, structuredCopy } from './containers'

@Entity({ name: 'compared', trackChanges: true })
class Compared {
  @PartitionKey('int') id!: number
  @Column('set<frozen<set<int>>>') groups?: Set<Set<number>>
  @Column('map<decimal, text>') prices?: Map<BigDecimal, string>
  @Column('decimal') amount?: BigDecimal
  @Column('list<decimal>') amounts?: BigDecimal[]
  @Column('double') zero?: number
}

const metadata = getEntityMetadata(Tracked)
const columnOf = (property: string) => metadata.byProperty[property] as ColumnMetadata
const tracked = (given: Partial<Tracked>) => Object.assign(new Tracked(), { id: 1 }, given)

/** What `change` does to an entity, as changes of an update: property and operator, or value. */
function changed(before: Partial<Tracked>, change: (entity: Tracked) => void) {
  const entity = tracked(before)
  const snapshot = takeSnapshot(metadata, entity)
  change(entity)
  return Object.fromEntries(
    differencesOf(snapshot, entity).map(({ column, change: made }) => [
      column.property,
      shown(made),
    ]),
  )
}

function shown(change: unknown): unknown {
  if (!isChange(change)) return change
  return change.kind === 'both'
    ? (change.value as readonly unknown[]).map(shown)
    : [change.kind, change.value]
}

it('tells what was pushed, and nothing else', () => {
  const before = { text: 'a', list: [1], set: new Set(['a']) }
  expect(changed(before, (entity) => entity.list?.push(2))).toEqual({ list: ['append', [2]] })
  expect(changed(before, () => undefined)).toEqual({})
})

it('changes a list at its ends, and gives it whole for all else', () => {
  const lists: readonly [before: number[] | null, after: number[] | null, change: unknown][] = [
    [[1], [1, 2, 3], ['append', [2, 3]]],
    [[1], [2, 3, 1], ['prepend', [2, 3]]],
    [[1], [1, 1], ['append', [1]]],
    [[], [1], ['append', [1]]],
    [null, [1], ['append', [1]]],
    [[1, 2], [1], [1]],
    [
      [1, 2],
      [0, 1, 2, 3],
      [0, 1, 2, 3],
    ],
    [
      [1, 2],
      [2, 1],
      [2, 1],
    ],
    [[1], [], null],
    [[1], null, null],
  ]
  for (const [list, after, change] of lists) {
    expect(changed({ list }, (entity) => (entity.list = after))).toEqual({ list: change })
  }
})

it('adds to a set and takes from it, in one update', () => {
  const set = new Set(['a', 'b'])
  const after = (all: string[]) => (entity: Tracked) => (entity.set = new Set(all))
  expect(changed({ set }, after(['a', 'b', 'c']))).toEqual({ set: ['add', new Set('c')] })
  expect(changed({ set }, after(['b']))).toEqual({ set: ['remove', new Set('a')] })
  expect(changed({ set }, after(['b', 'c']))).toEqual({
    set: [
      ['add', new Set('c')],
      ['remove', new Set('a')],
    ],
  })
  expect(changed({ set }, after(['b', 'a']))).toEqual({})
  expect(changed({ set }, after(['c']))).toEqual({ set: new Set('c') })
  expect(changed({ set }, after([]))).toEqual({ set: null })
  expect(changed({ array: [1, 2] }, (entity) => entity.array?.push(0))).toEqual({
    array: ['add', [0]],
  })
})

it('puts entries of a map and removes them by their keys', () => {
  const before = () => new Map([['a', 1], ['b', 2]]) // prettier-ignore
  const change = (act: (map: Map<string, number>) => void) =>
    changed({ map: before() }, ({ map }) => map && act(map))
  expect(change((map) => map.set('c', 3))).toEqual({ map: ['put', new Map([['c', 3]])] })
  expect(change((map) => map.set('a', 3))).toEqual({ map: ['put', new Map([['a', 3]])] })
  expect(change((map) => map.delete('a'))).toEqual({ map: ['remove', ['a']] })
  expect(change((map) => map.delete('a') && map.set('b', 0))).toEqual({
    map: [
      ['put', new Map([['b', 0]])],
      ['remove', ['a']],
    ],
  })
  expect(change((map) => map.clear())).toEqual({ map: null })
  const object = { a: [1], b: [2] }
  expect(changed({ object }, (entity) => entity.object?.['a']?.push(2))).toEqual({
    object: ['put', { __proto__: null, a: [1, 2] }],
  })
})

it('changes fields of a user-defined type, and a frozen one whole', () => {
  const address = () => Object.assign(new Address(), { street: 'a', no: 1, names: ['x'] })
  const before = { address: address(), frozenAddress: address() }
  expect(changed(before, ({ address: given }) => (given as Address).names?.push('y'))).toEqual({
    address: ['fields', { names: ['x', 'y'] }],
  })
  expect(changed(before, ({ address: given }) => ((given as Address).no = null))).toEqual({
    address: ['fields', { no: null }],
  })
  expect(changed(before, (entity) => (entity.address = null))).toEqual({ address: null })
  expect(changed({ address: null }, (entity) => (entity.address = address()))).toEqual({
    address: ['fields', { street: 'a', no: 1, names: ['x'] }],
  })
  const whole = changed(before, ({ frozenAddress }) => ((frozenAddress as Address).no = 2))
  expect(whole).toEqual({ frozenAddress: { street: 'a', no: 2, names: ['x'] } })
})

it('gives whole what has user-defined types for its elements or what a transformer makes', () => {
  const one = Object.assign(new Address(), { street: 'a' })
  const two = Object.assign(new Address(), { street: 'b' })
  expect(
    changed({ places: new Set([one]) }, (entity) => entity.places?.add(two))['places'],
  ).toBeInstanceOf(Set)
  expect(changed({ numbered: 'a,b' }, (entity) => (entity.numbered = 'a,b,c'))).toEqual({
    numbered: 'a,b,c',
  })
  expect(changed({ upperCase: ['A'] }, (entity) => entity.upperCase?.push('B'))).toEqual({
    upperCase: ['append', ['B']],
  })
})

it('sees what was changed in place', () => {
  const before = {
    date: new Date(0),
    blob: Buffer.from('a'),
    nested: [1, [2]] as [number, number[]],
  }
  const found = changed(before, ({ date, blob, nested }) => {
    date?.setTime(5)
    blob?.write('b')
    nested?.[1]?.push(3)
  })
  expect(Object.keys(found)).toEqual(['date', 'blob', 'nested'])
})

it('compares elements, keys and values as the server does', () => {
  const decimals = (...texts: string[]) => texts.map((text) => BigDecimal.fromString(text))
  const [one, same, other] = decimals('1.0', '1.00', '2') as [BigDecimal, BigDecimal, BigDecimal]
  const found = (before: Partial<Compared>, change: (entity: Compared) => void) => {
    const entity = Object.assign(new Compared(), { id: 1 }, before)
    const snapshot = takeSnapshot(getEntityMetadata(Compared), entity)
    change(entity)
    return Object.fromEntries(
      differencesOf(snapshot, entity).map(({ column, change: made }) => [
        column.property,
        shown(made),
      ]),
    )
  }
  const groups = new Set([new Set([1, 2]), new Set([9])])
  const turned = () => new Set([new Set([2, 1]), new Set([9])])
  expect(found({ groups }, (entity) => (entity.groups = turned()))).toEqual({})
  expect(found({ groups }, (entity) => (entity.groups = turned().add(new Set([5]))))).toEqual({
    groups: ['add', new Set([new Set([5])])],
  })
  const prices = new Map([[one, 'a'], [other, 'b']]) // prettier-ignore
  expect(found({ prices }, (entity) => {
    entity.prices = new Map([[same, 'a'], [other, 'b']])
  })).toEqual({}) // prettier-ignore
  expect(found({ prices }, (entity) => {
    entity.prices = new Map([[same, 'c'], [other, 'b']])
  })).toEqual({ prices: ['put', new Map([[same, 'c']])] }) // prettier-ignore
  expect(found({ amount: one }, (entity) => (entity.amount = same))).toEqual({})
  expect(found({ amounts: [one] }, (entity) => (entity.amounts = [same, other]))).toEqual({
    amounts: ['append', [other]],
  })
  expect(found({ zero: 0 }, (entity) => (entity.zero = -0))).toEqual({ zero: -0 })
  expect(found({ zero: Number.NaN }, (entity) => (entity.zero = Number.NaN))).toEqual({})
})

it('leaves undefined as it is, and takes other forms of a value for the same', () => {
  expect(changed({ text: 'a' }, (entity) => (entity.text = undefined as never))).toEqual({})
  const same = (entity: Tracked) => {
    Object.assign(entity, { date: 5, set: ['a'], list: [1n], vector: [0, 1] })
  }
  expect(
    changed({ date: new Date(5), set: new Set('a'), list: [1], vector: [0, 1] }, same),
  ).toEqual({})
  const map = () => new Map([['a', 1], ['b', 2]]) // prettier-ignore
  const turned = new Map([['b', 2], ['a', 1]]) // prettier-ignore
  expect(changed({ map: map(), frozenMap: map(), frozenSet: new Set('ab') }, (entity) => {
    Object.assign(entity, { map: turned, frozenMap: turned, frozenSet: new Set('ba') })
  })).toEqual({}) // prettier-ignore
  expect(changed({ list: null, set: new Set() }, (entity) => {
    entity.list = []
    entity.set = null
  })).toEqual({}) // prettier-ignore
})

it('gives what does not fit, and what is not known to be stored, as it is', () => {
  expect(changed({ list: [1] }, (entity) => (entity.list = ['x'] as never))).toEqual({
    list: ['x'],
  })
  expect(changed({}, (entity) => (entity.list = [1]))).toEqual({ list: [1] })
  expect(changed({}, (entity) => (entity.list = null))).toEqual({ list: null })
})

it('knows after a write what was known before of what the write left out', () => {
  const before = takeSnapshot(metadata, tracked({ text: 'a', double: 1 }))
  const entity = tracked({ double: 2 })
  const after = takeSnapshot(metadata, entity, before)
  entity.text = 'a'
  expect(differencesOf(after, entity)).toEqual([])
})

it('makes the new state of the old one, whatever they are', () => {
  fc.assert(
    fc.property(histories, fc.boolean(), ([first, others], inPlace) => {
      const entity = tracked(structuredCopy({ ...first }) as Partial<Tracked>)
      const row = new Map(
        metadata.columns.map((each) => [each.property, stored(each.property, entity)]),
      )
      let snapshot = takeSnapshot(metadata, entity)
      for (const state of others) {
        for (const [property, value] of Object.entries(state)) {
          assign(entity, property, value, inPlace)
        }
        for (const { column, change } of differencesOf(snapshot, entity)) {
          row.set(column.property, applied(column, row.get(column.property) ?? null, change))
        }
        for (const { property } of metadata.columns) {
          expect(row.get(property)).toEqual(stored(property, entity))
        }
        snapshot = takeSnapshot(metadata, entity, snapshot)
      }
    }),
    { numRuns: 150 },
  )
})

/** What is stored of a property: its value, in the form and order in which it is read. */
function stored(property: string, entity: Tracked): unknown {
  const column = columnOf(property)
  const value = (entity as unknown as Record<string, unknown>)[property] ?? null
  return normal(column, value)
}

function normal(column: ColumnMetadata, value: unknown): unknown {
  const bytes = bytesOf(column, value)
  if (!(bytes instanceof Buffer)) return null
  const read = valueOf(column.codec, bytes)
  if (read instanceof Set) return new Set([...read].map((each) => JSON.stringify(each)).sort())
  if (column.type.kind === 'set') return [...(read as number[])].sort()
  return read
}

/** What the server does, over values as they are read. */
function applied(column: ColumnMetadata, before: unknown, change: unknown): unknown {
  if (!isChange(change)) return normal(column, change)
  const { kind, value } = change
  switch (kind) {
    case 'append':
      return joined(column, before, value)
    case 'prepend':
      return joined(column, value, before)
    case 'add': {
      const old = unparsed(column, before)
      return normal(column, [...old, ...(value as unknown[])])
    }
    case 'put':
      return normal(column, new Map([...entries(before), ...entries(value)]))
    case 'remove': {
      if (column.type.kind === 'map') {
        const taken = new Set(value as unknown[])
        return normal(column, new Map(entries(before).filter(([key]) => !taken.has(key))))
      }
      const taken = new Set(value as unknown[])
      return normal(
        column,
        unparsed(column, before).filter((each) => !taken.has(each)),
      )
    }
    case 'fields':
      return normal(column, Object.assign(new Address(), before, value))
    case 'both':
      return (value as readonly ColumnChange[]).reduce<unknown>(
        (now, each) => applied(column, now, each),
        before,
      )
    default:
      throw new Error(`no change made by a save: ${kind}`)
  }
}

function joined(column: ColumnMetadata, ...lists: readonly unknown[]): unknown {
  const all = lists.flatMap((list) => {
    const elements: Buffer[] = []
    const bytes = bytesOf(column, list)
    if (bytes instanceof Buffer) {
      eachElement(bytes, 0, 1, (at, length) => elements.push(bytes.subarray(at, at + length)))
    }
    return elements
  })
  return valueOf(column.codec, encodeElements(all.length, all))
}

function unparsed(column: ColumnMetadata, value: unknown): unknown[] {
  if (value === null) return []
  return column.codec.form === 'array'
    ? (value as unknown[])
    : [...(value as Set<string>)].map((each) => JSON.parse(each) as unknown)
}

function entries(value: unknown): [unknown, unknown][] {
  if (value === null) return []
  return value instanceof Map ? [...value] : Object.entries(value as object)
}
