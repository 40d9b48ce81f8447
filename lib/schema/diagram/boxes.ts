import { unreachable } from '../../errors/unreachable'
import { printType } from '../../cql/print-type'
import type { ColumnModel, IndexModel, KeyspaceModel } from '../model/table-model'

/** A mark beside a column in a Chebotko diagram. */
export interface Mark {
  /** `K`, `C↑`, `C↓`, `S`, `++` or `IDX`. */
  readonly text: string
  readonly kind: 'partitionKey' | 'clustering' | 'static' | 'counter' | 'index'
  /** The meaning of the mark in words. */
  readonly title: string
}

/** A column of a table or view, or a field of a type. */
export interface Line {
  readonly name: string
  readonly type: string
  readonly marks: readonly Mark[]
}

/** A table, a view or a type in a diagram. */
export interface Box {
  readonly kind: 'table' | 'view' | 'type'
  readonly title: string
  /** The table of a view. */
  readonly of?: string
  readonly lines: readonly Line[]
}

/** Returns the boxes of a keyspace: tables, each before its views, then types. */
export function boxesOf({ tables, views, types }: KeyspaceModel): readonly Box[] {
  const viewsOf = (table: string): readonly Box[] =>
    views
      .filter(({ from }) => from === table)
      .map(({ name, columns }) => ({
        kind: 'view',
        title: name,
        of: table,
        lines: columns.map((column) => lineOf(column, [])),
      }))
  return [
    ...tables.flatMap(({ name, columns, indexes }): readonly Box[] => [
      {
        kind: 'table',
        title: name,
        lines: columns.map((column) =>
          lineOf(
            column,
            indexes.filter((index) => index.column === column.name),
          ),
        ),
      },
      ...viewsOf(name),
    ]),
    ...types.map(({ name, fields }): Box => ({
      kind: 'type',
      title: name,
      lines: fields.map((field) => ({
        name: field.name,
        type: plainType(printType(field.type)),
        marks: [],
      })),
    })),
  ]
}

function lineOf(column: ColumnModel, indexes: readonly IndexModel[]): Line {
  return {
    name: column.name,
    type: plainType(printType(column.type)),
    marks: [...roleMarks(column), ...indexes.map(indexMark)],
  }
}

/** Removes the quotes from names of user-defined types that need none. */
function plainType(type: string): string {
  return type.replaceAll(/"([a-z][a-z0-9_]*)"/gu, '$1')
}

function roleMarks({ kind, order }: ColumnModel): readonly Mark[] {
  switch (kind) {
    case 'partitionKey':
      return [{ text: 'K', kind, title: 'partition key' }]
    case 'clustering':
      return order === 'asc'
        ? [{ text: 'C↑', kind, title: 'clustering column, ascending' }]
        : [{ text: 'C↓', kind, title: 'clustering column, descending' }]
    case 'static':
      return [{ text: 'S', kind, title: 'static: one value for the partition' }]
    case 'counter':
      return [{ text: '++', kind, title: 'counter' }]
    case 'regular':
      return []
    default:
      return unreachable(kind)
  }
}

function indexMark({ name, on, using }: IndexModel): Mark {
  const target = on === undefined ? '' : ` on its ${on}`
  const how = using === undefined ? '' : ` using ${using}`
  return { text: 'IDX', kind: 'index', title: `index ${name ?? ''}${target}${how}` }
}
