import type { Execution } from './execution'
import { DamagedFrame } from './internals/damaged-frame'
import type { TypedName } from './internals/data-type'

type Question = Pick<Execution, 'isRead' | 'isConditional'> & Partial<Pick<Execution, 'cql'>>

const noColumns: readonly never[] = Object.freeze([])

/**
 * Returns the columns of an answer. Throws `DamagedFrame` if an answer to a read or to a conditional write has none,
 * also without rows: it is not the answer to this request, and must not be taken for one without rows.
 */
export function answeredColumns(
  columns: readonly TypedName[] | null | undefined,
  { isRead, isConditional, cql }: Question,
): readonly TypedName[] {
  if (columns !== null && columns !== undefined) return columns
  if (isRead === true || isConditional === true || (isRead === undefined && isSelect(cql))) {
    throw new DamagedFrame('the answer has no columns')
  }
  return noColumns
}

/** Returns whether a statement is a `SELECT`, which CQL by hand does not say otherwise. */
function isSelect(cql: string | undefined): boolean {
  return cql !== undefined && /^\s*SELECT\b/iu.test(cql)
}
