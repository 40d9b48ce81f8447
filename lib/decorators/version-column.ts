import type { ColumnDeclaration } from '../metadata/declaration'
import { type PropertyArguments, placementOf } from './adapter'
import type { PropertyDecoratorFor } from './property-decorator'

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
export function VersionColumn(options: VersionColumnOptions = {}): unknown {
  return (...args: PropertyArguments) => {
    const { declarations, property, designType, misplaced } = placementOf(args)
    declarations.columns.push({
      property,
      role: 'regular',
      type: 'int',
      designType,
      name: options.name,
      unknownOptions: Object.keys(options).filter((name) => name !== 'name'),
      misplaced,
      isVersion: true,
    } satisfies ColumnDeclaration)
  }
}
