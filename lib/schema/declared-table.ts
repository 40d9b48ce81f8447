import { identifier } from '../cql/identifier'
import type { ColumnMetadata, EntityMetadata, IndexMetadata } from '../metadata/entity-metadata'
import type { ColumnModel, IndexModel, TableModel, ViewModel } from './table-model'

/** The table that a class declares. */
export function declaredTable(entity: EntityMetadata, keyspace: string): TableModel {
  const taken = new Set(entity.indexes.map(({ name }) => name))
  return {
    keyspace,
    name: entity.table,
    columns: entity.columns.map((column) => columnModel(entity, column)),
    indexes: entity.indexes.map((index) => indexModel(entity, index, taken)),
    options: entity.options,
  }
}

/** The view that a class declares. */
export function declaredView(entity: EntityMetadata, keyspace: string): ViewModel {
  return {
    keyspace,
    name: entity.table,
    from: entity.from?.table ?? '',
    columns: entity.columns.map((column) => columnModel(entity, column)),
    options: entity.options,
  }
}

function columnModel(entity: EntityMetadata, column: ColumnMetadata): ColumnModel {
  const { name, type, kind, order } = column
  const key =
    kind === 'partitionKey'
      ? entity.partitionKey
      : kind === 'clustering'
        ? entity.clusteringKey
        : []
  return { name, type, kind, position: key.indexOf(column), order }
}

function indexModel(
  entity: EntityMetadata,
  index: IndexMetadata,
  taken: Set<string | undefined>,
): IndexModel {
  return {
    name: index.name ?? defaultName(entity.table, index.column.name, taken),
    target: targetOf(index),
    using: index.using,
    options: index.options,
  }
}

/** As the server names indexes: table, column, idx, without what a name cannot hold. */
function defaultName(table: string, column: string, taken: Set<string | undefined>): string {
  const base = `${table}_${column}_idx`.replaceAll(/\W/gu, '')
  let name = base
  for (let n = 1; taken.has(name); n++) name = `${base}_${n}`
  taken.add(name)
  return name
}

function targetOf({ column, on }: IndexMetadata): string {
  const name = identifier(column.name)
  return on === undefined || on === 'values' ? name : `${on}(${name})`
}
