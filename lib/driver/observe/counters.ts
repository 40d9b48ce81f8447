/** The counters of a data source since it was created. They are never reset. */
export interface Statistics {
  /** The requests sent to the server. Each page counts as one, and so does a batch. */
  readonly requests: number
  /** The requests that failed. */
  readonly failures: number
  /** The rows of all answers. */
  readonly rows: number
  /** The calls that found their statement, with its binder and its reader, in the cache. */
  readonly planCacheHits: number
  /** The calls whose statement had to be built first: a shape that is new, or was not used lately. */
  readonly planCacheMisses: number
  /** The statements that the driver holds prepared now: 0 without a connection, undefined if the driver does not tell. */
  readonly preparedStatements: number | undefined
}

/** Counts events as they happen. */
export class Counters {
  requests = 0
  failures = 0
  rows = 0
  planLookups = 0
  planMisses = 0

  /** Returns the counters as they are now. */
  statistics(preparedStatements: number | undefined): Statistics {
    const { requests, failures, rows, planLookups, planMisses } = this
    return Object.freeze({
      requests,
      failures,
      rows,
      planCacheHits: planLookups - planMisses,
      planCacheMisses: planMisses,
      preparedStatements,
    })
  }
}
