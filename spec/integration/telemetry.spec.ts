import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  type ContextManager,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  context,
  metrics,
  trace,
} from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import {
  Column,
  DataSource,
  type DataSourceOptions,
  Entity,
  PartitionKey,
  StatementError,
  cql,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'

const keyspace = useKeyspace()
const secret = 'a value that nobody may see'

@Entity('products')
class Product {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
}

/** What an application registers, so that spans know what they are within. */
class Contexts implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>()
  active() {
    return this.#storage.getStore() ?? ROOT_CONTEXT
  }
  readonly with: ContextManager['with'] = (given, run, thisArg, ...args) =>
    this.#storage.run(given, () => run.apply(thisArg as never, args))
  bind<T>(_given: Context, target: T): T {
    return target
  }
  enable() {
    return this
  }
  disable() {
    return this
  }
}

const spans = new InMemorySpanExporter()
const tracerProvider = new BasicTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(spans)],
})
const exported = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({ exporter: exported })
const meterProvider = new MeterProvider({ readers: [reader] })
let db: DataSource

const open = (telemetry: unknown) =>
  new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [Product],
    telemetry,
  } as DataSourceOptions)

/** The spans that ended since the last look. */
function takeSpans() {
  const finished = spans.getFinishedSpans()
  const taken = [...finished]
  spans.reset()
  return taken
}

/** The points of a metric as it is now. */
async function pointsOf(name: string) {
  exported.reset()
  await reader.forceFlush()
  const found = exported
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap((scope) => scope.metrics)
    .find(({ descriptor }) => descriptor.name === name)
  return { unit: found?.descriptor.unit, points: found?.dataPoints ?? [] }
}

beforeAll(async () => {
  context.setGlobalContextManager(new Contexts())
  db = await open({ tracerProvider, meterProvider }).initialize()
  await db.schema.sync()
})

afterAll(async () => {
  await db.destroy()
  context.disable()
  await meterProvider.shutdown()
})

const table = () => `${keyspace.name}.products`

describe('spans', () => {
  beforeEach(() => void takeSpans())

  it('are named by operation and table, children of the active one, and have no values', async () => {
    const products = db.getRepository(Product).with({ consistency: 'quorum' })
    const tracer = tracerProvider.getTracer('application')
    await tracer.startActiveSpan('request', async (span) => {
      await products.save({ id: 1, name: secret })
      await products.find({ where: { id: 1 }, fetchSize: 7 })
      span.end()
    })
    const [insert, select, request] = takeSpans()
    expect([insert?.name, select?.name, request?.name]).toEqual([
      `INSERT ${table()}`,
      `SELECT ${table()}`,
      'request',
    ])
    for (const span of [insert, select]) {
      expect(span?.kind).toBe(SpanKind.CLIENT)
      expect(span?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId)
      expect(span?.instrumentationScope.name).toBe('coodie')
      expect(span?.status).toEqual({ code: SpanStatusCode.UNSET })
    }
    const [host = '', port] = (connection().contactPoints[0] ?? '').split(':')
    expect(select?.attributes).toEqual({
      'db.system.name': 'cassandra',
      'db.namespace': keyspace.name,
      'db.collection.name': 'products',
      'db.operation.name': 'SELECT',
      'db.query.text': `SELECT "id", "name" FROM "${keyspace.name}"."products" WHERE "id" = ?`,
      'db.query.summary': `SELECT ${table()}`,
      'db.response.returned_rows': 1,
      'server.address': host,
      'server.port': Number(port ?? 9042),
      'cassandra.query.idempotent': true,
      'cassandra.page.size': 7,
      'cassandra.consistency.level': 'quorum',
      'cassandra.coordinator.dc': connection().localDataCenter,
      'cassandra.coordinator.id': expect.stringMatching(/^[0-9a-f-]{36}$/u),
    })
    expect(insert?.attributes).toMatchObject({
      'db.operation.name': 'INSERT',
      'cassandra.query.idempotent': true,
    })
    expect(insert?.attributes).not.toHaveProperty('cassandra.page.size')
    expect(insert?.attributes).not.toHaveProperty('db.response.returned_rows')
    const seen = [insert, select].map((span) => [span?.name, span?.attributes, span?.events])
    expect(JSON.stringify(seen)).not.toContain(secret)
  })

  it('tell of a batch how many statements it has, and of a change of the schema what it changes', async () => {
    await db
      .batch()
      .save(Product, { id: 1, name: 'a' })
      .save(Product, { id: 2, name: 'b' })
      .execute()
    await db.query(cql`CREATE TABLE ${cql.table(Product)}_2 (id int PRIMARY KEY)`).catch(() => [])
    await db.schema.drop()
    await db.schema.sync()
    const [batch, , ...others] = takeSpans()
    expect(batch?.name).toBe(`BATCH INSERT ${table()}`)
    expect(batch?.attributes).toMatchObject({ 'db.operation.batch.size': 2 })
    expect(others.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        `DROP TABLE ${table()}`,
        `CREATE TABLE ${table()}`,
        'SELECT system_schema.tables',
      ]),
    )
  })

  it('tell what failed by its kind, and not in words that may hold a value', async () => {
    const error = await failure(() =>
      db.query(cql`SELECT nothing FROM ${cql.table(Product)} WHERE name = ${secret}`),
    )
    expect(error.code).toBe('EXECUTION')
    const [unprepared] = takeSpans()
    expect(unprepared?.name).toBe(`SELECT ${table()}`)
    expect(unprepared?.attributes).toMatchObject({ 'error.type': 'invalid' })
    expect(JSON.stringify([unprepared?.attributes, unprepared?.status])).not.toContain(secret)
    const invalid = await failure(() => db.query(cql`SELECT 'x' FROM ${cql.table(Product)}`))
    expect(invalid.code).toBe('EXECUTION')
    const [span] = takeSpans()
    const kind = (invalid as unknown as { kind: string }).kind
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: kind })
    expect(span?.attributes).toMatchObject({
      'error.type': kind,
      'db.response.status_code': expect.stringMatching(/^\d+$/u),
    })
    expect(span?.events).toEqual([])
  })

  it('are none of what was refused before it was sent', async () => {
    await failure(() => db.getRepository(Product).findBy({ name: 'x' }))
    expect(takeSpans()).toEqual([])
  })
})

