import { printType, sameType } from '../cql/print-type'
import { addColumns, createIndex, createTable } from './ddl'
import type { ColumnModel, IndexModel, TableModel } from './table-model'

/** One difference between what is declared and what is there. */
export interface Change {
  readonly kind:
    | 'createType'
    | 'addField'
    | 'createTable'
    | 'addColumn'
    | 'createIndex'
    | 'createView'
    | 'mismatch'
  /** Empty when no CQL can make it so. */
  readonly cql: string
  readonly safety: 'safe' | 'destructive' | 'impossible'
  readonly reason: string
}

/**
 * What has to happen so that `found` is as `wanted`; found undefined: the table is not there. `named` has where the
 * indexes of the keyspace are, by name: CREATE INDEX IF NOT EXISTS does nothing where another one has the name.
 */
export function diff(
  wanted: TableModel,
  found: TableModel | undefined,
  named: ReadonlyMap<string, string>,
): readonly Change[] {
  if (found === undefined) {
    return [
      safe('createTable', createTable(wanted), `the table ${wanted.name} is not there`),
      ...wanted.indexes.map((index) => indexChange(wanted, index, named)),
    ]
  }
  const there = new Map(found.columns.map((column) => [column.name, column]))
  const missing = wanted.columns.filter(({ name }) => !there.has(name))
  const addable = missing.filter(({ kind }) => kind !== 'partitionKey' && kind !== 'clustering')
  const changes: Change[] = wanted.columns.flatMap((column) => {
    const other = there.get(column.name)
    return other === undefined ? [] : mismatches(wanted, column, other)
  })
  for (const column of missing.filter((each) => !addable.includes(each))) {
    changes.push(impossible(wanted, column.name, 'belongs to the key and cannot be added'))
  }
  const declared = new Set(wanted.columns.map(({ name }) => name))
  for (const { name, kind } of found.columns) {
    if ((kind === 'partitionKey' || kind === 'clustering') && !declared.has(name)) {
      changes.push(impossible(wanted, name, 'belongs to the key there and is not declared'))
    }
  }
  for (const column of addable) {
    const cql = addColumns(wanted, [column])
    changes.push(safe('addColumn', cql, `the column ${wanted.name}.${column.name} is not there`))
  }
  for (const index of wanted.indexes) {
    if (!found.indexes.some((other) => sameIndex(index, other))) {
      changes.push(indexChange(wanted, index, named))
    }
  }
  return changes
}

const roles = {
  partitionKey: 'part of the partition key',
  clustering: 'a clustering column',
  static: 'static',
  regular: 'a regular column',
  counter: 'a counter',
} as const

/** How a column that is there differs from the declared one. */
export function mismatches(
  table: Pick<TableModel, 'name'>,
  wanted: ColumnModel,
  found: ColumnModel,
): Change[] {
  const changes: Change[] = []
  const tell = (what: string) => changes.push(impossible(table, wanted.name, what))
  if (!sameType(wanted.type, found.type)) {
    tell(`is declared as ${printType(wanted.type)} and is ${printType(found.type)} there`)
  }
  if (wanted.kind !== found.kind) {
    tell(`is declared as ${roles[wanted.kind]} and is ${roles[found.kind]} there`)
  } else if (wanted.position !== found.position) {
    tell(`is declared at place ${wanted.position} of its key and is at ${found.position} there`)
  }
  if (wanted.kind === 'clustering' && found.kind === 'clustering' && wanted.order !== found.order) {
    tell(`is declared with order '${wanted.order}' and has '${found.order}' there`)
  }
  return changes
}

function safe(kind: Change['kind'], cql: string, reason: string): Change {
  return { kind, cql, safety: 'safe', reason }
}

export function impossible(table: Pick<TableModel, 'name'>, column: string, what: string): Change {
  return {
    kind: 'mismatch',
    cql: '',
    safety: 'impossible',
    reason: `${table.name}.${column} ${what}`,
  }
}

function indexChange(
  table: TableModel,
  index: IndexModel,
  named: ReadonlyMap<string, string>,
): Change {
  const reason = `the index ${index.name} on ${table.name} is not there`
  const other = named.get(index.name)
  if (other === undefined || other === placeOf(table, index)) {
    return safe('createIndex', createIndex(table, index), reason)
  }
  return {
    kind: 'mismatch',
    cql: '',
    safety: 'impossible',
    reason: `${reason}, and its name is that of an index on ${other}; give it another name, or drop that one`,
  }
}

/** Where an index is and of what class, for messages and to tell one from another of the same name. */
export function placeOf(table: Pick<TableModel, 'name'>, { target, using }: IndexModel): string {
  return `${table.name} (${target})${using === undefined ? '' : ` using ${shortName(using)}`}`
}

/** An index is what it indexes and how, whatever its name. */
function sameIndex(a: IndexModel, b: IndexModel): boolean {
  return a.target === b.target && shortName(a.using) === shortName(b.using)
}

/** 'sai' and the class's full name mean the same. */
function shortName(using: string | undefined): string {
  const name = (using ?? '').split('.').at(-1)?.toLowerCase() ?? ''
  return name === 'sai' ? 'storageattachedindex' : name
}
