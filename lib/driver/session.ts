import {
  Client,
  type ClientOptions,
  type QueryOptions,
  errors,
  policies,
  types,
} from 'cassandra-driver'
import { ExecutionError, SchemaError, StatementError } from '../errors/errors'
import { connectOwn, withPort } from './connect'
import { Counters, type Statistics } from './observe/counters'
import type { TypedName } from './internals/data-type'
import { ownRequest } from './internals/direct-requests'
import { type FrameReader, enableDirectRows, frameReader, isDecoded } from './internals/direct-rows'
import { setQueryOptions } from './execute-options'
import { type BatchExecution, type Execution, type ResultPage, printBatch } from './execution'
import type { Observation } from './observe/observation'
import { Observer } from './observe/observer'
import { preparedCount, preparedMarkers } from './internals/prepared-statements'
import { rememberStatementKeys } from './internals/statement-keys'
import type { StatementLog } from './observe/statement-log'
import { Telemetry } from './observe/telemetry'
import type { TelemetryProviders } from './observe/telemetry-providers'
import { type Tokenizer, tokenizerOf } from './routing-token'
import { translateError } from './translate-error'
import { TypeOrders, isUnordered } from './type-orders'

export type { ClientOptions }
export type DriverClient = Client

/** Who counts what a session does, and who is told of it. */
export interface Watch {
  readonly counters?: Counters
  readonly telemetry?: true | TelemetryProviders | undefined
}

const none: readonly never[] = Object.freeze([])

/** The one way to the server: a client of the driver, ours or given. */
export class Session {
  readonly #typeOrders = new TypeOrders((cql, params) => this.query(cql, params))

  readonly #tokenize: Tokenizer | undefined
  readonly #observer: Observer
  #onLog: (level: string, source: string, message: string, event: unknown) => void = () => undefined

  private constructor(
    readonly client: Client,
    private readonly isOwn: boolean,
    log: StatementLog,
    /** Whether rows are decoded from the bytes of their frames. */
    readonly hasDirectRows: boolean,
    private readonly counters: Counters,
    private readonly telemetry: Telemetry | undefined,
  ) {
    this.#tokenize = tokenizerOf(client)
    this.#observer = new Observer(log, telemetry)
    telemetry?.start(client)
  }

