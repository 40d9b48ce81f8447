import ExpressCassandra, { type Model, type Models as Connection } from 'express-cassandra'
import { type ColumnType, type Table } from '../../models/table'
import { type TableName, tables } from '../../models/tables'
import type { Place } from '../contender'

/** It has no vectors. */
export type ModelName = Exclude<TableName, 'vector_products'>

export interface Models {
  readonly connection: Connection
  readonly of: Readonly<Record<ModelName, Model>>
}

export async function connect({
  contactPoints,
  localDataCenter,
  keyspace,
}: Place): Promise<Models> {
  const connection = ExpressCassandra.createClient({
    clientOptions: { contactPoints, localDataCenter, keyspace },
    ormOptions: { migration: 'safe', createKeyspace: false },
  })
  await connection.initAsync()
  const names = Object.keys(tables).filter((name) => name !== 'vector_products')
  const of = Object.fromEntries(
    names.map((name) => [name, connection.loadSchema(name, schemaOf(name as ModelName))]),
  )
  return { connection, of: of as Record<ModelName, Model> }
}

/** The model of a table, as its manual has it. */
function schemaOf(name: ModelName): Record<string, unknown> {
  const { columns, partitionKey, clusteringKey = {}, indexed = [] }: Table = tables[name]
  return {
    table_name: name,
    fields: Object.fromEntries(
      Object.entries(columns).map(([column, type]) => [column, fieldOf(type)]),
    ),
    key: [[...partitionKey], ...Object.keys(clusteringKey)],
    clustering_order: clusteringKey,
    indexes: [...indexed],
  }
}

function fieldOf(type: ColumnType): unknown {
  const [, name, elements] = /^(\w+)<(.+)>$/u.exec(type) ?? []
  return name === undefined ? type : { type: name, typeDef: `<${String(elements)}>` }
}
