import fc from 'fast-check'
import {
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  Field,
  Index,
  MaterializedView,
  PartitionKey,
  StaticColumn,
  UserDefinedType,
  frozen,
  list,
  map,
  set,
  tuple,
  vector,
} from '../../lib'

/** A set of entities as data, so that it can be shown when a spec fails. */
export interface EntitySet {
  readonly types: readonly (readonly RandomColumn[])[]
  readonly tables: readonly RandomTable[]
}

/** A type as data: a native name, or `{ frozen: … }` and its like; `{ udt: n }` is one of the set's types. */
type RandomType =
  | string
  | { readonly list: RandomType }
  | { readonly set: RandomType }
  | { readonly map: readonly [RandomType, RandomType] }
  | { readonly tuple: readonly RandomType[] }
  | { readonly vector: number }
  | { readonly frozen: RandomType }
  | { readonly udt: number }

interface RandomColumn {
  readonly name: string
  readonly type: RandomType
}

interface RandomTable {
  readonly isCounter: boolean
  readonly partition: readonly RandomColumn[]
  readonly clustering: readonly (RandomColumn & { readonly order: 'asc' | 'desc' })[]
  readonly statics: readonly RandomColumn[]
  readonly columns: readonly (RandomColumn & { readonly using: 'sai' | '2i' | undefined })[]
  readonly options: Readonly<Record<string, unknown>>
  readonly view: RandomView | undefined
}

/** A view has the whole key of its table, and one column more in its own. */
interface RandomView {
  readonly partition: RandomColumn
  readonly clustering: readonly (RandomColumn & { readonly order: 'asc' | 'desc' })[]
  readonly columns: readonly RandomColumn[]
}

const nativeNames =
  'ascii bigint boolean date decimal double float inet int smallint text varchar time timestamp timeuuid tinyint uuid varint'
const natives = fc.constantFrom(...nativeNames.split(' '))

/** Types of values that are stored whole; `udts` is how many types may be held. */
function wholeTypes(udts: number): fc.Arbitrary<RandomType> {
  return fc.oneof(
    { weight: 4, arbitrary: natives },
    { weight: 1, arbitrary: fc.constant('blob') },
    { weight: 1, arbitrary: natives.map((type) => ({ frozen: { list: type } })) },
    { weight: 1, arbitrary: fc.tuple(natives, natives).map((of) => ({ frozen: { map: of } })) },
    {
      weight: 1,
      arbitrary: fc.array(natives, { minLength: 1, maxLength: 3 }).map((of) => ({ tuple: of })),
    },
    ...(udts === 0
      ? []
      : [{ weight: 2, arbitrary: fc.nat(udts - 1).map((udt) => ({ frozen: { udt } })) }]),
  )
}

function columnTypes(udts: number): fc.Arbitrary<RandomType> {
  const inner = wholeTypes(udts)
  return fc.oneof(
    { weight: 4, arbitrary: inner },
    { weight: 1, arbitrary: fc.constant('duration') },
    { weight: 1, arbitrary: inner.map((type) => ({ list: type })) },
    { weight: 1, arbitrary: inner.map((type) => ({ set: type })) },
    { weight: 1, arbitrary: fc.tuple(natives, inner).map((of) => ({ map: of })) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map((vector) => ({ vector })) },
    ...(udts === 0 ? [] : [{ weight: 1, arbitrary: fc.nat(udts - 1).map((udt) => ({ udt })) }]),
  )
}

/** Few, so that two versions of a table have some in common. */
const names = [
  'a',
  'A',
  'with space',
  'quo"te',
  'select',
  'é☃',
  'b',
  'c',
  'd',
  'e',
  'f',
  'g',
] as const

