import { setTimeout as sleep } from 'node:timers/promises'
import { identifier, qualified } from '../../cql/identifier'
import { type ExecuteOptions, mergeOptions } from '../../driver/execute-options'
import type { Session } from '../../driver/session'
import { CoodieError, ExecutionError, MigrationError } from '../../errors/errors'
import type { LoggedMigration } from './logged-migration'

type Row = Readonly<Record<string, unknown>>

/** The only partition of the table: lock and entries are one, so that a write of an entry can depend on the lock. */
const partition = 'migrations'

/** The columns of an entry besides the version, with their types. */
const entryColumns = {
  title: 'text',
  file: 'text',
  state: 'text',
  direction: 'text',
  checksum: 'text',
  steps: 'int',
  steps_done: 'int',
  has_begun: 'boolean',
  step_checksums: 'frozen<list<text>>',
  scan: 'text',
  applied_at: 'timestamp',
  duration_ms: 'int',
  error: 'text',
  runner: 'text',
} as const

type EntryColumn = keyof typeof entryColumns

/** The columns of the table and their types. */
const columns = {
  log: 'text',
  version: 'text',
  lock_owner: 'text static',
  lock_since: 'timestamp static',
  ...entryColumns,
} as const

/** The number of times that the table is created or read, while other processes do that too. */
const maxAttempts = 5

/** The holder of the lock. */
export interface LockHolder {
  /** Host, process id and a random id: `web-1:4711:3f2a…` */
  readonly owner: string
  readonly since: Date
}

/** The content of the log. */
export interface LogContent {
  readonly entries: readonly LoggedMigration[]
  readonly holder: LockHolder | undefined
}

/**
 * The table with the log of migrations and their lock. The lock is a static column with a time to live, and an entry is
 * written only if the lock is held: `UPDATE … IF lock_owner = ?`.
 */
export class MigrationLog {
  readonly #name: string
  readonly #options: ExecuteOptions
  readonly #serial: ExecuteOptions

