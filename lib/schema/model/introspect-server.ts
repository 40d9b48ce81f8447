import { optionsOf } from './stored-options'
import type { SchemaSession } from './schema-session'
import { queryIfExists } from './query-if-exists'
import type { ServerModel } from './table-model'

/**
 * Reads the facts about the server that comparisons depend on. The default options of tables are those of
 * `system_schema.tables` itself, which nobody can alter.
 */
export async function introspectServer(session: SchemaSession): Promise<ServerModel> {
  const [settings = [], tables = [], masks] = await Promise.all([
    queryIfExists(
      session,
      'SELECT name, value FROM system_views.settings WHERE name IN ' +
        "('default_secondary_index', 'default_secondary_index_enabled', 'dynamic_data_masking_enabled')",
    ),
    queryIfExists(
      session,
      "SELECT * FROM system_schema.tables WHERE keyspace_name = 'system_schema' AND table_name = 'tables'",
    ),
    queryIfExists(session, 'SELECT column_name FROM system_schema.column_masks LIMIT 1'),
  ])
  const values = new Map(settings.map((row) => [row['name'], row['value']]))
  const [row] = tables
  return {
    defaultIndex: defaultIndexOf(values),
    defaultOptions: row === undefined ? {} : { ...optionsOf(row), ...ownOptions },
    maskObstacle:
      masks === undefined
        ? 'the server has no dynamic data masking, which came with Cassandra 5.0'
        : values.get('dynamic_data_masking_enabled') === 'false'
          ? 'dynamic_data_masking_enabled is false on the server'
          : undefined,
  }
}

/** The options in which the tables of the server differ from those of users. */
const ownOptions = {
  comment: '',
  default_time_to_live: 0,
  gc_grace_seconds: 864_000,
  memtable_flush_period_in_ms: 0,
} as const

/** Returns the class of an index that is created without one; undefined for the built-in kind. */
function defaultIndexOf(settings: ReadonlyMap<unknown, unknown>): string | undefined {
  const value = settings.get('default_secondary_index')
  return settings.get('default_secondary_index_enabled') === 'true' &&
    typeof value === 'string' &&
    value !== 'legacy_local_table'
    ? value
    : undefined
}
