import { type Client, errors, types } from 'cassandra-driver'
import { SchemaError } from '../errors/errors'
import { type BatchExecution, type Execution, type ResultPage, printBatch } from './execution'
import { isInAgreement, optionsOf } from './internals/client-members'
import type { TypedName } from './internals/data-type'
import { ownRequest } from './internals/direct-requests'
import { enableDirectRows, frameReader, isDecoded } from './internals/direct-rows'
import { preparedCount, preparedMarkers } from './internals/prepared-statements'
import { onSchemaDrop } from './internals/schema-events'
import { rememberStatementKeys } from './internals/statement-keys'
import { type Tokenizer, tokenizerOf } from './internals/tokenizer'
import { Counters, type Statistics } from './observe/counters'
import type { Observation } from './observe/observation'
import { Observer } from './observe/observer'
import type { StatementLog } from './observe/statement-log'
import { Telemetry } from './observe/telemetry'
import type { TelemetryProviders } from './observe/telemetry-providers'
import { type ClientOptions, type DriverClient, openClient } from './open-client'
import { requestOptionsOf } from './request-options'
import { translateError } from './translate-error'
import { TypeOrders, isUnordered } from './type-orders'

export type { ClientOptions, DriverClient }

/** The counters of a session and the receivers of its spans and metrics. */
export interface Watch {
  readonly counters?: Counters
  readonly telemetry?: true | TelemetryProviders | undefined
}

const noRows: readonly never[] = Object.freeze([])

/** The only way to the server: a client of the driver, coodie's own or a given one. */
export class Session {
  readonly #typeOrders = new TypeOrders((cql, params) => this.query(cql, params))

  readonly #tokenize: Tokenizer | undefined
  readonly #observer: Observer
  #stopEvents: () => void = () => undefined

  private constructor(
    readonly client: Client,
    private readonly isOwn: boolean,
    log: StatementLog,
    /** Rows are decoded from the bytes of their frames. */
    readonly hasDirectRows: boolean,
    private readonly counters: Counters,
    private readonly telemetry: Telemetry | undefined,
  ) {
    this.#tokenize = tokenizerOf(client)
    this.#observer = new Observer(log, telemetry)
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
    const { client, isOwn } = await openClient(given)
    const isWanted = directRows && process.env['COODIE_DIRECT_ROWS'] !== '0'
    const hasDirectRows = isWanted && enableDirectRows(client)
    if (hasDirectRows) rememberStatementKeys(client)
    if (isWanted && !hasDirectRows) {
      log.warn(
        'this version of cassandra-driver is unknown: the driver decodes the rows one by one, which costs more',
      )
    }
    session = new Session(client, isOwn, log, hasDirectRows, counters, telemetry)
    return session
  }

  /**
   * Executes a statement and returns one page, or the outcome of a write. Throws `StatementError` at once for an
   * option with a value that it does not accept (a refused call is not observed), and translated errors.
   */
  execute(execution: Execution): Promise<ResultPage> {
    const request = requestOptionsOf(execution)
    if (!this.#observer.isOn) return this.#execute(execution, request)
    const observation: Observation = {
      cql: execution.cql,
      entity: execution.entity,
      isIdempotent: request.isIdempotent,
      fetchSize: execution.isRead === true ? this.#fetchSizeOf(execution, request) : undefined,
    }
    return this.#observer.observe(observation, () => this.#execute(execution, request, observation))
  }

  /** Executes all statements in one request, each prepared. The rows are those of a conditional batch. */
  executeBatch(batch: BatchExecution): Promise<ResultPage> {
    const request = requestOptionsOf(batch)
    if (!this.#observer.isOn) return this.#executeBatch(batch, request)
    const observation: Observation = {
      cql: printBatch(batch),
      entity: batch.entity,
      statements: batch.statements.map(({ cql }) => cql),
      isIdempotent: request.isIdempotent,
    }
    return this.#observer.observe(observation, () =>
      this.#executeBatch(batch, request, observation),
    )
  }

  async #execute(
    execution: Execution,
    request: DriverOptions,
    observation?: Observation,
  ): Promise<ResultPage> {
    const { cql, frames, partitionKey } = execution
    request.prepare = execution.prepare !== false
    if (execution.isPageable === false) request.fetchSize = 0
    if (execution.pageState !== undefined) request.pageState = execution.pageState
    if (this.hasDirectRows) {
      request[ownRequest] = request.prepare
      request[frameReader] = frames
    }
    this.#route(request, partitionKey)
    // The driver's typings omit null, which leaves the timestamp out.
    if (execution.isRead === true) request.timestamp = null as unknown as number
    const params = isUnordered(execution)
      ? await this.#typeOrders.resolve(execution.params, execution.keyspace)
      : execution.params
    this.counters.requests++
    try {
      const result = await this.client.execute(cql, params, request)
      if (observation !== undefined) observation.info = result.info
      const rows = result.rows ?? noRows
      this.counters.rows += rows.length
      return {
        rows,
        isDecoded: frames !== undefined && isDecoded(result),
        pageState: result.pageState ?? null,
        columns: result.columns ?? noRows,
      }
    } catch (error) {
      this.counters.failures++
      throw translateError(error, { cql, isConditional: execution.isConditional })
    }
  }

