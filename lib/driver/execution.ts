import type { Host, types } from 'cassandra-driver'
import type { DeclaredTypes } from './declared-types'
import type { TypedName } from './internals/data-type'
import type { FrameReader } from './internals/direct-rows'
import type { ExecuteOptions } from './execute-options'
import type { DeclaredKey } from './table-keys'

/** A statement to be executed. */
export interface Execution {
  readonly cql: string
  readonly params: unknown[]
  /** Set to false if no parameter contains a user-defined type, so that none is looked for. */
  readonly mayHoldUserTypes?: boolean
  /** The declared types of the parameters and of the columns of the result, to be compared with the server's. */
  readonly types?: DeclaredTypes | undefined
  /** The key of the table whose rows the statement deletes, to be compared with the server's. */
  readonly deletedKey?: DeclaredKey | undefined
  /** The markers that parameters of no declared type were bound for, and how to bind them for others. */
  readonly boundFor?: {
    readonly markers: readonly TypedName[]
    readonly rebind: (markers: readonly TypedName[]) => unknown[]
  }
  /** The keyspace of the table, and of the user-defined types among the parameters. */
  readonly keyspace?: string
  /** The entity's name, for logs and traces. */
  readonly entity?: string | undefined
  readonly isIdempotent: boolean
  readonly isConditional?: boolean
  /** Set to false if all rows must come at once, because the server refuses to page the statement. */
  readonly isPageable?: boolean
  readonly pageState?: string | undefined
  /** Set to false to send the statement as text, for statements that are not repeated. */
  readonly prepare?: boolean
  readonly options?: ExecuteOptions
  /** The node to ask. Only for tables that each node has for itself. */
  readonly host?: Host | undefined
  /** Decodes the rows from the bytes of their frames, if possible. */
  readonly frames?: FrameReader | undefined
  /** The serialized partition key, if the statement concerns one partition. */
  readonly partitionKey?: Buffer | undefined
  /** Set to true for a read, which needs no timestamp. */
  readonly isRead?: boolean
}

/** One page of a result. */
export interface ResultPage {
  readonly rows: readonly types.Row[]
  /** Set to true if the `FrameReader` of the execution made the rows. Otherwise they are the driver's. */
  readonly isDecoded?: boolean
  /** The driver's state for the next page, or null. */
  readonly pageState: string | null
  /** The names and types of the columns; none for a write. */
  readonly columns?: readonly TypedName[]
}

export type BatchKind = 'logged' | 'unlogged' | 'counter'

/** Statements to be executed in one request. */
export interface BatchExecution extends Pick<
  Execution,
  'entity' | 'isIdempotent' | 'isConditional' | 'options' | 'partitionKey'
> {
  readonly kind: BatchKind
  /** The statements, at least one. */
  readonly statements: readonly Pick<
    Execution,
    'cql' | 'params' | 'keyspace' | 'mayHoldUserTypes' | 'types' | 'deletedKey'
  >[]
  /** The timestamp in microseconds of all statements whose text names none. */
  readonly timestamp?: bigint
}

const beginnings = {
  logged: 'BEGIN BATCH',
  unlogged: 'BEGIN UNLOGGED BATCH',
  counter: 'BEGIN COUNTER BATCH',
} as const satisfies Record<BatchKind, string>

/** More texts would not help the reader of a log. */
const maxPrinted = 10

/** Returns a batch as CQL for logs, traces and errors. The statements themselves are sent prepared. */
export function printBatch({
  kind,
  statements,
}: Pick<BatchExecution, 'kind' | 'statements'>): string {
  const texts = statements.slice(0, maxPrinted).map(({ cql }) => `${cql}; `)
  const more = statements.length - texts.length
  return `${beginnings[kind]} ${texts.join('')}${more > 0 ? `… ${more} more; ` : ''}APPLY BATCH`
}
