import { type Client, types } from 'cassandra-driver'
import { CoodieError, ExecutionError } from '../../errors/errors'
import { attempt } from './attempt'
import type { Statistics } from './counters'
import { type StatementDescription, describeBatch, describeStatement } from './describe-statement'
import type { ResultPage } from '../execution'
import type { AnswerInfo, Observation } from './observation'
import {
  type Attributes,
  type Counter,
  type Histogram,
  type Meter,
  type Span,
  type TelemetryProviders,
  type Tracer,
  openTelemetry,
} from './telemetry-providers'

/** `SpanKind.CLIENT` and `SpanStatusCode.ERROR`: numbers, so that the package need not be there. */
const clientKind = 2
const errorStatus = 2

/** The name of what is called here, for a warning if it throws. */
const observer = 'the telemetry'

/** The bucket boundaries that the semantic conventions advise, in seconds and in rows. */
const durations = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]
const rowCounts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]

interface Count {
  /** Adds the difference since the last call. */
  update(): void
  end(): void
}

/** Returns counters that several data sources share: each adds the difference since its last request. */
function countsOf(meter: Meter, statistics: () => Statistics): readonly Count[] {
  const count = (counter: Counter, key: keyof Statistics, isHeld = false): Count => {
    // An earlier connection of the same data source has reported everything counted before.
    let reported = isHeld ? 0 : (statistics()[key] ?? 0)
    const report = (now: number) => {
      if (now !== reported) counter.add(now - reported)
      reported = now
    }
    return { update: () => report(statistics()[key] ?? 0), end: () => isHeld && report(0) }
  }
  return [
    count(
      meter.createCounter('coodie.plan_cache.hits', {
        description: 'Calls that found their statement in the cache.',
        unit: '{call}',
      }),
      'planCacheHits',
    ),
    count(
      meter.createCounter('coodie.plan_cache.misses', {
        description: 'Calls whose statement had to be built first.',
        unit: '{call}',
      }),
      'planCacheMisses',
    ),
    count(
      meter.createUpDownCounter('coodie.prepared_statements', {
        description: 'Statements that the driver holds prepared.',
        unit: '{statement}',
      }),
      'preparedStatements',
      true,
    ),
  ]
}

type Mutable = Record<string, string | number | boolean>

/** Spans and metrics of OpenTelemetry, named by its conventions for databases. They contain no values of parameters. */
export class Telemetry {
  readonly #tracer: Tracer | undefined
  readonly #duration: Histogram | undefined
  readonly #rows: Histogram | undefined
  readonly #counts: readonly Count[]
  #client: Client | undefined

