import type { ColumnMetadata } from '../../metadata/entity-metadata'
import { elementChange } from './element-change'
import {
  type Snapshot,
  type Stored,
  type WrittenValue,
  bytesOf,
  isSameValue,
  storedBytes,
  unfilled,
} from './snapshot'

/** A column whose value is not the stored one. */
export interface Difference extends WrittenValue {
  readonly from: Stored
  /** The value that an update sets: the new value, null, or an operator that makes the new value from the old. */
  readonly change: unknown
}

const none: ReadonlySet<string> = new Set()

/**
 * The columns whose values are not the stored ones. A property that is undefined stays as it is and is not among them.
 * A column whose stored value is in doubt is always among them, with its whole value.
 */
export function differencesOf(
  { columns, values }: Snapshot,
  given: object,
  doubtful: ReadonlySet<string> = none,
): readonly Difference[] {
  const differences: Difference[] = []
  columns.forEach((column, i) => {
    const isDoubtful = doubtful.has(column.property)
    const difference = differenceOf(column, values[i], given, isDoubtful)
    if (difference !== undefined) differences.push(difference)
  })
  return differences
}

/** The same differences after some properties were set anew, such as dates: only these are compared again. */
export function renewDifferences(
  differences: readonly Difference[],
  { columns, values }: Snapshot,
  given: object,
  properties: ReadonlySet<string>,
): readonly Difference[] {
  const renewed = differences.filter(({ column }) => !properties.has(column.property))
  columns.forEach((column, i) => {
    if (!properties.has(column.property)) return
    const difference = differenceOf(column, values[i], given, false)
    if (difference !== undefined) renewed.push(difference)
  })
  return renewed
}

function differenceOf(
  column: ColumnMetadata,
  from: Stored,
  given: object,
  isDoubtful: boolean,
): Difference | undefined {
  const to = (given as Readonly<Record<string, unknown>>)[column.property]
  if (to === undefined || (!isDoubtful && Object.is(from, to))) return undefined
  const after = bytesOf(column, to)
  if (from === unfilled && after === null && to !== null) return undefined
  const before = isDoubtful ? undefined : storedBytes(column, from)
  if (isSame(column, before, after)) return undefined
  return { column, from, to, after, change: changeOf(column, before, after, to) }
}

function isSame(
  { codec }: ColumnMetadata,
  before: Buffer | null | undefined,
  after: Buffer | null | undefined,
): boolean {
  if (before === undefined || after === undefined) return false
  return isSameValue(codec, before, after)
}

function changeOf(
  column: ColumnMetadata,
  before: Buffer | null | undefined,
  after: Buffer | null | undefined,
  to: unknown,
): unknown {
  if (after === null) return null
  // A value that does not fit is refused with the rest of the write.
  if (after === undefined || before === undefined) return to
  return elementChange(column, before, after) ?? to
}
