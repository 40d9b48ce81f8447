import { type Client, types } from 'cassandra-driver'
import { Calls } from './calls'
import { answeredColumns } from './answered-columns'
import { bindParameters, canRepeat, mustBind, prepare } from './bind-parameters'
import { requireColumns } from './declared-types'
import { isBusy } from './driver-error'
import { type BatchExecution, type Execution, type ResultPage, printBatch } from './execution'
import { keyspaceOf, optionsOf } from './internals/client-members'
import type { TypedName } from './internals/data-type'
import { ownRequest } from './internals/direct-requests'
import { frameReader, isDecoded } from './internals/direct-rows'
import { hookConnections } from './internals/hook-connections'
import { readLegacyTimeUuids } from './internals/legacy-timeuuids'
import { forgetPreparedOf, preparedCount, preparedMarkers } from './internals/prepared-statements'
import { beginAttempt, encodedFor, markerChecks } from './internals/request-guard'
import { onSchemaChange } from './internals/schema-events'
import { rememberStatementKeys } from './internals/statement-keys'
import { type Tokenizer, tokenizerOf } from './internals/tokenizer'
import { Counters, type Statistics } from './observe/counters'
import type { Observation } from './observe/observation'
import { Observer } from './observe/observer'
import type { StatementLog } from './observe/statement-log'
import { Telemetry } from './observe/telemetry'
import type { TelemetryProviders } from './observe/telemetry-providers'
import { type ClientOptions, type DriverClient, openClient } from './open-client'
import { callLimits, maxConcurrency, requestOptionsOf } from './request-options'
import {
  awaitSchemaAgreement,
  changeSchema,
  maxAgreementTime,
  schemaCoordinatorOf,
} from './schema-agreement'
import { TableKeys } from './table-keys'
import { translateError } from './translate-error'
import { translateFailure } from './translate-failure'

export type { ClientOptions, DriverClient }

/** The counters of a session and the receivers of its spans and metrics. */
export interface Watch {
  readonly counters?: Counters
  readonly telemetry?: true | TelemetryProviders | undefined
}

const noRows: readonly never[] = Object.freeze([])

/** The only way to the server: a client of the driver, coodie's own or a given one. */
export class Session {
  readonly #tokenize: Tokenizer | undefined
  readonly #calls = new Calls()
  readonly #limits: ReturnType<typeof callLimits>
  readonly #observer: Observer
  readonly #keys = new TableKeys()
  #stopEvents: () => void = () => undefined
  readonly #stopForgetting: () => void

