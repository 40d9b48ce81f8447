import { identifier } from '../cql/identifier'
import { parseType } from '../cql/parse-type'
import type { ColumnRole } from '../metadata/declaration'
import type { ColumnModel, IndexModel, TableModel, TypeModel } from './table-model'

/** What the schema needs of a connection. */
export interface SchemaSession {
  query(cql: string, params: unknown[]): Promise<Record<string, unknown>[]>
  executeSchema(cql: string): Promise<void>
}

const kinds: Readonly<Record<string, ColumnRole>> = {
  partition_key: 'partitionKey',
  clustering: 'clustering',
  static: 'static',
  regular: 'regular',
}

export async function hasKeyspace(session: SchemaSession, keyspace: string): Promise<boolean> {
  const rows = await session.query(
    'SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?',
    [keyspace],
  )
  return rows.length > 0
}

/** The materialized views of a keyspace by name, and the names of their tables. */
export async function introspectViews(
  session: SchemaSession,
  keyspace: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await session.query(
    'SELECT view_name, base_table_name FROM system_schema.views WHERE keyspace_name = ?',
    [keyspace],
  )
  return new Map(rows.map((row) => [String(row['view_name']), String(row['base_table_name'])]))
}

/** The tables and the views of a keyspace by name, without their options. */
export async function introspect(
  session: SchemaSession,
  keyspace: string,
): Promise<ReadonlyMap<string, TableModel>> {
  const [columns, indexes] = await Promise.all([
    session.query('SELECT * FROM system_schema.columns WHERE keyspace_name = ?', [keyspace]),
    session.query('SELECT * FROM system_schema.indexes WHERE keyspace_name = ?', [keyspace]),
  ])
  const tables = new Map<string, { columns: ColumnModel[]; indexes: IndexModel[] }>()
  const tableOf = (row: Record<string, unknown>) => {
    const name = String(row['table_name'])
    const table = tables.get(name) ?? { columns: [], indexes: [] }
    tables.set(name, table)
    return table
  }
  for (const row of columns) tableOf(row).columns.push(columnOf(row))
  for (const row of indexes) tableOf(row).indexes.push(indexOf(row))
  return new Map(
    [...tables].map(([name, table]) => [name, { keyspace, name, ...table, options: {} }]),
  )
}

/** The user-defined types of a keyspace by name. */
export async function introspectTypes(
  session: SchemaSession,
  keyspace: string,
): Promise<ReadonlyMap<string, TypeModel>> {
  const rows = await session.query('SELECT * FROM system_schema.types WHERE keyspace_name = ?', [
    keyspace,
  ])
  return new Map(rows.map((row) => [String(row['type_name']), typeOf(row, keyspace)]))
}

function typeOf(row: Record<string, unknown>, keyspace: string): TypeModel {
  const names = [...(row['field_names'] as Iterable<string>)]
  const types = [...(row['field_types'] as Iterable<string>)]
  return {
    keyspace,
    name: String(row['type_name']),
    fields: names.map((name, i) => ({ name, type: parseType(types[i] ?? '') })),
  }
}

function columnOf(row: Record<string, unknown>): ColumnModel {
  const type = parseType(String(row['type']))
  const kind = kinds[String(row['kind'])] ?? 'regular'
  const isCounter = type.kind === 'native' && type.name === 'counter'
  return {
    name: String(row['column_name']),
    type,
    kind: isCounter && kind === 'regular' ? 'counter' : kind,
    position: Number(row['position']),
    order: row['clustering_order'] === 'desc' ? 'desc' : 'asc',
  }
}

function indexOf(row: Record<string, unknown>): IndexModel {
  const given: unknown = row['options']
  const options: Record<string, string> = Object.fromEntries(
    given instanceof Map ? given : Object.entries((given ?? {}) as object),
  ) as Record<string, string>
  const { target = '', class_name: using, ...rest } = options
  return { name: String(row['index_name']), target: quoted(target), using, options: rest }
}

/** The server leaves out the quotes where it can, and `values()` where it is meant: all are written alike. */
function quoted(target: string): string {
  const match = /^(values|keys|entries|full)\((.*)\)$/u.exec(target)
  const column = match?.[2] ?? target
  const name = column.startsWith('"') ? column : identifier(column)
  return match === null || match[1] === 'values' ? name : `${match[1]}(${name})`
}