const options = fc.record(
  {
    comment: fc.constantFrom('', `it's`, 'x'),
    gcGraceSeconds: fc.constantFrom(864_000, 3600),
    bloomFilterFpChance: fc.constantFrom(0.01, 0.1),
    compaction: fc.constantFrom(
      { class: 'SizeTieredCompactionStrategy' },
      { class: 'LeveledCompactionStrategy', sstable_size_in_mb: 80 },
      { class: 'UnifiedCompactionStrategy', scaling_parameters: 'T4' },
      {
        class: 'org.apache.cassandra.db.compaction.TimeWindowCompactionStrategy',
        compaction_window_size: 1,
        compaction_window_unit: 'DAYS',
      },
    ),
    compression: fc.constantFrom(
      { class: 'LZ4Compressor' },
      { class: 'ZstdCompressor', chunk_length_in_kb: 32 },
      { enabled: false },
    ),
    caching: fc.constantFrom({ keys: 'NONE' }, { keys: 'ALL', rows_per_partition: 10 }),
    speculativeRetry: fc.constantFrom('99PERCENTILE', '50ms', 'never'),
    readRepair: fc.constantFrom('NONE', 'BLOCKING'),
  },
  { requiredKeys: [] },
)

function tables(udts: number): fc.Arbitrary<RandomTable> {
  return fc
    .record({
      names: fc.shuffledSubarray([...names], { minLength: 4 }),
      cuts: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.nat(2), fc.nat(1)),
      keyTypes: fc.array(wholeTypes(udts), { minLength: 4, maxLength: 4 }),
      orders: fc.array(fc.constantFrom('asc' as const, 'desc' as const), {
        minLength: 2,
        maxLength: 2,
      }),
      types: fc.array(columnTypes(udts), { minLength: 12, maxLength: 12 }),
      using: fc.array(fc.constantFrom('sai' as const, '2i' as const, undefined, undefined), {
        minLength: 12,
        maxLength: 12,
      }),
      isCounter: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
      options,
      hasView: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
    })
    .map((made): RandomTable => {
      const [partition, clustering, statics] = made.cuts
      const typed = made.names.map((name, i) => ({
        name,
        type: (i < partition + clustering ? made.keyTypes[i] : made.types[i]) ?? 'int',
      }))
      const end = partition + clustering
      const firstRegular = clustering === 0 || made.isCounter ? end : end + statics
      const columns = typed.slice(firstRegular)
      const [order = 'asc'] = made.orders
      return {
        isCounter: made.isCounter,
        view:
          made.hasView && !made.isCounter ? viewOf(typed.slice(0, end), columns, order) : undefined,
        partition: typed.slice(0, partition),
        clustering: typed
          .slice(partition, end)
          .map((column, i) => ({ ...column, order: made.orders[i] ?? 'asc' })),
        statics: typed.slice(end, firstRegular),
        columns: columns.map((column, i) => ({ ...column, using: made.using[i] })),
        options: made.options,
      }
    })
}

/** By the first column that may stand in a key, or the other way round as the table's own. */
function viewOf(
  key: readonly RandomColumn[],
  columns: readonly RandomColumn[],
  order: 'asc' | 'desc',
): RandomView | undefined {
  const more = columns.find(({ type }) =>
    typeof type === 'string' ? type !== 'duration' : 'frozen' in type || 'tuple' in type,
  )
  const backwards = key.map((_, i) => key[key.length - 1 - i]).filter((each) => each !== undefined)
  const [partition, ...clustering] = more === undefined ? backwards : [more, ...key]
  if (partition === undefined || clustering.length === 0) return undefined
  return {
    partition,
    clustering: clustering.map((column, i) => ({ ...column, order: i === 0 ? order : 'asc' })),
    columns: columns.filter((column) => column !== more).slice(0, 1),
  }
}

/** Up to three types, each may hold those before it, and up to three tables of them. */
export const entitySets: fc.Arbitrary<EntitySet> = fc.nat(3).chain((udts) =>
  fc.record({
    types: fc.tuple(
      ...Array.from({ length: udts }, (_, n) =>
        fc.uniqueArray(fc.record({ name: fc.constantFrom(...names), type: wholeTypes(n) }), {
          selector: ({ name }) => name,
          minLength: 1,
          maxLength: 3,
        }),
      ),
    ),
    tables: fc.array(tables(udts), { minLength: 1, maxLength: 3 }),
  }),
)

type AnyDecorator = (options: unknown) => (prototype: object, property: string) => void
type AnyClass = new () => Record<string, unknown>