  private constructor(
    readonly client: Client,
    private readonly close: () => Promise<void>,
    log: StatementLog,
    /** Rows are decoded from the bytes of their frames. */
    readonly hasDirectRows: boolean,
    /** Requests are checked when they are sent. Otherwise they are checked before. */
    private readonly isGuarded: boolean,
    private readonly counters: Counters,
    private readonly telemetry: Telemetry | undefined,
  ) {
    this.#tokenize = tokenizerOf(client)
    this.#limits = callLimits(client)
    this.#observer = new Observer(log, telemetry)
    this.#stopForgetting = onSchemaChange(client, ({ isCreation, keyspace }) => {
      this.#keys.forget()
      if (!isCreation) forgetPreparedOf(client, keyspace)
    })
    telemetry?.start(client)
  }

  /**
   * Connects. Throws `ExecutionError` if no server can be used. With `directRows: false` the driver decodes all rows;
   * so it does, after a warning in the log, if it is a version that `internals/` does not know.
   */
  static async open(
    given: Client | ClientOptions,
    log: StatementLog,
    directRows = true,
    { counters = new Counters(), telemetry: wanted }: Watch = {},
  ): Promise<Session> {
    let session: Session | undefined
    const statistics = () => session?.statistics ?? counters.statistics(0)
    const telemetry = wanted === undefined ? undefined : new Telemetry(wanted, statistics)
    const { client, close } = await openClient(given)
    const isWanted = directRows && process.env['COODIE_DIRECT_ROWS'] !== '0'
    const { guardsRequests, decodesRows } = hookConnections(client)
    const hasDirectRows = isWanted && decodesRows
    if (hasDirectRows) rememberStatementKeys(client)
    if (isWanted && !hasDirectRows) {
      log.warn(
        'this version of cassandra-driver is unknown: the driver decodes the rows one by one, which costs more',
      )
    }
    session = new Session(client, close, log, hasDirectRows, guardsRequests, counters, telemetry)
    return session
  }

  /**
   * Executes a statement and returns one page, or the outcome of a write. Throws `StatementError` at once for an
   * option with a value that it does not accept (a refused call is not observed), and translated errors.
   */
  execute(execution: Execution): Promise<ResultPage> {
    // A read that was begun before is finished.
    if (execution.pageState === undefined) this.#calls.requireOpen()
    const request = requestOptionsOf(this.client, execution)
    request.due = this.#calls.dueAfter(this.#limits(request))
    if (!this.#observer.isOn) return this.#run(execution, request)
    const observation: Observation = {
      cql: execution.cql,
      entity: execution.entity,
      isIdempotent: request.isIdempotent,
      fetchSize: execution.isRead === true ? this.#fetchSizeOf(execution, request) : undefined,
    }
    return this.#observer.observe(observation, () => this.#run(execution, request, observation))
  }

  #run(execution: Execution, request: DriverOptions, observation?: Observation) {
    this.counters.requests++
    const call = this.#execute(execution, request, observation)
    return this.#calls.run(execution, request.due, call)
  }

  /** Executes all statements in one request, each prepared. The rows are those of a conditional batch. */
  executeBatch(batch: BatchExecution): Promise<ResultPage> {
    this.#calls.requireOpen()
    const request = requestOptionsOf(this.client, batch)
    request.due = this.#calls.dueAfter(this.#limits(request))
    if (!this.#observer.isOn) return this.#runBatch(batch, request)
    const observation: Observation = {
      cql: printBatch(batch),
      entity: batch.entity,
      statements: batch.statements.map(({ cql }) => cql),
      isIdempotent: request.isIdempotent,
    }
    return this.#observer.observe(observation, () => this.#runBatch(batch, request, observation))
  }

  #runBatch(batch: BatchExecution, request: DriverOptions, observation?: Observation) {
    this.counters.requests++
    const call = this.#executeBatch(batch, request, observation)
    return this.#calls.run(batch, request.due, call)
  }

  async #execute(
    execution: Execution,
    request: DriverOptions,
    observation?: Observation,
    attempt = 1,
  ): Promise<ResultPage> {
    const { cql, frames, partitionKey, types, isConditional, entity } = execution
    request.prepare = execution.prepare !== false
    if (execution.isPageable === false) request.fetchSize = 0
    if (execution.pageState !== undefined) request.pageState = execution.pageState
    if (execution.host !== undefined) request.host = execution.host
    if (this.hasDirectRows) {
      request[ownRequest] = request.prepare
      request[frameReader] = frames
    }
    this.#route(request, partitionKey)
    // The driver's typings omit null, which leaves the timestamp out.
    if (execution.isRead === true) request.timestamp = null as unknown as number
    request[markerChecks] = types
    beginAttempt(request)
    try {
      if (execution.deletedKey !== undefined)
        await this.#keys.require(this.client, execution.deletedKey)
      let { params } = execution
      if (mustBind(execution, this.isGuarded)) {
        const bound = await bindParameters(this.client, execution)
        params = bound.params
        request[encodedFor] = bound.markers
      }
      const result = await this.client.execute(cql, params, request)
      if (observation !== undefined) observation.info = result.info
      const rows = result.rows ?? noRows
      this.counters.rows += rows.length
      const columns = answeredColumns(result.columns, execution)
      const hasEntities = frames !== undefined && isDecoded(result)
      if (!hasEntities && rows.length > 0) {
        requireColumns(types, columns)
        readLegacyTimeUuids(columns, rows)
      }
      return { rows, isDecoded: hasEntities, pageState: result.pageState ?? null, columns }
    } catch (error) {
      if (canRepeat(this.client, error, attempt, [execution])) {
        return this.#execute(execution, request, observation, attempt + 1)
      }
      if (isBusy(error) && (await this.#calls.room(request.due))) {
        return this.#execute(execution, request, observation, attempt)
      }
      this.counters.failures++
      const context = { cql, isConditional, entity, isEncoded: types !== undefined }
      throw await translateFailure(this.client, error, [execution], context)
    }
  }

  async #executeBatch(
    batch: BatchExecution,
    request: DriverOptions,
    observation?: Observation,
    attempt = 1,
  ): Promise<ResultPage> {
    const { kind, timestamp, statements, isConditional, partitionKey } = batch
    if (this.hasDirectRows) request[ownRequest] = true
    request.logged = kind === 'logged'
    request.counter = kind === 'counter'
    if (timestamp !== undefined) request.timestamp = types.Long.fromString(timestamp.toString())
    this.#route(request, partitionKey)
    const queries: { query: string; params: unknown[] }[] = []
    const encoded: (readonly TypedName[] | undefined)[] = []
    request[markerChecks] = statements.map((statement) => statement.types)
    request[encodedFor] = encoded
    beginAttempt(request)
    try {
      for (const statement of statements) {
        let { params } = statement
        const { deletedKey } = statement
        if (deletedKey !== undefined) await this.#keys.require(this.client, deletedKey)
        if (mustBind(statement, this.isGuarded)) {
          const bound = await bindParameters(this.client, statement)
          params = bound.params
          encoded[queries.length] = bound.markers
        }
        queries.push({ query: statement.cql, params })
      }
      const result = await this.client.batch(queries, request)
      if (observation !== undefined) observation.info = result.info
      const rows = result.rows ?? noRows
      this.counters.rows += rows.length
      const columns = answeredColumns(result.columns, batch)
      if (rows.length > 0) for (const each of statements) requireColumns(each.types, columns)
      return { rows, pageState: null, columns }
    } catch (error) {
      if (canRepeat(this.client, error, attempt, statements)) {
        return this.#executeBatch(batch, request, observation, attempt + 1)
      }
      if (isBusy(error) && (await this.#calls.room(request.due))) {
        return this.#executeBatch(batch, request, observation, attempt)
      }
      this.counters.failures++
      const cql = printBatch(batch)
      const context = { cql, isConditional, entity: batch.entity, isEncoded: true }
      throw await translateFailure(this.client, error, statements, context)
    }
  }

  #route(request: DriverOptions, partitionKey: Buffer | undefined): void {
    if (partitionKey === undefined || this.#tokenize === undefined) return
    // The driver's typings name only Buffer.
    request.routingKey = this.#tokenize(partitionKey) as unknown as Buffer
  }

  /**
   * Returns the markers of a statement, which is prepared and not executed, or undefined if the driver does not tell
   * them.
   */
  async markersOf(cql: string): Promise<readonly TypedName[] | undefined> {
    const started = performance.now()
    const known = preparedMarkers(this.client, cql)
    if (known !== undefined) return known
    try {
      return await this.#limited(cql, prepare(this.client, cql))
    } catch (error) {
      this.counters.requests++
      this.counters.failures++
      const failed = () => Promise.reject(translateError(error, { cql }))
      await this.#observer.observe({ cql, entity: undefined, started }, failed)
      return undefined
    }
  }

  /** Returns the result of a call that names no timeout; `more` milliseconds are added to the client's. */
  #limited<T>(cql: string, call: Promise<T>, more = 0): Promise<T> {
    const limit = this.#limits({})
    const due = this.#calls.dueAfter(limit === 0 ? 0 : limit + more)
    return this.#calls.run({ cql }, due, call)
  }

  /** Executes DDL and waits until all nodes agree on the schema. Throws `SchemaError` if they do not. */
  async executeSchema(cql: string): Promise<void> {
    this.#calls.requireOpen()
    const observation: Observation = { cql, entity: undefined, isSchema: true }
    const run = async () => {
      this.counters.requests++
      try {
        const changed = changeSchema(this.client, cql)
        const result = await this.#limited(cql, changed, maxAgreementTime(this.client))
        observation.info = result.info
        return { rows: [], pageState: null }
      } catch (error) {
        this.counters.failures++
        throw translateError(error, { cql })
      }
    }
    await this.#observer.observe(observation, run)
  }

  /** Waits until all nodes agree on the schema. Throws `SchemaError` if they do not in time. */
  async awaitSchemaAgreement(): Promise<void> {
    await awaitSchemaAgreement(this.client)
  }

  /** The keyspace of statements that name none; undefined if the client has none. */
  get keyspace(): string | undefined {
    return keyspaceOf(this.client)
  }

  /**
   * Returns all rows as plain objects. For the system tables, which each node has for itself: they are read from the
   * node that executes the DDL.
   */
  async query(cql: string, params: unknown[]): Promise<Record<string, unknown>[]> {
    const host = schemaCoordinatorOf(this.client)
    const rows: Record<string, unknown>[] = []
    let pageState: string | null | undefined
    do {
      const page: ResultPage = await this.execute({
        cql,
        params,
        isIdempotent: true,
        host,
        ...(typeof pageState === 'string' ? { pageState } : {}),
      })
      rows.push(...page.rows.map((row) => ({ ...row })))
      pageState = page.pageState
    } while (pageState !== null)
    return rows
  }

  /** Returns the rows of every node that is connected. For tables that each node has for itself. */
  async queryEachNode(cql: string, params: unknown[]): Promise<Record<string, unknown>[][]> {
    const hosts = this.client.getState().getConnectedHosts()
    const answers = await Promise.all(
      hosts.map((host) => this.execute({ cql, params, isIdempotent: true, host })),
    )
    return answers.map(({ rows }) => rows.map((row) => ({ ...row })))
  }

  /** Asks the server. Throws `ExecutionError` if it does not answer. */
  async ping(): Promise<void> {
    await this.execute({
      cql: 'SELECT key FROM system.local',
      params: [],
      isIdempotent: true,
      prepare: false,
    })
  }

  /** Calls `listener` with the keyspace in which something is dropped, by any process. There is one listener. */
  onDrop(listener: (keyspace: string) => void): void {
    this.#stopEvents()
    this.#stopEvents = onSchemaChange(this.client, ({ isDrop, keyspace }) => {
      if (isDrop) listener(keyspace)
    })
  }

  /** The counters as they are now. */
  get statistics(): Statistics {
    return this.counters.statistics(preparedCount(this.client))
  }

  /** Returns the rows per page: those of the call, or those of the client. */
  #fetchSizeOf({ isPageable }: Execution, { fetchSize }: DriverOptions): number | undefined {
    return isPageable === false ? undefined : (fetchSize ?? this.fetchSize)
  }

  /** The rows per page of a read that does not name a number. */
  get fetchSize(): number {
    return optionsOf(this.client)?.queryOptions?.fetchSize ?? 5000
  }

  /** The number of requests that all connections together can have under way. */
  get maxConcurrency(): number {
    return maxConcurrency(this.client)
  }

  /**
   * Refuses new calls, waits for those under way, at most `drainTimeout` milliseconds, and closes coodie's own client.
   * A given client stays open.
   */
  async shutdown(drainTimeout = 0): Promise<void> {
    await this.#calls.end(drainTimeout)
    this.#stopEvents()
    this.#stopForgetting()
    this.telemetry?.stop()
    await this.close()
  }
}

type DriverOptions = ReturnType<typeof requestOptionsOf>
