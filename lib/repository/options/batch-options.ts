import type { ExecuteOptions } from '../../driver/execute-options'
import type { IfConditions } from '../../statement/if-conditions'
import type {
  DeleteOptions,
  InsertOptions,
  UpdateOptions,
  ValidateOptions,
  WriteOptions,
} from './write-options'

/** The options of the execution of a batch. */
export interface BatchOptions extends Omit<ExecuteOptions, 'fetchSize'> {
  /**
   * `true` (default): all statements are executed or none, also after a failure, with the help of the batch log.
   * `false`: faster, and sufficient for one partition. Batches of counters are neither.
   */
  readonly logged?: boolean
  /** The time of all writes in microseconds since 1970, or a `Date`. The default is now. */
  readonly timestamp?: bigint | Date
}

/** Options of an insert in a batch. */
export type BatchInsertOptions = Pick<
  InsertOptions,
  'ttl' | 'timestamp' | 'ifNotExists' | keyof ValidateOptions
>

/** Options of a save in a batch. */
export type BatchSaveOptions = Pick<WriteOptions, 'ttl' | 'timestamp' | keyof ValidateOptions>

interface BatchIfOptions<E> {
  /** Writes the whole batch only if this row meets the conditions. */
  readonly if?: IfConditions<E>
}

/** Options of an update in a batch. */
export type BatchUpdateOptions<E> = Pick<
  UpdateOptions,
  'ttl' | 'timestamp' | 'ifExists' | keyof ValidateOptions
> &
  BatchIfOptions<E>

/** Options of the removal of an entity in a batch. */
export type BatchRemoveOptions<E> = Pick<DeleteOptions<E>, 'timestamp' | 'ifExists'> &
  BatchIfOptions<E>

/** Options of a delete in a batch. */
export type BatchDeleteOptions<E> = BatchRemoveOptions<E> &
  Pick<DeleteOptions<E>, 'columns' | 'elements'>

/**
 * The outcome of a batch. A batch without conditions is always applied. If a batch with conditions is not applied,
 * nothing of it is written, and `existing` contains the stored rows that its conditions concern: their keys and the
 * columns that the conditions name.
 */
export interface BatchResult<E extends object = Record<string, unknown>> {
  /** `false` if a condition did not hold, so that nothing was written. */
  readonly applied: boolean
  /** The stored rows that the conditions concern, if the batch was not applied. */
  readonly existing: readonly Partial<E>[]
}
