/** What the driver tells of an answer. */
export interface AnswerInfo {
  /** Address and port of the node that was asked. */
  readonly queriedHost?: string
  readonly achievedConsistency?: number
  readonly speculativeExecutions?: number
}

/** A request that somebody looks at. */
export interface Observation {
  readonly cql: string
  readonly entity: string | undefined
  /** Of a batch, the texts of its statements. */
  readonly statements?: readonly string[]
  readonly isSchema?: boolean
  readonly isIdempotent?: boolean | undefined
  /** Rows per page; of a read. */
  readonly fetchSize?: number | undefined
  /** What `performance.now()` gave when it began, where that was before it was known to be looked at. */
  readonly started?: number
  /** Set when the answer is there. */
  info?: AnswerInfo
}
