/** The driver's facts about an answer. */
export interface AnswerInfo {
  /** The address and port of the node that was asked. */
  readonly queriedHost?: string
  readonly achievedConsistency?: number
  readonly speculativeExecutions?: number
}

/** A request that is logged, traced or measured. */
export interface Observation {
  readonly cql: string
  readonly entity: string | undefined
  /** The texts of the statements of a batch. */
  readonly statements?: readonly string[]
  readonly isSchema?: boolean
  readonly isIdempotent?: boolean | undefined
  /** The number of rows per page of a read. */
  readonly fetchSize?: number | undefined
  /** The time (`performance.now()`) at which the request began, if it was observed only later. */
  readonly started?: number
  /** Set when the answer arrives. */
  info?: AnswerInfo
}
