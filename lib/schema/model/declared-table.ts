import type { ColumnMetadata, EntityMetadata, IndexMetadata } from '../../metadata/entity-metadata'
import type { ColumnModel, IndexModel, TableModel, ViewModel } from './table-model'

/** The table that a class declares. */
export function declaredTable(metadata: EntityMetadata, keyspace: string): TableModel {
  return {
    keyspace,
    name: metadata.table,
    columns: metadata.columns.map((column) => columnModel(metadata, column)),
    indexes: metadata.indexes.map(indexModel),
    options: metadata.options,
  }
}

/** The view that a class declares. */
export function declaredView(metadata: EntityMetadata, keyspace: string): ViewModel {
  return {
    keyspace,
    name: metadata.table,
    from: metadata.from?.table ?? '',
    columns: metadata.columns.map((column) => columnModel(metadata, column)),
    options: metadata.options,
  }
}

function columnModel(metadata: EntityMetadata, column: ColumnMetadata): ColumnModel {
  const { name, type, kind, order } = column
  const key =
    kind === 'partitionKey'
      ? metadata.partitionKey
      : kind === 'clustering'
        ? metadata.clusteringKey
        : []
  return { name, type, kind, position: key.indexOf(column), order }
}

function indexModel({ name, column, on, using, options }: IndexMetadata): IndexModel {
  return { name, column: column.name, on, using, options }
}
