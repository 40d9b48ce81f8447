/** What a data source counts, each time it happens; nothing is ever set back. */
export class Counters {
  /** Plans that were asked for. */
  planLookups = 0
  /** Plans that had to be made, since none was there. */
  planMisses = 0
  /** Requests to the server that were answered or failed, pages each of their own. */
  executed = 0
  /** Requests that failed. */
  failed = 0
  /** Rows of all answers. */
  rows = 0
}