  /**
   * Connects. Throws `ExecutionError` when no server can be used. `directRows` false: the driver reads all rows;
   * so it does, with a warning in the log, where it is not as it was when this was written.
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
    const isOwn = !isClient(given)
    const client = isOwn ? makeClient(given) : given
    if (!(client instanceof Client)) {
      throw new StatementError(
        'the client belongs to another copy of cassandra-driver; one copy must serve both, ' +
          'or give the DataSource connection options in place of a client',
      )
    }
    try {
      await (isOwn ? connectOwn(client) : client.connect())
    } catch (error) {
      throw translateError(error, { contactPoints: optionsOf(client).contactPoints })
    }
    const isWanted = directRows && process.env['COODIE_DIRECT_ROWS'] !== '0'
    const hasDirectRows = isWanted && enableDirectRows(client)
    if (hasDirectRows) rememberStatementKeys(client)
    if (isWanted && !hasDirectRows) {
      log.warn(
        'this version of cassandra-driver is not known: its rows are read one by one, at more cost',
      )
    }
    session = new Session(client, isOwn, log, hasDirectRows, counters, telemetry)
    return session
  }

  /**
   * One page, or the outcome of a write. Errors are translated. Throws `StatementError` at once for an option
   * with a value that it does not take: what is refused is not observed as executed.
   */
  execute(execution: Execution): Promise<ResultPage> {
    const query = queryOptionsOf(execution)
    if (!this.#observer.isOn) return this.#execute(execution, query)
    const observation: Observation = {
      cql: execution.cql,
      entity: execution.entity,
      isIdempotent: query.isIdempotent,
      fetchSize: execution.isRead === true ? this.#fetchSizeOf(execution, query) : undefined,
    }
    return this.#observer.observe(observation, () => this.#execute(execution, query, observation))
  }

  /** All statements in one request, each prepared. The rows are those of a conditional batch. */
  executeBatch(batch: BatchExecution): Promise<ResultPage> {
    const query = queryOptionsOf(batch)
    if (!this.#observer.isOn) return this.#executeBatch(batch, query)
    const observation: Observation = {
      cql: printBatch(batch),
      entity: batch.entity,
      statements: batch.statements.map(({ cql }) => cql),
      isIdempotent: query.isIdempotent,
    }
    return this.#observer.observe(observation, () => this.#executeBatch(batch, query, observation))
  }

  async #execute(
    execution: Execution,
    query: QueryOptions,
    observation?: Observation,
  ): Promise<ResultPage> {
    const { cql, frames, partitionKey } = execution
    query.prepare = execution.prepare !== false
    if (execution.isPageable === false) query.fetchSize = 0
    if (execution.pageState !== undefined) query.pageState = execution.pageState
    if (this.hasDirectRows) {
      const own = query as StatementOptions
      own[ownRequest] = query.prepare
      own[frameReader] = frames
    }
    this.#route(query, partitionKey)
    if (execution.isRead === true) query.timestamp = null as unknown as number
    const params = isUnordered(execution)
      ? await this.#typeOrders.resolve(execution.params, execution.keyspace)
      : execution.params
    this.counters.requests++
    try {
      const result = await this.client.execute(cql, params, query)
      if (observation !== undefined) observation.info = result.info
      const rows = result.rows ?? none
      this.counters.rows += rows.length
      return {
        rows,
        isDecoded: frames !== undefined && isDecoded(result),
        pageState: result.pageState ?? null,
        columns: result.columns ?? none,
      }
    } catch (error) {
      this.counters.failures++
      throw translateError(error, { cql, isConditional: execution.isConditional })
    }
  }

  #route(query: QueryOptions, partitionKey: Buffer | undefined): void {
    if (partitionKey === undefined || this.#tokenize === undefined) return
    // Its typings name Buffer only.
    query.routingKey = this.#tokenize(partitionKey) as unknown as Buffer
  }

  /**
   * What the server wants at each `?` of a statement, which is prepared and not executed. Undefined where the
   * driver does not tell.
   */
  async markersOf(cql: string): Promise<readonly TypedName[] | undefined> {
    const started = performance.now()
    const known = preparedMarkers(this.client, cql)
    if (known !== undefined) return known
    try {
      // Named parameters that are not there: the driver prepares, misses the first of them, and sends nothing.
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

  async #executeBatch(
    batch: BatchExecution,
    query: QueryOptions,
    observation?: Observation,
  ): Promise<ResultPage> {
    const { kind, timestamp, statements, isConditional, partitionKey } = batch
    query.prepare = true
    if (this.hasDirectRows) (query as StatementOptions)[ownRequest] = true
    query.logged = kind === 'logged'
    query.counter = kind === 'counter'
    if (timestamp !== undefined) query.timestamp = types.Long.fromString(timestamp.toString())
    this.#route(query, partitionKey)
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
      const result = await this.client.batch(queries, query)
      if (observation !== undefined) observation.info = result.info
      const rows = result.rows ?? none
      this.counters.rows += rows.length
      return { rows, pageState: null }
    } catch (error) {
      this.counters.failures++
      throw translateError(error, { cql: printBatch(batch), isConditional })
    }
  }

  /** Executes DDL and waits until all nodes agree on the schema. */
  async executeSchema(cql: string): Promise<void> {
    const observation: Observation = { cql, entity: undefined, isSchema: true }
    const run = async () => {
      this.counters.requests++
      try {
        const host = schemaCoordinator(this.client)
        const { info } = await this.client.execute(cql, [], {
          prepare: false,
          ...(host === undefined ? {} : { host }),
        })
        observation.info = info
        this.#typeOrders.forget()
        // The driver's typings leave this out.
        if ((info as { isSchemaInAgreement?: boolean }).isSchemaInAgreement === false) {
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

  /** All rows as plain objects: for the system tables. */
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

  /** The rows of every node that can be reached: for tables that each node has of its own. */
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

  /** Asks the server. Throws `ExecutionError` when it does not answer. */
  async ping(): Promise<void> {
    await this.execute({
      cql: 'SELECT key FROM system.local',
      params: [],
      isIdempotent: true,
      prepare: false,
    })
  }

  /**
   * Tells in which keyspace something is dropped, by whomever. The driver has no event of its own for it: what it
   * logs when the server tells of a change carries the server's words.
   */
  onDrop(listener: (keyspace: string) => void): void {
    this.client.off('log', this.#onLog)
    this.#onLog = (_level, _source, _message, event) => {
      const { schemaChangeType, keyspace } = (event ?? {}) as Record<string, unknown>
      if (schemaChangeType === 'DROPPED' && typeof keyspace === 'string') listener(keyspace)
    }
    this.client.on('log', this.#onLog)
  }

  /** What was counted so far. */
  get statistics(): Statistics {
    return this.counters.statistics(preparedCount(this.client))
  }

  /** Rows per page: what a call says, or the client. */
  #fetchSizeOf({ isPageable }: Execution, { fetchSize }: QueryOptions): number | undefined {
    return isPageable === false
      ? undefined
      : (fetchSize ?? optionsOf(this.client).queryOptions?.fetchSize)
  }

  /** Closes our own client; a given one stays open. */
  async shutdown(): Promise<void> {
    this.client.off('log', this.#onLog)
    this.telemetry?.stop()
    if (this.isOwn) await this.client.shutdown()
  }
}

/**
 * Of conditional statements. The driver's default policy sends a statement again when replicas are unavailable
 * or a read times out, idempotent or not; the second round would then find the first one's write.
 */
const noRetry = new policies.retry.FallthroughRetryPolicy()

/**
 * One node for all DDL, the same one for all processes that see the same nodes: it takes one change after another,
 * while two nodes that take one each at the same moment may never agree.
 */
function schemaCoordinator(client: Client) {
  const hosts = client.getState().getConnectedHosts()
  return hosts.filter((host) => host.isUp()).sort((a, b) => (a.address < b.address ? -1 : 1))[0]
}

function plainRow(row: types.Row): Record<string, unknown> {
  return { ...row }
}

/** What is told of most statements, with a place for each, so that the object need not grow. */
class StatementOptions {
  prepare = true
  routingKey: Buffer | undefined
  timestamp: number | undefined;
  [ownRequest]: boolean | undefined;
  [frameReader]: FrameReader | undefined

  constructor(readonly isIdempotent: boolean) {}
}

/** What the driver is told of any execution. */
function queryOptionsOf({
  options = {},
  isIdempotent,
  isConditional,
}: Pick<Execution, 'options' | 'isIdempotent' | 'isConditional'>): QueryOptions {
  const query = new StatementOptions(options.isIdempotent ?? isIdempotent) as QueryOptions
  setQueryOptions(query, options)
  if (isConditional === true) query.retry = noRetry
  return query
}

/** The options of a client, which the driver's typings leave out. */
function optionsOf(client: Client): ClientOptions {
  return (client as unknown as { readonly options: ClientOptions }).options
}

function isClient(given: Client | ClientOptions): given is Client {
  return typeof (given as Client).execute === 'function'
}

/** Our own client reads sets and maps as such, so that nothing is lost in between. */
function makeClient(options: ClientOptions): Client {
  try {
    return new Client({
      ...withPort(options),
      encoding: { map: Map, set: Set, ...options.encoding },
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ExecutionError('connection', `the connection options are not usable: ${reason}`, {
      cause: error,
    })
  }
}
