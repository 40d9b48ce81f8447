import fc from 'fast-check'
import type { CqlType } from '../../lib/cql/cql-type'
import { type NativeName, nativeNames } from '../../lib/cql/native-types'
import type { TableOptions } from '../../lib/metadata/entity-metadata'
import { type Mask, parseMask } from '../../lib/schema/model/mask'
import type {
  ColumnModel,
  KeyspaceModel,
  TableModel,
  UserTypeModel,
} from '../../lib/schema/model/table-model'

const keyspace = 'random'

const ordered = nativeNames.filter((name) => !['counter', 'duration'].includes(name))
const storable = nativeNames.filter((name) => name !== 'counter')

function native(names: readonly NativeName[]): fc.Arbitrary<CqlType> {
  return fc.constantFrom(...names).map((name) => ({ kind: 'native', name }))
}

const frozen = (of: CqlType): CqlType => ({ kind: 'frozen', of })

/** Types that can stand anywhere, a key too, as the server stores them. */
function frozenType(userTypes: readonly string[], depth = 2): fc.Arbitrary<CqlType> {
  const scalar = native(ordered)
  if (depth === 0) return scalar
  const inner = frozenType(userTypes, depth - 1)
  const ofKind = (kind: 'list' | 'set') => inner.map((of) => frozen({ kind, of }))
  const arbitraries: fc.Arbitrary<CqlType>[] = [
    scalar,
    ofKind('list'),
    ofKind('set'),
    fc.tuple(inner, inner).map(([key, value]) => frozen({ kind: 'map', key, value })),
    fc.array(inner, { minLength: 1, maxLength: 4 }).map((of) => frozen({ kind: 'tuple', of })),
    fc
      .tuple(native(['float', 'int']), fc.integer({ min: 1, max: 5 }))
      .map(([of, dimension]) => ({ kind: 'vector', of, dimension })),
  ]
  if (userTypes.length > 0) {
    arbitraries.push(fc.constantFrom(...userTypes).map((name) => frozen({ kind: 'udt', name })))
  }
  return fc.oneof(...arbitraries)
}

function columnType(userTypes: readonly string[]): fc.Arbitrary<CqlType> {
  const inner = frozenType(userTypes)
  return fc.oneof(
    native(storable),
    inner,
    inner.map((of): CqlType => ({ kind: 'list', of })),
    inner.map((of): CqlType => ({ kind: 'set', of })),
    fc.tuple(inner, inner).map(([key, value]): CqlType => ({ kind: 'map', key, value })),
  )
}

