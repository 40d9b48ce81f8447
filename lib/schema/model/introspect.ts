import { isDeepStrictEqual } from 'node:util'
import type { CqlType } from '../../cql/cql-type'
import { TypeTextError, parseType } from '../../cql/parse-type'
import { SchemaError } from '../../errors/errors'
import type { ColumnRole } from '../../metadata/declaration'
import { introspectServer } from './introspect-server'
import { type Mask, storedMask } from './mask'
import { queryIfExists } from './query-if-exists'
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

/** Tells whether the cluster has a keyspace. */
export async function hasKeyspace(session: SchemaSession, keyspace: string): Promise<boolean> {
  const rows = await session.query(
    'SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?',
    [keyspace],
  )
  return rows.length > 0
}

/** Tells whether a keyspace is virtual, such as `system_views`: it is not in `system_schema`. */
export async function isVirtualKeyspace(
  session: SchemaSession,
  keyspace: string,
): Promise<boolean> {
  const rows = await queryIfExists(
    session,
    'SELECT keyspace_name FROM system_virtual_schema.keyspaces WHERE keyspace_name = ?',
    [keyspace],
  )
  return rows !== undefined && rows.length > 0
}

/** The most readings of a keyspace that other processes change at the same time. */
const maxReadings = 20

/**
 * Reads a keyspace of the cluster from `system_schema`, not from the driver's metadata, which throws on nested vectors.
 * The model of a keyspace that does not exist is empty. The views behind indexes and the logs of changes, which
 * ScyllaDB creates by itself, are left out.
 *
 * A reading takes several queries: another process may change the schema between them. Only two equal readings in
 * succession prove that the keyspace was like this at one moment. The first reading is returned if it `isEnough`.
 * Throws `SchemaError` if the keyspace changes all the time.
 */
export async function introspectKeyspace(
  session: SchemaSession,
  keyspace: string,
  isEnough: (found: KeyspaceModel) => boolean = () => false,
): Promise<KeyspaceModel> {
  const [first, server] = await Promise.all([
    readKeyspace(session, keyspace),
    introspectServer(session),
  ])
  let found: KeyspaceModel = { ...first, server }
  for (let readings = 1; readings < maxReadings; readings++) {
    if (isEnough(found)) return found
    const again = { ...(await readKeyspace(session, keyspace)), server }
    if (isDeepStrictEqual(found, again)) return found
    found = again
  }
  throw new SchemaError(
    `keyspace '${keyspace}' was changed by another process during each of ${maxReadings} readings; try again when the changes are done`,
  )
}

async function readKeyspace(session: SchemaSession, keyspace: string): Promise<KeyspaceModel> {
  const of = async (table: string) =>
    (await queryIfExists(session, `SELECT * FROM system_schema.${table} WHERE keyspace_name = ?`, [
      keyspace,
    ])) ?? []
  const [tables, columns, indexes, types, views, dropped, masks] = await Promise.all([
    of('tables'),
    of('columns'),
    of('indexes'),
    of('types'),
    of('views'),
    of('dropped_columns'),
    of('column_masks'),
  ])
  const masksOf = byTable(masks, (row) => [row['column_name'], storedMask(row, keyspace)] as const)
  const columnsOf = byTable(columns, columnOf)
  const indexesOf = byTable(indexes, indexOf)
  const droppedOf = byTable(dropped, droppedColumnOf)
  const columnsIn = (table: string): readonly ColumnModel[] => {
    const ofTable = new Map<unknown, Mask>(masksOf.get(table))
    const sorted = [...(columnsOf.get(table) ?? [])].sort(byPlace)
    return ofTable.size === 0
      ? sorted
      : sorted.map((column) => Object.assign(column, { mask: ofTable.get(column.name) }))
  }
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
          columns: columnsIn(name),
          indexes: indexesOf.get(name) ?? [],
          options: optionsOf(row),
          dropped: droppedOf.get(name) ?? [],
          extensions: entriesOf(row['extensions']).map(([extension]) => extension),
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
          columns: columnsIn(name),
          options: optionsOf(row),
          hasAllColumns: row['include_all_columns'] === true,
          filter: filterOf(String(row['where_clause'] ?? '')),
        }
      })
      .filter(
        ({ name, from }) =>
          !(indexesOf.get(from) ?? []).some((index) => `${index.name}_index` === name),
      ),
  }
}

const changeLog = '_scylla_cdc_log'

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

/** Reads the target of an index. The server omits the quotes of a name where it can. */
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

/** Parses a stored type. A class of the server that has no name in CQL is kept as a user-defined type of that text. */
function storedType(text: unknown): CqlType {
  try {
    return parseType(String(text))
  } catch (error) {
    if (!(error instanceof TypeTextError)) throw error
    return { kind: 'udt', name: String(text) }
  }
}
