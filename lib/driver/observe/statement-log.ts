/** What can be logged: every statement, the slow ones, changes of the schema, and what failed. */
export type LogKind = 'query' | 'slow' | 'schema' | 'error'

/** True for all kinds, false (the default) for none. */
export type Logging = boolean | readonly LogKind[]

/** A statement that was executed. Values are not in it. */
export interface LogEntry {
  readonly kind: LogKind
  readonly cql: string
  readonly entity: string | undefined
  /** Milliseconds. */
  readonly duration: number
  /** Rows of this page; undefined when it failed. */
  readonly rows: number | undefined
  readonly error: Error | undefined
}

/** Where log entries go. */
export interface StatementLogger {
  log(entry: LogEntry): void
  /** Told what is worth knowing besides statements, such as a cluster that differs from the classes. */
  warn?(message: string): void
}

/**
 * An entry as a line, for loggers of your own.
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

/** One line per entry, on the console. */
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
}

/** Decides what is worth an entry. */
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

  /** False: nothing needs to be measured. */
  get isOn(): boolean {
    return this.#kinds.size > 0
  }

  executed(entry: Omit<LogEntry, 'kind'>, isSchema = false): void {
    const kind = this.#kindOf(entry, isSchema)
    if (kind !== undefined) this.logger.log({ kind, ...entry })
  }

  warn(message: string): void {
    this.logger.warn?.(message)
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