describe('metrics', () => {
  it('measure the duration in seconds, and count rows', async () => {
    const products = db.getRepository(Product)
    await products.save([
      { id: 1, name: secret },
      { id: 2, name: secret },
    ])
    await products.find()
    await failure(() => db.query(cql`SELECT 'x' FROM ${cql.table(Product)}`))
    const { unit, points } = await pointsOf('db.client.operation.duration')
    expect(unit).toBe('s')
    const attributes = points.map((point) => point.attributes)
    expect(attributes).toContainEqual({
      'db.system.name': 'cassandra',
      'db.namespace': keyspace.name,
      'db.collection.name': 'products',
      'db.operation.name': 'INSERT',
    })
    expect(attributes).toContainEqual(
      expect.objectContaining({ 'error.type': expect.any(String), 'db.operation.name': 'SELECT' }),
    )
    expect(JSON.stringify(attributes)).not.toContain(secret)
    const rows = await pointsOf('db.client.response.returned_rows')
    expect(rows.unit).toBe('{row}')
    expect(
      rows.points.some(({ attributes: { 'db.collection.name': name } }) => name === 'products'),
    ).toBe(true)
  })

  it('count how often a statement was there already, over all data sources', async () => {
    const sum = async (name: string) => {
      const { points } = await pointsOf(`coodie.${name}`)
      expect(points.length).toBeLessThan(2)
      return (points[0]?.value ?? 0) as number
    }
    const sums = async () => [
      await sum('plan_cache.hits'),
      await sum('plan_cache.misses'),
      await sum('prepared_statements'),
    ]
    const [hits = 0, misses = 0, prepared = 0] = await sums()
    const sources = [open({ meterProvider }), open({ meterProvider })]
    for (const source of sources) {
      await source.initialize()
      for (let i = 0; i < 3; i++) await source.getRepository(Product).findOneBy({ id: 1 })
      expect(source.statistics).toMatchObject({ planCacheHits: 2, planCacheMisses: 1 })
    }
    expect(await sums()).toEqual([hits + 4, misses + 2, prepared + 2])
    for (const source of sources) {
      await source.destroy()
      await source.initialize()
      await source.ping()
      await source.destroy()
    }
    expect(await sums()).toEqual([hits + 4, misses + 2, prepared])
  })
})

describe('the option telemetry', () => {
  it('takes the providers that the process has registered', async () => {
    const own = new InMemorySpanExporter()
    const registered = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(own)] })
    trace.setGlobalTracerProvider(registered)
    metrics.setGlobalMeterProvider(meterProvider)
    const other = await open(true).initialize()
    await other.getRepository(Product).findOneBy({ id: 1 })
    await other.destroy()
    trace.disable()
    metrics.disable()
    expect(own.getFinishedSpans().map(({ name }) => name)).toEqual([`SELECT ${table()}`])
  })

  it('measures nothing when it is false', async () => {
    takeSpans()
    const other = await open(false).initialize()
    await other.getRepository(Product).findOneBy({ id: 1 })
    await other.destroy()
    expect(takeSpans()).toEqual([])
  })

  it.each([
    ['yes', 'must be true, false or { tracerProvider, meterProvider }'],
    [{ traceProvider: {} }, `has no option 'traceProvider'; did you mean 'tracerProvider'?`],
    [
      { tracerProvider: {} },
      'needs an OpenTelemetry provider as tracerProvider, with a method getTracer',
    ],
    [
      { meterProvider: tracerProvider },
      'needs an OpenTelemetry provider as meterProvider, with a method getMeter',
    ],
  ])('refuses %p', (telemetry, message) => {
    expect(() => open(telemetry)).toThrow(StatementError)
    expect(() => open(telemetry)).toThrow(`DataSource: telemetry ${message}`)
  })
})

describe('statistics', () => {
  it('count requests, failures, rows and plans, from the beginning on', async () => {
    const other = open(undefined)
    expect(other.statistics).toEqual({
      requests: 0,
      failures: 0,
      rows: 0,
      planCacheHits: 0,
      planCacheMisses: 0,
      preparedStatements: 0,
    })
    await other.initialize()
    const products = other.getRepository(Product)
    await products.truncate()
    await products.save([{ id: 1 }, { id: 2 }, { id: 3 }])
    await products.find({ fetchSize: 2 })
    await other.batch().delete(Product, { id: 1 }).delete(Product, { id: 2 }).execute()
    await failure(() => other.query(cql`SELECT 'x' FROM ${cql.table(Product)}`))
    const { requests, ...counted } = other.statistics
    expect(counted).toEqual({
      failures: 1,
      rows: 3,
      planCacheHits: 3,
      planCacheMisses: 3,
      preparedStatements: 3,
    })
    // One truncate, three inserts, two or three pages, a batch, a failure.
    expect([8, 9]).toContain(requests)
    expect(Object.isFrozen(other.statistics)).toBe(true)
    await other.destroy()
    expect(other.statistics).toMatchObject({ requests, preparedStatements: 0 })
  })
})
