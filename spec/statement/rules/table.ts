import { Entity, PartitionKey, getEntityMetadata } from '../../../lib'
import { identifier } from '../../../lib/cql/identifier'
import { parseType } from '../../../lib/cql/parse-type'
import { printType } from '../../../lib/cql/print-type'
import type {
  ColumnMetadata,
  EntityMetadata,
  IndexMetadata,
} from '../../../lib/metadata/entity-metadata'

@Entity()
class Base {
  @PartitionKey('int') property!: number
}

/** A table in a few words: columns as `name: type`, clustering ones with `desc` behind the type if so ordered. */
export interface TableText {
  readonly partition: Readonly<Record<string, string>>
  readonly clustering?: Readonly<Record<string, string>>
  readonly statics?: Readonly<Record<string, string>>
  readonly regular?: Readonly<Record<string, string>>
  readonly indexes?: readonly IndexText[]
}

type IndexText = readonly [
  column: string,
  using?: string | undefined,
  on?: IndexMetadata['on'],
  options?: Readonly<Record<string, string>>,
]

export const sasi = 'org.apache.cassandra.index.sasi.SASIIndex'

/** The metadata of a table as the rules see it: of any type, since they look at no value. */
export function tableOf(name: string, text: TableText): EntityMetadata {
  const base = getEntityMetadata(Base)
  const [baseColumn] = base.partitionKey
  if (baseColumn === undefined) throw new Error('the base has a column')
  const columns: ColumnMetadata[] = []
  const add = (kind: ColumnMetadata['kind'], of: Readonly<Record<string, string>> = {}) =>
    Object.entries(of).map(([property, type]) => {
      const column: ColumnMetadata = {
        ...baseColumn,
        property,
        name: property,
        kind,
        isKey: kind === 'partitionKey' || kind === 'clustering',
        ordinal: columns.length,
        type: parseType(type.replace(/ desc$/u, ''), { userTypes: true }),
        order: type.endsWith(' desc') ? 'desc' : 'asc',
      }
      columns.push(column)
      return column
    })
  const partitionKey = add('partitionKey', text.partition)
  const clusteringKey = add('clustering', text.clustering)
  add('static', text.statics)
  add('regular', text.regular)
  const byProperty = Object.fromEntries(columns.map((column) => [column.property, column]))
  return {
    ...base,
    name,
    table: name.toLowerCase(),
    columns,
    partitionKey,
    clusteringKey,
    key: [...partitionKey, ...clusteringKey],
    indexes: (text.indexes ?? []).map(([column, using, on, options = {}]) => ({
      name: undefined,
      column: columnIn(byProperty, column),
      using,
      on,
      options,
    })),
    byProperty,
  }
}

/** A column of a table that must be there. */
export function columnIn(
  byProperty: Readonly<Record<string, ColumnMetadata>>,
  property: string,
): ColumnMetadata {
  const column = byProperty[property]
  if (column === undefined) throw new Error(`no column ${property}`)
  return column
}

/** `CREATE TABLE` and `CREATE INDEX` for it. */
export function createTable(metadata: EntityMetadata, keyspace: string): readonly string[] {
  const names = (of: readonly ColumnMetadata[]) => of.map(({ name }) => identifier(name)).join(', ')
  const table = `${identifier(keyspace)}.${identifier(metadata.table)}`
  const columns = metadata.columns.map(
    ({ name, type, kind }) =>
      `${identifier(name)} ${printType(type)}${kind === 'static' ? ' static' : ''}`,
  )
  const key = [
    `(${names(metadata.partitionKey)})`,
    ...metadata.clusteringKey.map((c) => names([c])),
  ]
  const order = metadata.clusteringKey.map((c) => `${names([c])} ${c.order}`).join(', ')
  return [
    `CREATE TABLE ${table} (${columns.join(', ')}, PRIMARY KEY (${key.join(', ')}))` +
      (order === '' ? '' : ` WITH CLUSTERING ORDER BY (${order})`),
    ...metadata.indexes.map(({ column, using, on, options }) => {
      const target = names([column])
      const asked = on === undefined ? target : `${on}(${target})`
      const given = Object.entries(options).map(([key, value]) => `'${key}': '${value}'`)
      return (
        `CREATE ${using === undefined ? '' : 'CUSTOM '}INDEX ON ${table} (${asked})` +
        (using === undefined ? '' : ` USING '${using}'`) +
        (given.length === 0 ? '' : ` WITH OPTIONS = {${given.join(', ')}}`)
      )
    }),
  ]
}
