/** What a data source has done since it was made; what is counted is never set back. */
export interface Statistics {
  /** Requests that were sent to the server: pages each of their own, a batch as one. */
  readonly requests: number
  /** Requests that failed. */
  readonly failures: number
  /** Rows of all answers. */
  readonly rows: number
  /** Calls whose statement was there already, with its binder and its reader. */
  readonly planCacheHits: number
  /** Calls whose statement had to be made first: of a shape that was not asked for before, or not lately. */
  readonly planCacheMisses: number
  /** Statements that the driver holds prepared now; 0 without a connection, undefined where the driver does not tell. */
  readonly preparedStatements: number | undefined
}

/** What is counted, each time it happens. */
export class Counters {
  requests = 0
  failures = 0
  rows = 0
  planLookups = 0
  planMisses = 0

  /** As it is now. */
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
