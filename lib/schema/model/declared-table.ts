import type { ColumnMetadata, EntityMetadata, IndexMetadata } from '../../metadata/entity-metadata'
import { parseMask } from './mask'
import type { ColumnModel, IndexModel, TableModel, ViewModel } from './table-model'

/** Returns the table that a class declares. */
export function declaredTable(metadata: EntityMetadata, keyspace: string): TableModel {
  return {
    keyspace,
    name: metadata.table,
    columns: metadata.columns.map((column) => columnModel(metadata, column, keyspace)),
    indexes: metadata.indexes.map(indexModel),
    options: metadata.options,
  }
}

/** Returns the view that a class declares. */
export function declaredView(metadata: EntityMetadata, keyspace: string): ViewModel {
  return {
    keyspace,
    name: metadata.table,
    from: metadata.from?.table ?? '',
    columns: metadata.columns.map((column) => columnModel(metadata, column, keyspace)),
    options: metadata.options,
  }
}

function columnModel(
  metadata: EntityMetadata,
  column: ColumnMetadata,
  keyspace: string,
): ColumnModel {
  const { name, type, kind, order, masked } = column
  const key =
    kind === 'partitionKey'
      ? metadata.partitionKey
      : kind === 'clustering'
        ? metadata.clusteringKey
        : []
  const mask = masked === undefined ? undefined : parseMask(masked, keyspace)
  return { name, type, kind, position: key.indexOf(column), order, mask }
}

function indexModel({ name, column, on, using, options }: IndexMetadata): IndexModel {
  return { name, column: column.name, on, using, options }
}