  async #executeBatch(
    batch: BatchExecution,
    request: DriverOptions,
    observation?: Observation,
  ): Promise<ResultPage> {
    const { kind, timestamp, statements, isConditional, partitionKey } = batch
    if (this.hasDirectRows) request[ownRequest] = true
    request.logged = kind === 'logged'
    request.counter = kind === 'counter'
    if (timestamp !== undefined) request.timestamp = types.Long.fromString(timestamp.toString())
    this.#route(request, partitionKey)
    const queries: { query: string; params: unknown[] }[] = []
    for (const statement of statements) {
      const { cql, params, keyspace } = statement
      queries.push({
        query: cql,
        params: isUnordered(statement) ? await this.#typeOrders.resolve(params, keyspace) : params,
      })
    }
    this.counters.requests++
    try {
      const result = await this.client.batch(queries, request)
      if (observation !== undefined) observation.info = result.info
      const rows = result.rows ?? noRows
      this.counters.rows += rows.length
      return { rows, pageState: null }
    } catch (error) {
      this.counters.failures++
      throw translateError(error, { cql: printBatch(batch), isConditional })
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
      // The named parameters are missing: the driver prepares, misses the first of them, and sends nothing.
      await this.client.execute(cql, {}, { prepare: true })
    } catch (error) {
      if (!(error instanceof errors.ArgumentError)) {
        this.counters.requests++
        this.counters.failures++
        const failed = () => Promise.reject(translateError(error, { cql }))
        await this.#observer.observe({ cql, entity: undefined, started }, failed)
      }
    }
    return preparedMarkers(this.client, cql)
  }

  /** Executes DDL and waits until all nodes agree on the schema. Throws `SchemaError` if they do not. */
  async executeSchema(cql: string): Promise<void> {
    const observation: Observation = { cql, entity: undefined, isSchema: true }
    const run = async () => {
      this.counters.requests++
      try {
        const host = schemaCoordinatorOf(this.client)
        const result = await this.client.execute(cql, [], {
          prepare: false,
          ...(host === undefined ? {} : { host }),
        })
        observation.info = result.info
        this.#typeOrders.forget()
        if (!isInAgreement(result)) {
          throw new SchemaError(`the nodes did not agree on the schema in time after: ${cql}`)
        }
        return { rows: [], pageState: null }
      } catch (error) {
        this.counters.failures++
        throw translateError(error, { cql })
      }
    }
    await this.#observer.observe(observation, run)
  }

  /** Returns all rows as plain objects. For the system tables. */
  async query(cql: string, params: unknown[]): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = []
    let pageState: string | null | undefined
    do {
      const page: ResultPage = await this.execute({
        cql,
        params,
        isIdempotent: true,
        ...(typeof pageState === 'string' ? { pageState } : {}),
      })
      rows.push(...page.rows.map(plainRow))
      pageState = page.pageState
    } while (pageState !== null)
    return rows
  }

  /** Returns the rows of every node that is connected. For tables that each node has for itself. */
  async queryEachNode(cql: string, params: unknown[]): Promise<Record<string, unknown>[][]> {
    const hosts = this.client.getState().getConnectedHosts()
    try {
      const answers = await Promise.all(
        hosts.map((host) => this.client.execute(cql, params, { host, prepare: true })),
      )
      return answers.map(({ rows }) => rows.map(plainRow))
    } catch (error) {
      throw translateError(error, { cql })
    }
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
    this.#stopEvents = onSchemaDrop(this.client, listener)
  }

  /** The counters as they are now. */
  get statistics(): Statistics {
    return this.counters.statistics(preparedCount(this.client))
  }

  /** Returns the rows per page: those of the call, or those of the client. */
  #fetchSizeOf({ isPageable }: Execution, { fetchSize }: DriverOptions): number | undefined {
    return isPageable === false
      ? undefined
      : (fetchSize ?? optionsOf(this.client)?.queryOptions?.fetchSize)
  }

  /** Closes coodie's own client. A given client stays open. */
  async shutdown(): Promise<void> {
    this.#stopEvents()
    this.telemetry?.stop()
    if (this.isOwn) await this.client.shutdown()
  }
}

type DriverOptions = ReturnType<typeof requestOptionsOf>

/**
 * Returns the node for all DDL, the same one in all processes that see the same nodes: one node takes one change after
 * another, while two nodes that take one each at the same moment may never agree.
 */
function schemaCoordinatorOf(client: Client) {
  const hosts = client.getState().getConnectedHosts()
  return hosts.filter((host) => host.isUp()).sort((a, b) => (a.address < b.address ? -1 : 1))[0]
}

function plainRow(row: types.Row): Record<string, unknown> {
  return { ...row }
}
