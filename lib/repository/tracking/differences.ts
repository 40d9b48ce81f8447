import { eachElement } from '../../codec/wire'
import type { ColumnMetadata } from '../../metadata/entity-metadata'
import { elementChange } from './element-change'
import { type Snapshot, type Stored, bytesOf, isSameBytes, storedBytes } from './snapshot'

/** A column whose value is not the stored one. */
export interface Difference {
  readonly column: ColumnMetadata
  readonly from: Stored
  readonly to: unknown
  /** What an update gives the column: the value, null, or an operator that makes the one of the other. */
  readonly change: unknown
}

const none: ReadonlySet<string> = new Set()

/**
 * The columns whose values are not the stored ones; what is undefined stays as it is and is none of them. Those whose
 * stored value is in doubt are among them whatever it is, and whole.
 */
export function differencesOf(
  { columns, values }: Snapshot,
  given: object,
  doubtful: ReadonlySet<string> = none,
): readonly Difference[] {
  const differences: Difference[] = []
  columns.forEach((column, i) => {
    const to = (given as Readonly<Record<string, unknown>>)[column.property]
    const from = values[i]
    const isDoubtful = doubtful.has(column.property)
    if (to === undefined || (!isDoubtful && Object.is(from, to))) return
    const after = bytesOf(column, to)
    const before = isDoubtful ? undefined : storedBytes(column, from)
    if (isSame(column, before, after)) return
    differences.push({ column, from, to, change: changeOf(column, before, after, to) })
  })
  return differences
}

function isSame(
  { type }: ColumnMetadata,
  before: Buffer | null | undefined,
  after: Buffer | null | undefined,
): boolean {
  if (before === undefined || after === undefined) return false
  if (before === null || after === null || before.equals(after)) return isSameBytes(before, after)
  const { kind } = type.kind === 'frozen' ? type.of : type
  if (kind !== 'set' && kind !== 'map') return false
  const perItem = kind === 'map' ? 2 : 1
  return before.length === after.length && sorted(before, perItem) === sorted(after, perItem)
}

/** The bytes of elements or entries, which come in whatever order. */
function sorted(bytes: Buffer, perItem: 1 | 2): string {
  const parts: string[] = []
  eachElement(bytes, 0, perItem, (at, length) =>
    parts.push(bytes.toString('latin1', at - 4, at + length)),
  )
  const items =
    perItem === 1
      ? parts
      : parts.flatMap((key, i) => (i % 2 === 0 ? [key + String(parts[i + 1])] : []))
  return items.sort().join('')
}

function changeOf(
  column: ColumnMetadata,
  before: Buffer | null | undefined,
  after: Buffer | null | undefined,
  to: unknown,
): unknown {
  if (after === null) return null
  // What does not fit is refused with the rest of the write.
  if (after === undefined || before === undefined) return to
  return elementChange(column, before, after) ?? to
}
