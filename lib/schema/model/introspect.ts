import type { CqlType } from '../../cql/cql-type'
import { TypeTextError, parseType } from '../../cql/parse-type'
import { ExecutionError } from '../../errors/errors'
import type { ColumnRole } from '../../metadata/declaration'
import type { SchemaSession } from './schema-session'
import { sortTypes } from './sort-types'
import { entriesOf, optionsOf } from './stored-options'
import type {
  ColumnModel,
  DroppedColumnModel,
  IndexModel,
  KeyspaceModel,
  TableModel,
  UserTypeModel,
  ViewModel,
} from './table-model'

type Row = Readonly<Record<string, unknown>>

export async function hasKeyspace(session: SchemaSession, keyspace: string): Promise<boolean> {
  const rows = await session.query(
    'SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?',
    [keyspace],
  )
  return rows.length > 0
}

/**
 * What the cluster has in a keyspace, from `system_schema`: not from the driver's metadata, which throws on nested
 * vectors. Empty for a keyspace that is not there. What ScyllaDB makes by itself (the views behind indexes, the
 * logs of changes) is left out.
 */
export async function introspectKeyspace(
  session: SchemaSession,
  keyspace: string,
): Promise<KeyspaceModel> {
  const of = (table: string) =>
    ifThere(
      session.query(`SELECT * FROM system_schema.${table} WHERE keyspace_name = ?`, [keyspace]),
    )
  const [tables, columns, indexes, types, views, dropped, settings] = await Promise.all([
    of('tables'),
    of('columns'),
    of('indexes'),
    of('types'),
    of('views'),
    of('dropped_columns'),
    ifThere(session.query(defaultIndexSetting, [])),
  ])
  const columnsOf = byTable(columns, columnOf)
  const indexesOf = byTable(indexes, indexOf)
  const droppedOf = byTable(dropped, droppedColumnOf)
  const sorted = (name: string) => [...(columnsOf.get(name) ?? [])].sort(byPlace)
  const names = new Set(tables.map((row) => String(row['table_name'])))
  return {
    name: keyspace,
    types: sortTypes(types.map((row) => typeOf(row, keyspace))),
    tables: tables
      .map((row): TableModel => {
        const name = String(row['table_name'])
        return {
          keyspace,
          name,
          columns: sorted(name),
          indexes: indexesOf.get(name) ?? [],
          options: optionsOf(row),
          dropped: droppedOf.get(name) ?? [],
        }
      })
      .filter(
        ({ name }) => !(name.endsWith(changeLog) && names.has(name.slice(0, -changeLog.length))),
      ),
    views: views
      .map((row): ViewModel => {
        const name = String(row['view_name'])
        return {
          keyspace,
          name,
          from: String(row['base_table_name']),
          columns: sorted(name),
          options: optionsOf(row),
          filter: filterOf(String(row['where_clause'] ?? '')),
        }
      })
      .filter(
        ({ name, from }) =>
          !(indexesOf.get(from) ?? []).some((index) => `${index.name}_index` === name),
      ),
    defaultIndex: defaultIndexOf(settings),
  }
}

const changeLog = '_scylla_cdc_log'

/** `CREATE INDEX` without a class makes what the server's configuration says. */
const defaultIndexSetting =
  "SELECT name, value FROM system_views.settings WHERE name IN ('default_secondary_index', 'default_secondary_index_enabled')"

function defaultIndexOf(settings: readonly Row[]): string | undefined {
  const values = new Map(settings.map((row) => [row['name'], row['value']]))
  const value = values.get('default_secondary_index')
  return values.get('default_secondary_index_enabled') === 'true' &&
    typeof value === 'string' &&
    value !== 'legacy_local_table'
    ? value
    : undefined
}

/** Not every server has every system table. */
async function ifThere(rows: Promise<readonly Row[]>): Promise<readonly Row[]> {
  try {
    return await rows
  } catch (error) {
    if (error instanceof ExecutionError && error.kind === 'invalid') return []
    throw error
  }
}

function byTable<T>(
  rows: readonly Row[],
  read: (row: Row) => T,
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const name = String(row['table_name'])
    const ofTable = found.get(name) ?? []
    found.set(name, ofTable)
    ofTable.push(read(row))
  }
  return found
}

function typeOf(row: Row, keyspace: string): UserTypeModel {
  const names = [...(row['field_names'] as Iterable<string>)]
  const types = [...(row['field_types'] as Iterable<string>)]
  return {
    keyspace,
    name: String(row['type_name']),
    fields: names.map((name, i) => ({ name, type: storedType(types[i]) })),
  }
}

const kinds: Readonly<Record<string, ColumnRole>> = {
  partition_key: 'partitionKey',
  clustering: 'clustering',
  static: 'static',
  regular: 'regular',
}

function columnOf(row: Row): ColumnModel {
  const type = storedType(row['type'])
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

const places = {
  partitionKey: 0,
  clustering: 1,
  static: 2,
  regular: 3,
  counter: 3,
} as const satisfies Record<ColumnRole, number>

function byPlace(a: ColumnModel, b: ColumnModel): number {
  return places[a.kind] - places[b.kind] || a.position - b.position || (a.name < b.name ? -1 : 1)
}

function droppedColumnOf(row: Row): DroppedColumnModel {
  return {
    name: String(row['column_name']),
    type: storedType(row['type']),
    isStatic: row['kind'] === 'static',
  }
}

function indexOf(row: Row): IndexModel {
  const {
    target = '',
    class_name: using,
    ...options
  } = Object.fromEntries(entriesOf(row['options'])) as Record<string, string>
  return { name: String(row['index_name']), ...targetOf(target), using, options }
}

/** The server leaves out the quotes of a name where it can. */
function targetOf(target: string): Pick<IndexModel, 'column' | 'on'> {
  const match = /^(values|keys|entries|full)\((.*)\)$/su.exec(target)
  const name = match?.[2] ?? target
  return {
    column: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name,
    on: match?.[1] as IndexModel['on'],
  }
}

function filterOf(where: string): string {
  return where
    .replaceAll(/(?:"(?:[^"]|"")*"|\w+) IS NOT NULL(?: AND )?/gu, '')
    .replace(/ AND $/u, '')
    .trim()
}

/** A class of the server's own for which CQL has no name stands as a user-defined type of that name. */
function storedType(text: unknown): CqlType {
  try {
    return parseType(String(text))
  } catch (error) {
    if (!(error instanceof TypeTextError)) throw error
    return { kind: 'udt', name: String(text) }
  }
}
