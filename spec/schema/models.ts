import { parseType } from '../../lib/cql/parse-type'
import type {
  ColumnModel,
  IndexModel,
  KeyspaceModel,
  ServerModel,
  TableModel,
  UserTypeModel,
} from '../../lib/schema/model/table-model'

/** `'a int'`, `'b text static'`, keys apart: a table as the models have it. */
export function table(
  name: string,
  key: { readonly partition: readonly string[]; readonly clustering?: readonly string[] },
  columns: readonly string[] = [],
  more: Partial<TableModel> = {},
): TableModel {
  const { partition, clustering = [] } = key
  return {
    keyspace: 'shop',
    name,
    columns: [
      ...partition.map((text, position) => column(text, 'partitionKey', position)),
      ...clustering.map((text, position) => column(text, 'clustering', position)),
      ...columns.map((text) => column(text, 'regular', -1)),
    ],
    indexes: [],
    options: {},
    ...more,
  }
}

/** A column of the text `name type [desc|static]`. */
function column(text: string, kind: ColumnModel['kind'], position: number): ColumnModel {
  const [, name = '', written = '', more] = /^(\S+) (.*?)(?: (desc|static))?$/u.exec(text) ?? []
  const type = parseType(written)
  const isCounter = type.kind === 'native' && type.name === 'counter'
  return {
    name,
    type,
    kind: more === 'static' ? 'static' : isCounter ? 'counter' : kind,
    position,
    order: more === 'desc' ? 'desc' : 'asc',
  }
}

export function index(column: string, more: Partial<IndexModel> = {}): IndexModel {
  return { name: undefined, column, on: undefined, using: undefined, options: {}, ...more }
}

export function userType(name: string, fields: Readonly<Record<string, string>>): UserTypeModel {
  return {
    keyspace: 'shop',
    name,
    fields: Object.entries(fields).map(([field, type]) => ({ name: field, type: parseType(type) })),
  }
}

export function keyspace(
  tables: readonly TableModel[],
  types: readonly UserTypeModel[] = [],
  more: Partial<Pick<KeyspaceModel, 'views' | 'server'>> = {},
): KeyspaceModel {
  return { name: 'shop', types, tables, views: [], ...more }
}

/** A server as Cassandra 5.0 is when nothing is configured, but with masks. */
export const server: ServerModel = {
  defaultIndex: undefined,
  maskObstacle: undefined,
  defaultOptions: {
    additional_write_policy: '99p',
    allow_auto_snapshot: true,
    bloom_filter_fp_chance: 0.01,
    caching: { keys: 'ALL', rows_per_partition: 'NONE' },
    comment: '',
    compaction: { class: 'SizeTieredCompactionStrategy', max_threshold: '32', min_threshold: '4' },
    compression: { chunk_length_in_kb: '16', class: 'LZ4Compressor' },
    default_time_to_live: 0,
    gc_grace_seconds: 864_000,
    incremental_backups: true,
    memtable: 'default',
    speculative_retry: '99p',
  },
}
