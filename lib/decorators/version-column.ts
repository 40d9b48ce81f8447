import type { PropertyDecoratorFor } from './property-decorator'
import { recordColumn } from './record-column'

/** Options of the version of an entity. */
export interface VersionColumnOptions {
  /** The name of the column. The naming strategy decides by default. */
  readonly name?: string
}

/**
 * Declares the version of a row, an `int` that the repository increments. If two saves start from the same row, the
 * second throws `OptimisticLockError` and writes nothing. Do not set the property, and give it no initializer.
 *
 * `insert` and the first `save` send `INSERT … IF NOT EXISTS` with version 1. Every later `save` sends
 * `UPDATE … SET …, "version" = ? WHERE … IF "version" = ?`, and `remove` sends `DELETE … IF "version" = ?`.
 *
 * ```ts
 * @VersionColumn() version?: number
 * ```
 */
export function VersionColumn(options?: VersionColumnOptions): PropertyDecoratorFor<number>
export function VersionColumn(options?: object, bare?: unknown): unknown {
  return recordColumn('VersionColumn', options, bare)
}
