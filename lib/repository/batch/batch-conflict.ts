import { Refusal } from '../../codec/codec'
import { anyOrder } from '../../codec/parameter'
import { holdsUserType } from '../../cql/type-tree'
import { StatementError } from '../../errors/errors'
import type { ColumnMetadata } from '../../metadata/entity-metadata'
import { type Condition, isCondition } from '../../statement/condition'
import type { ConditionOperator } from '../../statement/operators'
import type { BoundWrite } from '../write/bind-write'
import { type WrittenRows, deletesRows, keyFilter, pointsOf } from './written-rows'
import { type Touched, joinTouched, touchedCells } from './touched-cells'

/**
 * Refuses a batch that writes one column of a row twice, or writes a row and deletes it: all its statements
 * have one time, so that the greater value wins, and a deletion before any value, whatever their order.
 * Writes with their own timestamps conflict only if these are equal. Throws `StatementError`.
 */
export function refuseConflicts(written: readonly WrittenRows[]): void {
  const timeOf = ({ write }: WrittenRows) => String(write.request.timestamp)
  for (const group of groupBy(written, (each) => [`${each.partition}@${timeOf(each)}`])) {
    if (group.length > 1) refuseInPartition(group)
  }
}

function refuseInPartition(group: readonly WrittenRows[]): void {
  const writers = group.filter(({ write }) => !deletesRows(write))
  for (const range of group.filter(({ isRange }) => isRange)) {
    const hit = writers.find((each) => overlaps(range, each))
    if (hit !== undefined) throw deleted(hit.write)
  }
  for (const ofRow of groupBy(group, ({ rows }) => rows)) {
    const writing = ofRow.filter(({ write }) => !deletesRows(write))
    if (writing.length > 0 && writing.length < ofRow.length) throw deleted(ofRow[0]?.write)
    refuseDouble(writing, (column) => column.kind !== 'static')
  }
  refuseDouble(writers, (column) => column.kind === 'static')
}

/** Refuses two writes that touch one cell in two ways. */
function refuseDouble(
  writers: readonly WrittenRows[],
  concerns: (column: ColumnMetadata) => boolean,
): void {
  if (writers.length < 2) return
  const touched = new Map<string, Touched>()
  for (const { write } of writers) {
    const { metadata } = write.context
    for (const column of metadata.columns) {
      if (column.isKey || !concerns(column)) continue
      const cells = touchedCells(write, column)
      if (cells === undefined) continue
      const others = touched.get(column.name)
      const joined = others === undefined ? cells : joinTouched(others, cells)
      if (joined === undefined) {
        throw new StatementError(
          `${metadata.name}.${column.property} of one row is written twice in this batch, and Cassandra ` +
            `would keep the greater value; ${remedy}`,
        )
      }
      touched.set(column.name, joined)
    }
  }
}

const remedy = 'give both a timestamp, or move one of them to another batch'

function deleted(write: BoundWrite | undefined): StatementError {
  return new StatementError(
    `${String(write?.context.metadata.name)}: a row is deleted and written in this batch, and the deletion ` +
      `would win in either order; ${remedy}`,
  )
}

/** Returns `true` unless the write is known to be outside the deleted range. */
function overlaps(range: WrittenRows, { write }: WrittenRows): boolean {
  for (const column of write.context.metadata.clusteringKey) {
    const bound = keyFilter(range.write, column)
    if (bound === undefined) return true
    const points = pointsOf(write, column)
    // Statics alone: only the deletion of the whole partition concerns them.
    if (points === undefined) return false
    const fixed = pointsOf(range.write, column)
    if (fixed === undefined) return mayMeet(column, bound as Condition, keyFilter(write, column))
    if (!fixed.some((each) => points.includes(each))) return false
  }
  return true
}

/** The order of a value relative to a bound, for values outside the bound. */
const outside: Partial<Record<ConditionOperator, readonly unknown[]>> = {
  moreThan: [-1, 0],
  moreThanOrEqual: [-1],
  lessThan: [0, 1],
  lessThanOrEqual: [1],
}

/** Returns `true` unless the values of a key column are known to be outside a range. */
function mayMeet(column: ColumnMetadata, { operator, value }: Condition, given: unknown): boolean {
  if (isCondition(given)) {
    const values = given.operator === 'in' ? (given.value as readonly unknown[]) : [given.value]
    return values.some((each) => mayMeet(column, { kind: 'range', operator, value }, each))
  }
  if (operator === 'and') {
    return (value as readonly Condition[]).every((each) => mayMeet(column, each, given))
  }
  const isInside = (bound: unknown, by: ConditionOperator) =>
    outside[by]?.includes(order(column, given, bound)) !== true
  if (operator === 'between') {
    const [from, to] = value as readonly [unknown, unknown]
    return isInside(from, 'moreThanOrEqual') && isInside(to, 'lessThanOrEqual')
  }
  return isInside(value, operator)
}

/** Compares two values of a key column as the server does; undefined if that is not known. */
function order({ codec, type }: ColumnMetadata, a: unknown, b: unknown): number | undefined {
  if (holdsUserType(type)) return undefined
  try {
    const encode = (value: unknown) => codec.encode(codec.check(value), anyOrder)
    return Math.sign(codec.compare(encode(a), encode(b)))
  } catch (error) {
    // The bound may be a Date, for a whole millisecond of a timeuuid.
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Groups items by their keys. An item can be in several groups. */
function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Iterable<T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [item])
      else group.push(item)
    }
  }
  return groups.values()
}
