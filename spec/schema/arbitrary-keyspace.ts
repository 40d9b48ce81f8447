import fc from 'fast-check'
import type { CqlType } from '../../lib/cql/cql-type'
import { type NativeName, nativeNames } from '../../lib/cql/native-types'
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

function table(name: string, types: readonly string[]): fc.Arbitrary<TableModel> {
  return fc
    .record({
      names: unique(columnName, 4, 10),
      partition: fc.integer({ min: 1, max: 2 }),
      clustering: fc.integer({ min: 0, max: 2 }),
      keys: fc.infiniteStream(frozenType(types, 1)),
      others: fc.infiniteStream(columnType(types)),
      descending: fc.infiniteStream(fc.boolean()),
      statics: fc.infiniteStream(fc.boolean()),
      ttl: fc.constantFrom(0, 60),
      comment: fc.constantFrom('', "it's", 'a "quoted" one'),
    })
    .map(({ names, partition, clustering, ttl, comment, ...given }): TableModel => {
      const columns = names.map((column, i): ColumnModel => {
        if (i < partition + clustering) {
          const isPartition = i < partition
          return {
            name: column,
            type: given.keys.next().value as CqlType,
            kind: isPartition ? 'partitionKey' : 'clustering',
            position: isPartition ? i : i - partition,
            order: !isPartition && given.descending.next().value === true ? 'desc' : 'asc',
          }
        }
        const isStatic = clustering > 0 && given.statics.next().value === true
        return {
          name: column,
          type: given.others.next().value as CqlType,
          kind: isStatic ? 'static' : 'regular',
          position: -1,
          order: 'asc',
        }
      })
      const options = { comment, default_time_to_live: ttl }
      return { keyspace, name, columns, indexes: [], options }
    })
}

/** Keyspaces as the server could have them. */
export const keyspaces: fc.Arbitrary<KeyspaceModel> = userTypes().chain((types) =>
  unique(tableName, 1, 3)
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          table(
            name,
            types.map((type) => type.name),
          ),
        ),
      ),
    )
    .map((tables): KeyspaceModel => ({ name: keyspace, types, tables, views: [] })),
)
