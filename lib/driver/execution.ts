import type { types } from 'cassandra-driver'
import type { TypedName } from './internals/data-type'
import type { FrameReader } from './internals/direct-rows'
import type { ExecuteOptions } from './execute-options'

/** A statement on its way to the server. */
export interface Execution {
  readonly cql: string
  readonly params: unknown[]
  /** False: no parameter has user-defined types in it, and none is looked for. */
  readonly mayHoldUserTypes?: boolean
  /** Of the table: user-defined types among the parameters are those of this keyspace. */
  readonly keyspace?: string
  /** The entity's name, for logs and traces. */
  readonly entity?: string | undefined
  readonly isIdempotent: boolean
  readonly isConditional?: boolean
  /** False: all rows come at once, since the server refuses to page the statement. */
  readonly isPageable?: boolean
  readonly pageState?: string | undefined
  /** False: sent as text, for statements that are not repeated. */
  readonly prepare?: boolean
  readonly options?: ExecuteOptions
  /** Decodes the rows from the bytes of their frames, where that is possible. */
  readonly frames?: FrameReader | undefined
  /** The serialised partition key, when the statement concerns one partition. */
  readonly partitionKey?: Buffer | undefined
  /** True for a read, which needs no timestamp. */
  readonly isRead?: boolean
}

/** One page of an answer. */
export interface ResultPage {
  readonly rows: readonly types.Row[]
  /** True: the rows are what the `FrameReader` of the execution made, and no rows of the driver. */
  readonly isDecoded?: boolean
  /** The driver's state for the next page, or null. */
  readonly pageState: string | null
  /** What the server calls the columns, and their types; of a write, none. */
  readonly columns?: readonly TypedName[]
}

export type BatchKind = 'logged' | 'unlogged' | 'counter'

/** Statements on their way to the server together. */
export interface BatchExecution extends Pick<
  Execution,
  'entity' | 'isIdempotent' | 'isConditional' | 'options' | 'partitionKey'
> {
  readonly kind: BatchKind
  /** At least one. */
  readonly statements: readonly Pick<
    Execution,
    'cql' | 'params' | 'keyspace' | 'mayHoldUserTypes'
  >[]
  /** Microseconds, for all statements whose text names none. */
  readonly timestamp?: bigint
}

const beginnings = {
  logged: 'BEGIN BATCH',
  unlogged: 'BEGIN UNLOGGED BATCH',
  counter: 'BEGIN COUNTER BATCH',
} as const satisfies Record<BatchKind, string>

/** As many texts as the reader of a log wants to see. */
const printed = 10

/** The batch as CQL, for logs, traces and errors; what is sent are prepared statements. */
export function printBatch({
  kind,
  statements,
}: Pick<BatchExecution, 'kind' | 'statements'>): string {
  const texts = statements.slice(0, printed).map(({ cql }) => `${cql}; `)
  const more = statements.length - texts.length
  return `${beginnings[kind]} ${texts.join('')}${more > 0 ? `… ${more} more; ` : ''}APPLY BATCH`
}
