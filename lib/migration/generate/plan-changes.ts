import { MigrationError } from '../../errors/errors'
import type { Change } from '../../schema/diff/change'
import { refusal, subjectOf } from '../../schema/diff/change-facts'
import { diff } from '../../schema/diff/diff'
import { makeChange } from '../../schema/diff/make-change'
import { report } from '../../schema/diff/report'
import type { KeyspaceModel, TableModel, ViewModel } from '../../schema/model/table-model'

/** A table whose rows are copied to a new one, because no statement makes its changes. */
export interface TableCopy {
  /** The table as the cluster has it. */
  readonly from: TableModel
  /** The table as the class declares it, under its new name. */
  readonly to: TableModel
  /** The new names of the views of the table, by those that their classes declare. */
  readonly views: ReadonlyMap<string, string>
  /** The differences that no statement changes. */
  readonly reasons: readonly string[]
}

/** The changes of a keyspace that a migration makes. */
export interface MigrationPlan {
  /** The changes with a statement, in the order in which they can be executed. */
  readonly changes: readonly Change[]
  readonly copies: readonly TableCopy[]
}

/**
 * Plans the changes that make a keyspace as the classes declare it. A table with another key or with a column of
 * another type is copied to a new one. Throws `MigrationError` for differences that even a copy cannot change.
 */
export function planChanges(declared: KeyspaceModel, found: KeyspaceModel): MigrationPlan {
  const copies = planCopies(declared, found)
  const wanted = withCopies(declared, copies)
  const first = diff(wanted, found)
  const drops = first.flatMap((change) => dropOfView(change, found) ?? [])
  const dropped = new Set(drops.map(({ table }) => table))
  // With the views gone, the columns and indexes that they kept can be dropped too, and views of other kinds made.
  const left = { ...found, views: found.views.filter(({ name }) => !dropped.has(name)) }
  const changes = [...drops, ...diff(wanted, left)]
  const refused = changes.filter(({ safety }) => safety === 'impossible')
  if (refused.length > 0) {
    throw new MigrationError(
      `generate: the cluster differs from the classes in ways that no migration can change:\n${report(refused, refusal)}`,
    )
  }
  const executed = changes.filter(({ cql }) => cql !== '')
  return { changes: executed.map((change) => withoutReverse(change, left)), copies }
}

/** The server drops no column of a table with views, not even one that was added. */
function withoutReverse(change: Change, { views }: KeyspaceModel): Change {
  const isKept = change.kind === 'addColumn' && views.some(({ from }) => from === change.table)
  return isKept ? { ...change, reverse: undefined } : change
}

/** Returns the drop of a view that no class maps, or that differs from its class; undefined for any other change. */
function dropOfView(change: Change, { views, tables }: KeyspaceModel): Change | undefined {
  if (change.kind === 'dropView') return change
  if (change.kind !== 'changeView') return undefined
  const view = views.find(({ name }) => name === change.table)
  if (view === undefined) return undefined
  const from = tables.find(({ name }) => name === view.from)
  return makeChange('dropView', { keyspace: view.keyspace, table: view.name }, { view, from })
}

function planCopies(declared: KeyspaceModel, found: KeyspaceModel): readonly TableCopy[] {
  const names = new Set(
    [...declared.tables, ...declared.views, ...found.tables, ...found.views].map(
      ({ name }) => name,
    ),
  )
  const impossible = diff(declared, found).filter(
    (change) =>
      change.safety === 'impossible' &&
      change.kind !== 'changeMask' &&
      ['key', 'column'].includes(subjectOf(change)),
  )
  return declared.tables.flatMap((table): readonly TableCopy[] => {
    const from = found.tables.find(({ name }) => name === table.name)
    const reasons = impossible.filter((change) => change.table === table.name)
    if (from === undefined || reasons.length === 0) return []
    requireNoCounters(from, table)
    requireNoCopy(table, found)
    const to = renamed(table, nextName(table.name, names))
    const views = declared.views
      .filter((view) => view.from === table.name)
      .map(({ name }) => [name, nextName(name, names)] as const)
    return [{ from, to, views: new Map(views), reasons: reasons.map(({ reason }) => reason) }]
  })
}

function requireNoCounters(...tables: readonly TableModel[]): void {
  const counters = tables
    .flatMap(({ columns }) => columns)
    .some(({ type }) => type.kind === 'native' && type.name === 'counter')
  const [{ name } = { name: '' }] = tables
  if (counters) {
    throw new MigrationError(
      `generate: ${name} has counters and needs another key or other columns; counters cannot be copied, ` +
        'because a copy that is repeated would count twice: declare a table with another name, and count in both for a while',
    )
  }
}

/** Returns a table under another name. Its indexes get names of their own. */
function renamed(table: TableModel, name: string): TableModel {
  return { ...table, name, indexes: table.indexes.map((index) => ({ ...index, name: undefined })) }
}

/** Throws `MigrationError` if a copy of the table was made before: the class has to name it. */
function requireNoCopy(table: TableModel, found: KeyspaceModel): void {
  const [, base = table.name] = versioned.exec(table.name) ?? []
  const copy = found.tables.find(({ name }) => {
    if (name === table.name || versioned.exec(name)?.[1] !== base) return false
    const wanted = { name: found.name, types: [], tables: [renamed(table, name)], views: [] }
    return diff(wanted, found).length === 0
  })
  if (copy === undefined) return
  throw new MigrationError(
    `generate: the table ${copy.name} is there and is as the class of ${table.name} declares it; ` +
      `name it in the class: @Entity('${copy.name}')`,
  )
}

const versioned = /^(.*)_v(\d+)$/u

/** `products_v2` for `products`, `products_v3` if that is taken. Adds the name to `names`. */
function nextName(name: string, names: Set<string>): string {
  const [, base = name, digits = '1'] = versioned.exec(name) ?? []
  for (let n = Number(digits) + 1; ; n++) {
    const free = `${base}_v${n}`
    if (names.has(free)) continue
    names.add(free)
    return free
  }
}

/** Returns the declared keyspace with the new names of tables and views. */
function withCopies(declared: KeyspaceModel, copies: readonly TableCopy[]): KeyspaceModel {
  const byTable = new Map(copies.map((copy) => [copy.from.name, copy]))
  return {
    ...declared,
    tables: declared.tables.map((table) => byTable.get(table.name)?.to ?? table),
    views: declared.views.map((view): ViewModel => {
      const copy = byTable.get(view.from)
      if (copy === undefined) return view
      return { ...view, from: copy.to.name, name: copy.views.get(view.name) ?? view.name }
    }),
  }
}
