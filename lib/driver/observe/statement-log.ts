import { attempt } from './attempt'

/** The kinds of entries: every statement, slow statements, changes of the schema, failures. */
export type LogKind = 'query' | 'slow' | 'schema' | 'error'

/** The kinds to log: `true` for all, `false` (the default) for none. */
export type Logging = boolean | readonly LogKind[]

/** A statement that was executed. The entry contains no values. */
export interface LogEntry {
  /** The kind of entry. */
  readonly kind: LogKind
  /** The statement with its markers. */
  readonly cql: string
  /** The name of the class, or the names of the classes of a batch. */
  readonly entity: string | undefined
  /** The duration in milliseconds. */
  readonly duration: number
  /** The number of rows of this page, or undefined if the statement failed. */
  readonly rows: number | undefined
  /** The error, or undefined if the statement succeeded. */
  readonly error: Error | undefined
}

/** Receives log entries. */
export interface StatementLogger {
  /** Receives an entry for each statement to log. */
  log(entry: LogEntry): void
  /** Receives warnings that concern no single statement, such as a cluster that differs from the classes. */
  warn?(message: string): void
  /** Receives the lines that steps of migrations write with `log`. */
  info?(message: string): void
}

/**
 * Returns an entry as one line of text, for custom loggers.
 *
 * ```ts
 * const logger = { log: (entry: LogEntry) => process.stdout.write(`${printLogEntry(entry)}\n`) }
 * ```
 */
export function printLogEntry({ kind, cql, entity, duration, rows, error }: LogEntry): string {
  const detail =
    error === undefined ? (rows === undefined ? '' : `, ${rows} rows`) : `: ${error.message}`
  const of = entity === undefined ? '' : `${entity}: `
  return `${kind} ${duration.toFixed(1)} ms${detail} — ${of}${cql}`
}

/** Writes one line per entry to the console. */
export const consoleLogger: StatementLogger = {
  log(entry) {
    const line = `coodie ${printLogEntry(entry)}`
    if (entry.kind === 'error') console.error(line)
    else if (entry.kind === 'slow') console.warn(line)
    else console.log(line)
  },
  warn(message) {
    console.warn(`coodie: ${message}`)
  },
  info(message) {
    console.log(`coodie: ${message}`)
  },
}

/** Decides which statements become entries. A logger that fails does not fail the statement. */
export class StatementLog {
  readonly #kinds: ReadonlySet<LogKind>

  constructor(
    logging: Logging = false,
    private readonly slowThreshold = 100,
    private readonly logger: StatementLogger = consoleLogger,
  ) {
    this.#kinds = new Set(
      logging === true ? ['query', 'slow', 'schema', 'error'] : logging === false ? [] : logging,
    )
  }

  /** Says if anything is logged. Otherwise nothing needs to be measured. */
  get isOn(): boolean {
    return this.#kinds.size > 0
  }

  executed(entry: Omit<LogEntry, 'kind'>, isSchema = false): void {
    const kind = this.#kindOf(entry, isSchema)
    if (kind !== undefined) attempt('the logger', () => this.logger.log({ kind, ...entry }))
  }

  warn(message: string): void {
    attempt('the logger', () => this.logger.warn?.(message))
  }

  info(message: string): void {
    this.logger.info?.(message)
  }

  #kindOf({ error, duration }: Omit<LogEntry, 'kind'>, isSchema: boolean): LogKind | undefined {
    if (error !== undefined) return this.#has('error')
    if (isSchema) return this.#has('schema') ?? this.#has('query')
    return (duration >= this.slowThreshold ? this.#has('slow') : undefined) ?? this.#has('query')
  }

  #has(kind: LogKind): LogKind | undefined {
    return this.#kinds.has(kind) ? kind : undefined
  }
}
