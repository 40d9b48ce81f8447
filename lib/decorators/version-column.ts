import type { PropertyDecoratorFor } from './property-decorator'
import { recordColumn } from './record-column'

/** Options of the version of an entity. */
export interface VersionColumnOptions {
  /** The column's name; by the naming strategy unless given. */
  readonly name?: string
}

/**
 * The version of a row, an `int` that the repository counts up: of two saves that began with the same row the second
 * is an `OptimisticLockError` and writes nothing. Leave the property to the repository, and without an initialiser.
 *
 * `insert` and the first `save` are `INSERT … IF NOT EXISTS` with version 1, each `save` after it is
 * `UPDATE … SET …, "version" = ? WHERE … IF "version" = ?`, and `remove` is `DELETE … IF "version" = ?`.
 *
 * ```ts
 * @VersionColumn() version?: number
 * ```
 */
export function VersionColumn(options?: VersionColumnOptions): PropertyDecoratorFor<number>
export function VersionColumn(options?: object): unknown {
  return recordColumn('VersionColumn', options)
}