/** Names as they are, and as they can be. */
const columnName = fc.oneof(
  fc.stringMatching(/^[a-z]{1,8}(_[a-z0-9]{1,6}){0,3}$/u),
  fc.stringMatching(/^[A-Za-z0-9 _'"$-]{1,40}$/u),
)

const tableName = fc.stringMatching(/^[A-Za-z0-9_]{1,30}$/u)

function unique<T>(of: fc.Arbitrary<T>, minLength: number, maxLength: number): fc.Arbitrary<T[]> {
  return fc.uniqueArray(of, { minLength, maxLength })
}

function userTypes(): fc.Arbitrary<readonly UserTypeModel[]> {
  return unique(
    tableName.map((name) => `u${name}`),
    0,
    3,
  ).chain((names) =>
    fc.tuple(
      ...names.map((name, i) =>
        fc
          .tuple(unique(columnName, 1, 4), fc.infiniteStream(frozenType(names.slice(0, i))))
          .map(([fields, types]): UserTypeModel => ({
            keyspace,
            name,
            fields: fields.map((field) => ({ name: field, type: types.next().value as CqlType })),
          })),
      ),
    ),
  )
}

/** Masks that fit every column, and those of text. */
const masks = ['default', 'mask_null()'] as const
const textMasks = [...masks, 'mask_inner(1, 1)', "mask_outer(0, null, '#')", "mask_replace('it')"]

/** The options of a table that differ from the defaults of a server now and then. */
const tableOptions: fc.Arbitrary<TableOptions> = fc
  .record(
    {
      comment: fc.constantFrom('', "it's", 'a "quoted" one', 'long '.repeat(30).trim()),
      default_time_to_live: fc.constantFrom(0, 60),
      allow_auto_snapshot: fc.boolean(),
      incremental_backups: fc.boolean(),
      bloom_filter_fp_chance: fc.constantFrom(0.01, 0.1, 0.5),
      compaction: fc.constantFrom<TableOptions[string]>(
        { class: 'SizeTieredCompactionStrategy' },
        { class: 'LeveledCompactionStrategy', sstable_size_in_mb: 80 },
        { class: 'TimeWindowCompactionStrategy', tombstone_threshold: 0.25 },
        { class: 'UnifiedCompactionStrategy', scaling_parameters: 'T4' },
      ),
      compression: fc.constantFrom<TableOptions[string]>(
        { class: 'LZ4Compressor' },
        { class: 'LZ4Compressor', chunk_length_in_kb: 64 },
        { class: 'ZstdCompressor', compression_level: 3 },
        { enabled: false },
      ),
      caching: fc.constantFrom<TableOptions[string]>(
        { keys: 'NONE' },
        { keys: 'ALL', rows_per_partition: 10 },
      ),
      speculative_retry: fc.constantFrom('99p', '50ms', 'NEVER'),
    },
    { requiredKeys: [] },
  )
  .map((options) => ({ ...options }))

/** A table of counters, static ones among them. */
function counterTable(name: string): fc.Arbitrary<TableModel> {
  return fc
    .record({ names: unique(columnName, 4, 7), statics: fc.infiniteStream(fc.boolean()) })
    .map(({ names, statics }): TableModel => {
      const columns = names.map((column, i): ColumnModel => {
        const kinds = ['partitionKey', 'clustering'] as const
        const kind = kinds[i] ?? (statics.next().value === true ? 'static' : 'counter')
        return {
          name: column,
          type: { kind: 'native', name: i < 2 ? 'int' : 'counter' },
          kind,
          position: i < 2 ? 0 : -1,
          order: 'asc',
        }
      })
      return { keyspace, name, columns, indexes: [], options: {} }
    })
}

function table(
  name: string,
  types: readonly string[],
  withMasks: boolean,
): fc.Arbitrary<TableModel> {
  return fc
    .record({
      names: unique(columnName, 4, 10),
      partition: fc.integer({ min: 1, max: 2 }),
      clustering: fc.integer({ min: 0, max: 2 }),
      keys: fc.infiniteStream(frozenType(types, 1)),
      others: fc.infiniteStream(columnType(types)),
      descending: fc.infiniteStream(fc.boolean()),
      statics: fc.infiniteStream(fc.boolean()),
      masks: fc.infiniteStream(fc.nat(3 * textMasks.length)),
      options: tableOptions,
    })
    .map(({ names, partition, clustering, options, ...given }): TableModel => {
      const maskOf = (type: CqlType): Mask | undefined => {
        const isText = type.kind === 'native' && type.name === 'text'
        const mask = (isText ? textMasks : masks)[withMasks ? given.masks.next().value : -1]
        return mask === undefined ? undefined : parseMask(mask, keyspace)
      }
      const columns = names.map((column, i): ColumnModel => {
        if (i < partition + clustering) {
          const isPartition = i < partition
          const type = given.keys.next().value
          return {
            name: column,
            type,
            mask: maskOf(type),
            kind: isPartition ? 'partitionKey' : 'clustering',
            position: isPartition ? i : i - partition,
            order: !isPartition && given.descending.next().value === true ? 'desc' : 'asc',
          }
        }
        const isStatic = clustering > 0 && given.statics.next().value === true
        const type = given.others.next().value
        return {
          name: column,
          type,
          mask: maskOf(type),
          kind: isStatic ? 'static' : 'regular',
          position: -1,
          order: 'asc',
        }
      })
      return { keyspace, name, columns, indexes: [], options }
    })
}

/** Keyspaces as a server could have them; with masks, if it masks columns. */
export function arbitraryKeyspaces(withMasks: boolean): fc.Arbitrary<KeyspaceModel> {
  return userTypes().chain((types) =>
    unique(tableName, 2, 4)
      .chain(([first = '', ...names]) =>
        fc.tuple(
          counterTable(first),
          ...names.map((name) =>
            table(
              name,
              types.map((type) => type.name),
              withMasks,
            ),
          ),
        ),
      )
      .map((tables): KeyspaceModel => ({ name: keyspace, types, tables, views: [] })),
  )
}
