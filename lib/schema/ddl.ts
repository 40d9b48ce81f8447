import { identifier, qualified } from '../cql/identifier'
import { type LiteralValue, literal } from '../cql/literal'
import { printType } from '../cql/print-type'
import { type Mask, printMask } from './model/mask'
import type {
  ColumnModel,
  IndexModel,
  TableModel,
  UserTypeModel,
  ViewModel,
} from './model/table-model'

/** The replication of a keyspace that is created: `{ class: 'NetworkTopologyStrategy', datacenter1: 1 }`. */
export type Replication = Readonly<Record<string, string | number>> & { readonly class: string }

/** The name of a table. */
type Named = Pick<TableModel, 'keyspace' | 'name'>

/** The part that tables and views share. */
type Keyed = Pick<TableModel, 'columns' | 'options'>

/** `CREATE KEYSPACE IF NOT EXISTS "shop" WITH replication = {…}` */
export function createKeyspace(name: string, replication: Replication): string {
  return `CREATE KEYSPACE IF NOT EXISTS ${identifier(name)} WITH replication = ${literal(replication)}`
}

/** `CREATE TYPE IF NOT EXISTS … (…)` */
export function createType({ keyspace, name, fields }: UserTypeModel): string {
  const lines = fields.map((field) => `${identifier(field.name)} ${printType(field.type)}`)
  return `CREATE TYPE IF NOT EXISTS ${qualified(keyspace, name)} (${lines.join(', ')})`
}

/** `ALTER TYPE … ADD …`, which adds one field at a time. */
export function addField(
  { keyspace, name }: UserTypeModel,
  field: UserTypeModel['fields'][number],
): string {
  return (
    `ALTER TYPE ${qualified(keyspace, name)} ` +
    `ADD ${identifier(field.name)} ${printType(field.type)}`
  )
}

/** `CREATE TABLE IF NOT EXISTS … (…, PRIMARY KEY ((…), …)) WITH CLUSTERING ORDER BY (…) AND …` */
export function createTable(table: TableModel): string {
  const lines = [...table.columns.map(columnDefinition), primaryKey(table)]
  return (
    `CREATE TABLE IF NOT EXISTS ${qualified(table.keyspace, table.name)} ` +
    `(${lines.join(', ')})${withOptions(table)}`
  )
}

/**
 * `CREATE MATERIALIZED VIEW IF NOT EXISTS … AS SELECT … FROM … WHERE … IS NOT NULL AND … PRIMARY KEY ((…), …)
 * WITH CLUSTERING ORDER BY (…) AND …`
 *
 * A view inherits the descending order of its table unless the statement says otherwise.
 */
export function createView(view: ViewModel, table: Keyed): string {
  const key = [...ofKind(view, 'partitionKey'), ...ofKind(view, 'clustering')]
  return (
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${qualified(view.keyspace, view.name)} ` +
    `AS SELECT ${names(view.columns)} FROM ${qualified(view.keyspace, view.from)} ` +
    `WHERE ${key.map(({ name }) => `${identifier(name)} IS NOT NULL`).join(' AND ')} ` +
    `${primaryKey(view)}${withOptions(view, isDescending(table))}`
  )
}

function primaryKey(table: Keyed): string {
  const clustering = ofKind(table, 'clustering').map(({ name }) => identifier(name))
  return `PRIMARY KEY (${[`(${names(ofKind(table, 'partitionKey'))})`, ...clustering].join(', ')})`
}

function isDescending(table: Keyed): boolean {
  return ofKind(table, 'clustering').some(({ order }) => order === 'desc')
}

function withOptions(table: Keyed, hasOrder = false): string {
  const options = Object.entries(table.options).map(
    ([name, value]) => `${name} = ${literal(value)}`,
  )
  const clustering = ofKind(table, 'clustering')
  if (clustering.length > 0 && (hasOrder || isDescending(table))) {
    const order = clustering.map(
      (column) => `${identifier(column.name)} ${column.order.toUpperCase()}`,
    )
    options.unshift(`CLUSTERING ORDER BY (${order.join(', ')})`)
  }
  return options.length === 0 ? '' : ` WITH ${options.join(' AND ')}`
}

/** `ALTER TABLE … ADD (…)` */
export function addColumn(table: Named, column: ColumnModel): string {
  return `ALTER TABLE ${qualified(table.keyspace, table.name)} ADD (${columnDefinition(column)})`
}

/** `ALTER TABLE … DROP …` */
export function dropColumn(keyspace: string, table: string, name: string): string {
  return `ALTER TABLE ${qualified(keyspace, table)} DROP ${identifier(name)}`
}

/** `ALTER TABLE … ALTER … MASKED WITH …`, or `… DROP MASKED` */
export function alterMask(
  keyspace: string,
  table: string,
  name: string,
  mask: Mask | undefined,
): string {
  const change = mask === undefined ? 'DROP MASKED' : `MASKED WITH ${maskText(mask)}`
  return `ALTER TABLE ${qualified(keyspace, table)} ALTER ${identifier(name)} ${change}`
}

/** `ALTER TABLE … WITH … = …`, and of a view `ALTER MATERIALIZED VIEW …` */
export function alterOption(
  table: TableModel | ViewModel,
  option: string,
  value: LiteralValue,
): string {
  const what = 'from' in table ? 'MATERIALIZED VIEW' : 'TABLE'
  return `ALTER ${what} ${qualified(table.keyspace, table.name)} WITH ${option} = ${literal(value)}`
}

/** `DROP MATERIALIZED VIEW IF EXISTS …` and the like */
export function drop(
  what: 'TABLE' | 'TYPE' | 'INDEX' | 'MATERIALIZED VIEW',
  keyspace: string,
  name: string,
): string {
  return `DROP ${what} IF EXISTS ${qualified(keyspace, name)}`
}

/** `CREATE INDEX IF NOT EXISTS … ON … (…) USING '…' WITH OPTIONS = {…}` */
export function createIndex(table: Named, index: IndexModel, name: string): string {
  const using = index.using === undefined ? '' : ` USING ${literal(index.using)}`
  const options =
    Object.keys(index.options).length === 0 ? '' : ` WITH OPTIONS = ${literal(index.options)}`
  return (
    `CREATE ${index.using === undefined ? '' : 'CUSTOM '}INDEX IF NOT EXISTS ${identifier(name)} ` +
    `ON ${qualified(table.keyspace, table.name)} (${indexTarget(index)})${using}${options}`
  )
}

/** The target of an index in CQL: `"brand"`, `keys("stock")`. */
export function indexTarget({ column, on }: IndexModel): string {
  const name = identifier(column)
  return on === undefined || on === 'values' ? name : `${on}(${name})`
}

function columnDefinition({ name, type, kind, mask }: ColumnModel): string {
  const masked = mask === undefined ? '' : ` MASKED WITH ${maskText(mask)}`
  return `${identifier(name)} ${printType(type)}${kind === 'static' ? ' STATIC' : ''}${masked}`
}

/** `mask_inner(1, 1)`, as CQL and as messages write it. */
export function maskText(mask: Mask): string {
  return printMask(mask) ?? `${mask.function}(…)`
}

function ofKind(table: Keyed, kind: ColumnModel['kind']): readonly ColumnModel[] {
  return table.columns
    .filter((column) => column.kind === kind)
    .sort((a, b) => a.position - b.position)
}

function names(columns: readonly ColumnModel[]): string {
  return columns.map(({ name }) => identifier(name)).join(', ')
}
