import { deepStrictEqual, ok } from 'node:assert/strict'
import type { Json, Row, Rows } from '../models/rows'
import type { TableName } from '../models/tables'

/** The rows of a group. */
export interface GroupData {
  /** In the tables before the first operation. */
  readonly stored?: Rows
  /** Given to every contender, to be written or to be asked for. */
  readonly given?: Rows
}

/** The result of an operation, and what it left in the database. */
export interface Outcome {
  /** The result of operation 0, as JSON. */
  readonly result: Json
  readonly data: GroupData
  /** Asks the contender's keyspace with the bare driver. */
  readonly query: (cql: string, ...params: unknown[]) => Promise<readonly Row[]>
}

/** One thing that all contenders do. */
export interface Group {
  /** Says what one operation does. */
  readonly does: string
  readonly tables: readonly TableName[]
  readonly data?: (seed: number) => GroupData
  /** Throws when operation 0 did not do its work. */
  readonly check: (outcome: Outcome) => void | Promise<void>
  /** Operations of a round, one after another. */
  readonly sequential: number
  /** Operations of a round with 64 under way; absent where only one at a time makes sense. */
  readonly inFlight?: number
  /** `true` if the answers are recorded once and given back without a server. */
  readonly isReplayed?: boolean
}

/** The rows of a table, which the group has given or stored. */
export function rowsIn(rows: Rows | undefined, table: TableName): readonly Row[] {
  const found = rows?.[table]
  if (found === undefined) throw new Error(`the group has no rows of ${table}`)
  return found
}

/** Throws unless these rows are the same, in this order, in all columns that are expected. */
export function sameRows(found: Json, expected: readonly Row[]): void {
  ok(Array.isArray(found), 'the result is not an array')
  deepStrictEqual(found.length, expected.length)
  expected.forEach((row, index) => sameRow(found[index], row))
}

/** Throws unless these rows are the same, in any order. */
export function sameRowsById(found: Json, expected: readonly Row[]): void {
  ok(Array.isArray(found), 'the result is not an array')
  const byId = (rows: readonly Row[]) =>
    [...rows].sort((a, b) => String(a['id']).localeCompare(String(b['id'])))
  sameRows(byId(found as Row[]), byId(expected))
}

/** Throws unless a row has these values. */
export function sameRow(found: Json | undefined, expected: Row | undefined): void {
  ok(found !== null && found !== undefined && expected !== undefined, 'there is no row')
  const columns = Object.keys(expected)
  deepStrictEqual(
    Object.fromEntries(columns.map((column) => [column, (found as Row)[column] ?? null])),
    expected,
  )
}
