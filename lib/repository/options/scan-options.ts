import type { ExecuteOptions } from '../../driver/execute-options'
import type { ColumnKey, Where } from '../../statement/where'

/** The options of `scan`, which reads a whole table. */
export interface ScanOptions<E, K extends ColumnKey<E> = never> extends ExecuteOptions {
  /** A filter. The scan restricts the token of each read, so an index or `allowFiltering` must serve the filter. */
  readonly where?: Where<E>
  /** The properties to read. */
  readonly select?: readonly K[]
  /** Allows filters that no index serves: `ALLOW FILTERING`. */
  readonly allowFiltering?: boolean
  /** The maximum number of pages that are requested or waiting to be read; 4 by default. */
  readonly concurrency?: number
  /** The part of the table that this worker reads, of several: `{ index: 0, of: 4 }` to `{ index: 3, of: 4 }`. */
  readonly shard?: { readonly index: number; readonly of: number }
  /** The last `state` that `onProgress` received: the scan continues after the rows that were read by then. */
  readonly resume?: ScanState
  /** Called after each page whose rows have all been consumed. */
  readonly onProgress?: (progress: ScanProgress) => void
  /** Ends the scan: it throws the reason of the signal. */
  readonly signal?: AbortSignal
}

/** The progress of a scan. */
export interface ScanProgress {
  /** A JSON-safe state for `resume`. */
  readonly state: ScanState
  /** The part of the ring that has been read, from 0 to 1. */
  readonly fraction: number
  /** The number of rows so far, including those before a `resume`. */
  readonly rows: number
}

/** The position at which a scan continues: opaque, JSON-safe data. */
export interface ScanState {
  /** Identifies the scan. */
  readonly of: string
  /** The first range that has not been started. */
  readonly next: number
  /** The ranges that have been started, each with the state of its next page. */
  readonly open: readonly (readonly [range: number, pageState: string | null])[]
  /** The number of rows read so far. */
  readonly rows: number
  /** A checksum of the other properties. */
  readonly check: string
}
