import type { ColumnMetadata, EntityMetadata, IndexMetadata } from '../../metadata/entity-metadata'
import type { ColumnModel, IndexModel, TableModel, ViewModel } from './table-model'

/** The table that a class declares. */
export function declaredTable(entity: EntityMetadata, keyspace: string): TableModel {
  return {
    keyspace,
    name: entity.table,
    columns: entity.columns.map((column) => columnModel(entity, column)),
    indexes: entity.indexes.map(indexModel),
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

function indexModel({ name, column, on, using, options }: IndexMetadata): IndexModel {
  return { name, column: column.name, on, using, options }
}
