import type { ExecuteOptions } from '../../driver/execute-options'
import type { IfConditions } from '../../statement/if-conditions'
import type { ColumnKey, DeletedElements } from '../../statement/where'

/** The options of validation with class-validator before a write. */
export interface ValidateOptions {
  /** `true` runs the constraints, `false` does not. By default, the entity or the data source decides. */
  readonly validate?: boolean
  /** Runs the constraints of these groups, and those without groups. */
  readonly groups?: readonly string[]
}

/** Options of every write. */
export interface WriteOptions extends Omit<ExecuteOptions, 'fetchSize'>, ValidateOptions {
  /**
   * The time to live of the written values in seconds: `USING TTL ?`. `undefined` is the default of the table; 0 and
   * `null` mean no expiry. A column with its own `ttl` keeps that.
   */
  readonly ttl?: number | null
  /** The time of the write in microseconds since 1970, or a `Date`: `USING TIMESTAMP ?`. The default is now. */
  readonly timestamp?: bigint | Date
}

/** Options of `save` of an array. */
export interface SaveManyOptions extends WriteOptions {
  /** The maximum number of concurrent statements; 32 by default. */
  readonly concurrency?: number
}

/** The progress of a mass write. */
export interface MassWriteProgress {
  /** The number of entities written so far. */
  readonly written: number
  /** The number of entities that could not be written so far. */
  readonly failed: number
  /**
   * The number of entities at the beginning of the source that are all settled: written or failed. A save that ends early
   * can be resumed with the source from this entity on.
   */
  readonly through: number
}

/** Options of `saveAll`. */
export interface SaveAllOptions extends SaveManyOptions {
  /** Called after each entity. */
  readonly onProgress?: (progress: MassWriteProgress) => void
  /** Ends the save: it throws the reason of the signal when the statements under way have finished. */
  readonly signal?: AbortSignal
}

/** Options of `insert`. */
export interface InsertOptions<C extends boolean = boolean> extends WriteOptions {
  /** Writes only if the row does not exist: `IF NOT EXISTS`. */
  readonly ifNotExists?: C
}

/** A condition on the row. `timestamp` is refused with it, because Cassandra sets the time of a conditional write. */
export interface IfOptions<E> {
  /** Writes only if the row meets the conditions: `IF "brand" = ? AND "price" > ?`. */
  readonly if: IfConditions<E>
  /** Excluded by `if`. */
  readonly ifExists?: undefined
  /** Excluded by `if`: Cassandra sets the timestamp of a conditional write. */
  readonly timestamp?: undefined
}

/** Options of `update`. */
export interface UpdateOptions<C extends boolean = boolean> extends WriteOptions {
  /** Writes only if the row exists: `IF EXISTS`. */
  readonly ifExists?: C
  /** Excluded by `ifExists`. */
  readonly if?: undefined
}

/** Options of `update` with a condition. */
export type UpdateIfOptions<E> = Omit<WriteOptions, 'timestamp'> & IfOptions<E>

/** Options of `remove`. */
export interface RemoveOptions<C extends boolean = boolean> extends Omit<
  WriteOptions,
  'ttl' | keyof ValidateOptions
> {
  /** Deletes only if the row exists: `IF EXISTS`. */
  readonly ifExists?: C
  /** Excluded by `ifExists`. */
  readonly if?: undefined
}

/** Options of `remove` with a condition. */
export type RemoveIfOptions<E> = Omit<WriteOptions, 'ttl' | 'timestamp' | keyof ValidateOptions> &
  IfOptions<E>

/** Options of `delete`. */
export interface DeleteOptions<E, C extends boolean = boolean> extends RemoveOptions<C> {
  /** Deletes only these columns: `DELETE "a", "b" FROM …`. */
  readonly columns?: readonly ColumnKey<E>[]
  /**
   * Deletes only these parts of collections and user-defined types: keys of a map, elements of a set, indexes of a list,
   * fields of a type. `elements: { attrs: ['color'], tags: [0], address: ['zip'] }`
   */
  readonly elements?: DeletedElements<E>
}

/** Options of `delete` with a condition. */
export type DeleteIfOptions<E> = RemoveIfOptions<E> & Pick<DeleteOptions<E>, 'columns' | 'elements'>

/** Options of `increment`, `decrement` and `remove` of counters. */
export type CounterOptions = Omit<ExecuteOptions, 'fetchSize' | 'serialConsistency'>

/** Options of `delete` of counters. */
export interface CounterDeleteOptions<E> extends CounterOptions {
  /** Deletes only these counters. */
  readonly columns?: readonly ColumnKey<E>[]
}
