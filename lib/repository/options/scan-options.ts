import type { ExecuteOptions } from '../../driver/execute-options'
import type { ColumnKey, Where } from '../../statement/where'

/** The options of `scan`, which reads a whole table. */
export interface ScanOptions<E, K extends ColumnKey<E> = never> extends ExecuteOptions {
  /** Only these rows; what the ranges of tokens leave over must be served by an index, or `allowFiltering`. */
  readonly where?: Where<E>
  /** The properties to read. */
  readonly select?: readonly K[]
  /** Allows filters that no index serves: `ALLOW FILTERING`. */
  readonly allowFiltering?: boolean
  /** The maximum number of pages that are requested or waiting to be read; 4 by default. */
  readonly concurrency?: number
  /** One of several workers that share the table: `{ index: 0, of: 4 }` to `{ index: 3, of: 4 }`. */
  readonly shard?: { readonly index: number; readonly of: number }
  /** The last `state` that `onProgress` received: the scan continues after the rows that were read by then. */
  readonly resume?: ScanState
  /** Told after each page whose rows have all been taken. */
  readonly onProgress?: (progress: ScanProgress) => void
  /** Ends the scan with the signal's reason. */
  readonly signal?: AbortSignal
}

/** The progress of a scan. */
export interface ScanProgress {
  /** JSON-safe; `resume` takes it. */
  readonly state: ScanState
  /** From 0 to 1: how much of the ring has been read. */
  readonly fraction: number
  /** Rows so far, those before a `resume` included. */
  readonly rows: number
}

/** The position at which a scan continues: opaque, JSON-safe data. */
export interface ScanState {
  /** Tells the scan from others. */
  readonly of: string
  /** The first range that has not been begun. */
  readonly next: number
  /** The ranges begun, each with the page it goes on from. */
  readonly open: readonly (readonly [range: number, pageState: string | null])[]
  /** The number of rows read so far. */
  readonly rows: number
}