/** The classes of a set; `prefix` keeps the names of one run from those of another, `rename` changes those of tables and views. */
export function makeEntities(
  entities: EntitySet,
  prefix: string,
  rename = (name: string) => name,
): readonly AnyClass[] {
  const types: AnyClass[] = []
  for (const [n, fields] of entities.types.entries()) {
    const Made = makeClass()
    for (const { name, type } of fields)
      decorate(Field, Made, name, { name, type: expression(type, types) })
    UserDefinedType(`${prefix} "type" ${n}`)(Made)
    types.push(Made)
  }
  return entities.tables.flatMap((table, n) => {
    const Made = makeClass()
    const columnOf =
      (Owner: AnyClass) =>
      (decorator: unknown, of: RandomColumn, more = {}) =>
        decorate(decorator, Owner, of.name, {
          name: of.name,
          type: expression(of.type, types),
          ...more,
        })
    const column = columnOf(Made)
    for (const each of table.partition) column(PartitionKey, each)
    for (const each of table.clustering) column(ClusteringKey, each, { order: each.order })
    for (const each of table.statics) column(StaticColumn, each)
    for (const each of table.columns) {
      if (table.isCounter) decorate(CounterColumn, Made, each.name, { name: each.name })
      else {
        column(Column, each)
        for (const index of indexesOf(each)) decorate(Index, Made, each.name, index)
      }
    }
    Entity({ name: rename(`${prefix}_Table_${n}`), ...table.options })(Made)
    const { view } = table
    if (view === undefined) return Made
    const View = makeClass()
    columnOf(View)(PartitionKey, view.partition)
    for (const each of view.clustering) columnOf(View)(ClusteringKey, each, { order: each.order })
    for (const each of view.columns) columnOf(View)(Column, each)
    MaterializedView({ name: rename(`${prefix}_View_${n}`), from: () => Made })(View)
    return [Made, View]
  })
}

function makeClass(): AnyClass {
  return class {
    [property: string]: unknown
  }
}

function decorate(decorator: unknown, Made: AnyClass, property: string, given: unknown): void {
  ;(decorator as AnyDecorator)(given)(Made.prototype as object, property)
}

/** What the server can index of a column. */
function indexesOf({ name, type, using }: RandomTable['columns'][number]): readonly object[] {
  if (using === undefined) return []
  if (typeof type === 'string') {
    if (type === 'duration') return []
    if (using === '2i') return [{}]
    return type === 'blob' || !/^\w+$/u.test(name) || /[^ -~]/u.test(name) ? [] : [{ using }]
  }
  if ('map' in type) return using === '2i' ? [{ on: 'keys' }, { on: 'values' }] : []
  if ('list' in type || 'set' in type) return using === '2i' ? [{}] : []
  if ('frozen' in type && typeof type.frozen === 'object' && 'list' in type.frozen) {
    return using === '2i' ? [{ on: 'full' }] : []
  }
  return []
}

function expression(type: RandomType, types: readonly AnyClass[]): unknown {
  const inner = (each: RandomType) => expression(each, types) as 'int'
  if (typeof type === 'string') return type
  if ('list' in type) return list(inner(type.list))
  if ('set' in type) return set(inner(type.set))
  if ('map' in type) return map(inner(type.map[0]), inner(type.map[1]))
  if ('tuple' in type) return tuple(...type.tuple.map(inner))
  if ('vector' in type) return vector('float', type.vector)
  if ('frozen' in type) return frozen(inner(type.frozen))
  return () => types[type.udt]
}

/** A later version of a set, with the same keys: some columns gone, some of `other` come, other options, more fields. */
export function evolve(before: EntitySet, other: EntitySet): EntitySet {
  return {
    types: before.types.map((fields) => [...fields, { name: 'added', type: 'int' }]),
    tables: before.tables.map((table, n) => {
      const taken = [table.partition, table.clustering, table.statics, table.columns].flat()
      const more = (other.tables[n]?.columns ?? []).filter(
        ({ name, type }) =>
          !taken.some((column) => column.name === name) && !JSON.stringify(type).includes('udt'),
      )
      const kept = table.columns.filter((_, i) => i % 2 === 0)
      const { view } = table
      const isWhole = [
        ...(view?.columns ?? []),
        ...(view === undefined ? [] : [view.partition]),
      ].every(
        ({ name }) =>
          !table.columns.some((column) => column.name === name) ||
          kept.some((column) => column.name === name),
      )
      return {
        ...table,
        view: isWhole ? view : undefined,
        columns: [...kept, ...more],
        options: other.tables[n]?.options ?? {},
      }
    }),
  }
}