  /** Throws `StatementError` if `@opentelemetry/api` is needed and not installed. */
  constructor(option: true | TelemetryProviders, statistics: () => Statistics) {
    const { tracer, meter } = openTelemetry(option)
    this.#tracer = tracer
    this.#counts = meter === undefined ? [] : countsOf(meter, statistics)
    this.#duration = meter?.createHistogram('db.client.operation.duration', {
      description: 'Duration of database client operations.',
      unit: 's',
      advice: { explicitBucketBoundaries: durations },
    })
    this.#rows = meter?.createHistogram('db.client.response.returned_rows', {
      description: 'The actual number of records returned by the database operation.',
      unit: '{row}',
      advice: { explicitBucketBoundaries: rowCounts },
    })
  }

  /** Makes the nodes of the client known. */
  start(client: Client): void {
    this.#client = client
  }

  /** Reports that nothing is held prepared any more. */
  stop(): void {
    for (const count of this.#counts) count.end()
  }

  /** Runs a request in a span, a child of the active one, and measures it. */
  observe(observation: Observation, run: () => Promise<ResultPage>): Promise<ResultPage> {
    const description =
      observation.statements === undefined
        ? describeStatement(observation.cql)
        : describeBatch(observation.statements)
    const shared = sharedAttributes(description)
    const tracer = this.#tracer
    if (tracer === undefined) return this.#measure(observation, shared, run, () => undefined)
    const name = nameOf(description)
    const options = {
      kind: clientKind,
      attributes: { ...shared, ...spanAttributes(observation), 'db.query.summary': name },
    }
    let running: Promise<ResultPage> | undefined
    const runIn = async (span: Span): Promise<ResultPage> => {
      try {
        return await this.#measure(observation, shared, run, (attributes, error) => {
          span.setAttributes(attributes)
          // The message of the error may repeat the text of a hand-written statement.
          if (error !== undefined) span.setStatus({ code: errorStatus, message: error })
        })
      } finally {
        attempt(observer, () => span.end())
      }
    }
    attempt(observer, () => {
      tracer.startActiveSpan(name, options, (span) => {
        running = runIn(span)
      })
    })
    return running ?? this.#measure(observation, shared, run, () => undefined)
  }

  async #measure(
    observation: Observation,
    shared: Attributes,
    run: () => Promise<ResultPage>,
    done: (attributes: Attributes, error: string | undefined) => void,
  ): Promise<ResultPage> {
    const { started = performance.now() } = observation
    let outcome: Mutable = {}
    let error: string | undefined
    try {
      const page = await run()
      outcome = this.#answerAttributes(observation.info)
      const rows = page.rows.length
      if (rows > 0 || shared['db.operation.name'] === 'SELECT') {
        outcome['db.response.returned_rows'] = rows
        attempt(observer, () => this.#rows?.record(rows, shared))
      }
      return page
    } catch (thrown) {
      error = errorTypeOf(thrown)
      outcome = { 'error.type': error, ...statusCodeOf(thrown) }
      throw thrown
    } finally {
      const seconds = (performance.now() - started) / 1000
      attempt(observer, () => {
        this.#duration?.record(
          seconds,
          error === undefined ? shared : { ...shared, 'error.type': error },
        )
        for (const count of this.#counts) count.update()
        done(outcome, error)
      })
    }
  }

  #answerAttributes(info: AnswerInfo | undefined): Mutable {
    if (info === undefined) return {}
    const { queriedHost = '', achievedConsistency, speculativeExecutions = 0 } = info
    const [, address, port] = /^\[?(.*?)\]?:(\d+)$/u.exec(queriedHost) ?? []
    const host = this.#client?.hosts.get(queriedHost)
    const level = consistencyNames.get(achievedConsistency)
    return {
      ...(address === undefined ? {} : { 'server.address': address, 'server.port': Number(port) }),
      ...(host === undefined
        ? {}
        : {
            'cassandra.coordinator.dc': host.datacenter,
            'cassandra.coordinator.id': String(host.hostId),
          }),
      ...(level === undefined ? {} : { 'cassandra.consistency.level': level }),
      ...(speculativeExecutions === 0
        ? {}
        : { 'cassandra.speculative_execution.count': speculativeExecutions }),
    }
  }
}

/** Consistency levels as the conventions name them: `local_one`. */
const consistencyNames: ReadonlyMap<number | undefined, string> = new Map(
  Object.entries(types.consistencies).map(([name, level]) => [
    level as number,
    name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`),
  ]),
)

/** `SELECT shop.products` */
function nameOf({ operation, keyspace, table }: StatementDescription): string {
  const target = [keyspace, table].filter((part) => part !== undefined).join('.')
  return target === '' ? operation : `${operation} ${target}`
}

/** Returns the attributes of both spans and metrics. */
function sharedAttributes({ operation, keyspace, table }: StatementDescription): Attributes {
  return {
    'db.system.name': 'cassandra',
    'db.operation.name': operation,
    ...(keyspace === undefined ? {} : { 'db.namespace': keyspace }),
    ...(table === undefined ? {} : { 'db.collection.name': table }),
  }
}

function spanAttributes({ cql, statements, isIdempotent, fetchSize }: Observation): Attributes {
  const size = statements?.length ?? 0
  return {
    'db.query.text': cql,
    ...(size < 2 ? {} : { 'db.operation.batch.size': size }),
    ...(isIdempotent === undefined ? {} : { 'cassandra.query.idempotent': isIdempotent }),
    ...(fetchSize === undefined || fetchSize === 0 ? {} : { 'cassandra.page.size': fetchSize }),
  }
}

function errorTypeOf(error: unknown): string {
  if (error instanceof ExecutionError) return error.kind
  if (error instanceof CoodieError) return error.code
  return error instanceof Error ? error.name : 'Error'
}

/** Returns the protocol's number for the error, if the server sent one. */
function statusCodeOf(error: unknown): Mutable {
  const { code } = ((error as Error | undefined)?.cause ?? {}) as { code?: unknown }
  return typeof code === 'number' ? { 'db.response.status_code': String(code) } : {}
}
