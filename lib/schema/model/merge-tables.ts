import { isDeepStrictEqual } from 'node:util'
import { printType, sameType } from '../../cql/print-type'
import { SchemaError } from '../../errors/errors'
import { sameMask } from './mask'
import { sameIndex } from './same-index'
import type { ColumnModel, TableModel } from './table-model'

/**
 * Returns each table once: several classes of one table give it the columns, indexes and options of all of them.
 * Throws `SchemaError` if they contradict each other.
 */
export function mergeTables(tables: readonly TableModel[]): readonly TableModel[] {
  const merged = new Map<string, TableModel>()
  for (const table of tables) {
    const other = merged.get(table.name)
    merged.set(table.name, other === undefined ? table : merge(other, table))
  }
  return [...merged.values()]
}

function merge(a: TableModel, b: TableModel): TableModel {
  const refuse = (what: string): never => {
    throw new SchemaError(`two classes of the table '${a.name}' ${what}; declare both alike`)
  }
  if (!isDeepStrictEqual(keyOf(a), keyOf(b))) refuse('have different keys')
  const known = new Map(a.columns.map((column) => [column.name, column]))
  for (const column of b.columns) {
    const other = known.get(column.name) ?? column
    if (!sameType(column.type, other.type) || column.kind !== other.kind) {
      refuse(`have the column '${column.name}' as ${text(other)} and as ${text(column)}`)
    }
    if (
      column.mask !== undefined &&
      other.mask !== undefined &&
      !sameMask(column.mask, other.mask)
    ) {
      refuse(`have different masks of the column '${column.name}'`)
    }
  }
  for (const [name, value] of Object.entries(b.options)) {
    if (Object.hasOwn(a.options, name) && !isDeepStrictEqual(a.options[name], value)) {
      refuse(`have different values of ${name}`)
    }
  }
  const others = new Map(b.columns.map((column) => [column.name, column]))
  return {
    ...a,
    columns: [
      ...a.columns.map((column) => ({
        ...column,
        mask: column.mask ?? others.get(column.name)?.mask,
      })),
      ...b.columns.filter(({ name }) => !known.has(name)),
    ],
    indexes: [
      ...a.indexes,
      ...b.indexes.filter((index) => !a.indexes.some((other) => sameIndex(index, other))),
    ],
    options: { ...a.options, ...b.options },
  }
}

function keyOf({ columns }: TableModel): readonly unknown[] {
  return columns
    .filter(({ position }) => position >= 0)
    .map(({ name, kind, position, order }) => [name, kind, position, order])
}

function text({ kind, type }: ColumnModel): string {
  return `${kind === 'static' ? 'static ' : ''}${printType(type)}`
}