  constructor(
    private readonly session: Session,
    readonly keyspace: string,
    readonly table: string,
    defaults: ExecuteOptions,
  ) {
    this.#name = qualified(keyspace, table)
    this.#options = mergeOptions(defaults, {
      consistency: 'localQuorum',
      serialConsistency: 'localSerial',
    })
    this.#serial = {
      ...this.#options,
      consistency: this.#options.serialConsistency ?? 'localSerial',
    }
  }

  /** Tells whether the table exists. Throws `MigrationError` if it is another one. */
  async exists(): Promise<boolean> {
    const rows = await this.session.query(
      'SELECT column_name FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?',
      [this.keyspace, this.table],
    )
    if (rows.length === 0) return false
    const found = new Set(rows.map((row) => row['column_name']))
    const missing = Object.keys(columns).find((name) => !found.has(name))
    if (missing === undefined) return true
    throw new MigrationError(
      `the table ${this.keyspace}.${this.table} is not a log of migrations: it has no column ${missing}; ` +
        'name another table with migrationsTable',
    )
  }

  /** Creates the table if it does not exist. Several processes may do that at the same time. */
  async create(): Promise<void> {
    const definitions = Object.entries(columns).map(([name, type]) => `${identifier(name)} ${type}`)
    const cql =
      `CREATE TABLE IF NOT EXISTS ${this.#name} ` +
      `(${definitions.join(', ')}, PRIMARY KEY ("log", "version"))`
    if (await this.exists()) return
    for (let attempt = 1; !(await this.exists()); attempt++) {
      try {
        await this.session.executeSchema(cql)
      } catch (error) {
        if (attempt === maxAttempts || !(error instanceof CoodieError)) throw error
        if (error instanceof ExecutionError && !mayBeConcurrent.has(error.kind)) throw error
        await sleep(Math.random() * 200 * attempt)
      }
    }
    // Another process may have created it a moment ago.
    await this.session.awaitSchemaAgreement()
  }

  /** Reads the lock and all entries. With `isSettled`, writes whose outcome is open are completed first. */
  async read(isSettled = true): Promise<LogContent> {
    const rows = await this.#rows(isSettled ? this.#serial : this.#options)
    return {
      entries: rows.filter((row) => typeof row['version'] === 'string').map(entryOf),
      holder: holderOf(rows[0]),
    }
  }

  /** Takes the lock for some seconds. Returns `false` if another runner holds it. */
  async lock({ owner, since }: LockHolder, seconds: number): Promise<boolean> {
    return this.#applies(
      `UPDATE ${this.#name} USING TTL ? SET "lock_owner" = ?, "lock_since" = ? ` +
        'WHERE "log" = ? IF "lock_owner" = null',
      [seconds, owner, since, partition],
    )
  }

  /** Keeps the lock for some more seconds. Returns `false` if it is not held. */
  async renew({ owner, since }: LockHolder, seconds: number): Promise<boolean> {
    return this.#applies(
      `UPDATE ${this.#name} USING TTL ? SET "lock_owner" = ?, "lock_since" = ? ` +
        'WHERE "log" = ? IF "lock_owner" = ?',
      [seconds, owner, since, partition, owner],
    )
  }

  /** Gives the lock back. Returns `false` if it is not held. */
  async unlock(owner: string): Promise<boolean> {
    return this.#applies(
      `DELETE "lock_owner", "lock_since" FROM ${this.#name} WHERE "log" = ? IF "lock_owner" = ?`,
      [partition, owner],
    )
  }

  /** Writes an entry. Returns `false`, and writes nothing, if the runner does not hold the lock. */
  async write(entry: LoggedMigration): Promise<boolean> {
    const values: Readonly<Record<EntryColumn, unknown>> = {
      title: entry.title,
      file: entry.file,
      state: entry.state,
      direction: entry.direction,
      checksum: entry.checksum,
      steps: entry.steps,
      steps_done: entry.stepsDone,
      has_begun: entry.hasBegun,
      step_checksums: entry.stepChecksums,
      scan: entry.scan,
      applied_at: entry.appliedAt,
      duration_ms: entry.durationMs,
      error: entry.error,
      runner: entry.runner,
    }
    const assignments = Object.keys(values).map((name) => `${identifier(name)} = ?`)
    return this.#applies(
      `UPDATE ${this.#name} SET ${assignments.join(', ')} ` +
        'WHERE "log" = ? AND "version" = ? IF "lock_owner" = ?',
      [...Object.values(values), partition, entry.version, entry.runner],
    )
  }

  /** Removes an entry. Returns `false`, and removes nothing, if the runner does not hold the lock. */
  async remove(version: string, owner: string): Promise<boolean> {
    return this.#applies(
      `DELETE FROM ${this.#name} WHERE "log" = ? AND "version" = ? IF "lock_owner" = ?`,
      [partition, version, owner],
    )
  }

  async #applies(cql: string, params: unknown[]): Promise<boolean> {
    const { rows } = await this.session.execute({
      cql,
      params,
      isIdempotent: false,
      isConditional: true,
      options: this.#options,
    })
    return rows[0]?.['[applied]'] === true
  }

  /** Reads the partition. Many runners at once can hinder each other's serial reads, which then get no answer in time. */
  async #rows(options: ExecuteOptions): Promise<readonly Row[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#pages(options)
      } catch (error) {
        const isLate = error instanceof ExecutionError && error.kind === 'timeout'
        if (attempt === maxAttempts || !isLate) throw error
        await sleep(Math.random() * 200 * attempt)
      }
    }
  }

  async #pages(options: ExecuteOptions): Promise<readonly Row[]> {
    const rows: Row[] = []
    let pageState: string | null | undefined
    do {
      const page = await this.session.execute({
        cql: `SELECT * FROM ${this.#name} WHERE "log" = ?`,
        params: [partition],
        isIdempotent: true,
        isRead: true,
        options,
        ...(typeof pageState === 'string' ? { pageState } : {}),
      })
      rows.push(...page.rows.map((row) => ({ ...row })))
      pageState = page.pageState
    } while (pageState !== null)
    return rows
  }
}

const mayBeConcurrent: ReadonlySet<string> = new Set([
  'alreadyExists',
  'invalid',
  'server',
  'timeout',
])

function holderOf(row: Row | undefined): LockHolder | undefined {
  const owner = row?.['lock_owner']
  if (typeof owner !== 'string') return undefined
  const since = row?.['lock_since']
  return { owner, since: since instanceof Date ? since : new Date(0) }
}

function entryOf(row: Row): LoggedMigration {
  const text = (name: EntryColumn) => {
    const value = row[name]
    return typeof value === 'string' ? value : null
  }
  return {
    version: String(row['version']),
    title: text('title') ?? '',
    file: text('file'),
    state: text('state') as LoggedMigration['state'],
    direction: text('direction') === 'down' ? 'down' : 'up',
    checksum: text('checksum') ?? '',
    steps: Number(row['steps']),
    stepsDone: Number(row['steps_done']),
    hasBegun: row['has_begun'] === true,
    stepChecksums: (row['step_checksums'] as readonly string[] | null) ?? [],
    scan: text('scan'),
    appliedAt: row['applied_at'] instanceof Date ? row['applied_at'] : null,
    durationMs: Number(row['duration_ms']),
    error: text('error'),
    runner: text('runner') ?? '',
  }
}
