import { type Client, mapping } from 'cassandra-driver'
import type { TableName } from '../../models/tables'
import { tables } from '../../models/tables'
import { camelCased, driverRow } from '../../models/values'
import type { Rows } from '../../models/rows'
import { ring } from '../contender'

export type Document = Record<string, unknown>
export type Model = mapping.ModelMapper<Document>

/** The mapper and its models, by their tables. */
export interface Models {
  readonly client: Client
  readonly mapper: mapping.Mapper
  readonly of: Readonly<Record<TableName, Model>>
}

/** Models with properties in camelCase, as the driver's manual has them. */
export function modelsOf(client: Client): Models {
  const names = Object.keys(tables) as TableName[]
  const mapper = new mapping.Mapper(client, {
    models: Object.fromEntries(
      names.map((table) => [
        table,
        { tables: [table], mappings: new mapping.UnderscoreCqlToCamelCaseMappings() },
      ]),
    ),
  })
  const of = Object.fromEntries(names.map((table) => [table, mapper.forModel(table)]))
  return { client, mapper, of: of as Record<TableName, Model> }
}

/** The given rows of a table as documents, over and over. */
export function documents(given: Rows, table: TableName): (index: number) => Document {
  return ring((given[table] ?? []).map((row) => camelCased(driverRow(table, row))))
}
