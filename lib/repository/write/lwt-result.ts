import type { TypedName } from '../../driver/internals/data-type'
import type { Plan } from '../../plan/plan'

/**
 * The outcome of a conditional write: applied, or not, and then what is stored in its place.
 *
 * ```ts
 * const result = await products.insert(product, { ifNotExists: true })
 * if (!result.applied) console.log(result.existing.name)
 * ```
 */
export type LwtResult<T> =
  | { readonly applied: true; readonly existing?: undefined }
  | { readonly applied: false; readonly existing: T }

/**
 * The result of a write: an `LwtResult` if it is conditional, nothing if it is not, either if only the run decides.
 */
export type Outcome<C extends boolean, T> = C extends true ? LwtResult<T> : void

type DriverRow = Readonly<Record<string, unknown>>

/**
 * Reads the row that a conditional write returns. `[applied]` is found by its name, because ScyllaDB also returns the
 * previous row of an applied write. `existing` is null if nothing is stored, or if the server returns no columns
 * (`IF EXISTS`).
 */
export function readLwtResult(
  plan: Plan,
  rows: readonly DriverRow[],
  columns: readonly TypedName[] = [],
): LwtResult<unknown> {
  const row = rows[0] ?? {}
  if (isApplied(row)) return { applied: true }
  const hasColumns = plan.statement.selectors.some(({ name }) => name in row)
  return { applied: false, existing: hasColumns ? plan.reader.fromDriverRow(row, columns) : null }
}

export function isApplied(row: DriverRow): boolean {
  return row['[applied]'] === true
}
