import { Client } from 'cassandra-driver'
import { Column, DataSource, type DataSourceOptions, Entity, PartitionKey } from '../../lib'
import { failure } from '../server/failure'

@Entity('products')
class Product {
  @PartitionKey('int') id!: number
  @Column('text') name!: string
}

const contactPoints = ['127.0.0.1:1']
const good = { contactPoints, localDataCenter: 'datacenter1', entities: [Product] }

const refusal = async (options: object) =>
  (await failure(() => new DataSource({ ...good, ...options }))).message

it.each([
  [{ keyspaces: 'shop' }, `DataSource has no option 'keyspaces'; did you mean 'keyspace'?`],
  [{ Synchronize: true }, `DataSource has no option 'Synchronize'; did you mean 'synchronize'?`],
  [{ contactPoint: 'x' }, `DataSource has no option 'contactPoint'; did you mean 'contactPoints'?`],
  [{ unheardOfThings: 1 }, `DataSource has no option 'unheardOfThings'`],
  [{ entities: undefined }, 'DataSource needs entities: an array of classes'],
  [{ entities: Product }, 'DataSource: entities must be an array of classes or globs of files'],
  [
    { entities: [Product, undefined] },
    'DataSource: entities must be an array of classes or globs of files; got undefined at index 1: ' +
      'is its file imported in a circle?',
  ],
  [
    { keyspace: 'my-shop' },
    'DataSource: keyspace must be the name of a keyspace: Cassandra takes letters, digits and _, 48 at most',
  ],
  [{ keyspace: '' }, /^DataSource: keyspace must be the name/u],
  [{ keyspace: 'k'.repeat(49) }, /^DataSource: keyspace must be the name/u],
  [{ keyspace: 7 }, /^DataSource: keyspace must be the name/u],
  [
    { createKeyspace: true },
    `DataSource: createKeyspace must be { replication: { class: 'NetworkTopologyStrategy', datacenter1: 1 } }`,
  ],
  [{ createKeyspace: { replication: {} } }, /^DataSource: createKeyspace must be/u],
  [{ synchronize: 'true' }, 'DataSource: synchronize must be true or false'],
  [
    { validateSchema: 'warm' },
    `DataSource: validateSchema must be one of 'off', 'warn', 'error', 'strict'; did you mean 'warn'?`,
  ],
  [
    { validateSchema: true },
    `DataSource: validateSchema must be one of 'off', 'warn', 'error', 'strict'`,
  ],
  [
    { namingStrategy: 'snakecase' },
    `DataSource: namingStrategy must be one of 'snake_case', 'exact'; did you mean 'snake_case'?`,
  ],
  [
    { logging: ['querry'] },
    `DataSource: logging must be one of 'query', 'slow', 'schema', 'error'; did you mean 'query'?`,
  ],
  [
    { logging: 'query' },
    `DataSource: logging must be true, false or an array of 'query', 'slow', 'schema', 'error'`,
  ],
  [
    { slowQueryThreshold: '100' },
    'DataSource: slowQueryThreshold must be a number of milliseconds from 0',
  ],
  [{ logger: {} }, 'DataSource: logger must have a method log(entry)'],
  [
    { defaults: { consistancy: 'one' } },
    `DataSource: defaults has no option 'consistancy'; did you mean 'consistency'?`,
  ],
  [
    { defaults: { consistency: 'qorum' } },
    /^DataSource: defaults consistency must be one of 'any', .*'localOne'; did you mean 'quorum'\?$/u,
  ],
  [
    { pageStateSecret: 'too short' },
    'DataSource: pageStateSecret must be a string of at least 16 characters',
  ],
  [{ defaults: [] }, 'DataSource: defaults must be an object'],
  [
    { telemetry: 'yes' },
    'DataSource: telemetry must be true, false or { tracerProvider, meterProvider }',
  ],
  [
    { telemetry: { traceProvider: {} } },
    `DataSource: telemetry has no option 'traceProvider'; did you mean 'tracerProvider'?`,
  ],
  [
    { telemetry: { tracerProvider: {} } },
    'DataSource: telemetry needs an OpenTelemetry provider as tracerProvider, with a method getTracer',
  ],
  [
    { subscribers: [7] },
    'DataSource: subscribers must be an array of classes or instances; got number at index 0',
  ],
  [
    { client: {} },
    'DataSource: client is not a Client of cassandra-driver; pass connection options instead',
  ],
])('refuses %p', async (options, message) => {
  if (typeof message === 'string') expect(await refusal(options)).toBe(message)
  else expect(await refusal(options)).toMatch(message)
})

it('refuses a client beside connection options that it would not use', async () => {
  const client = new Client({ contactPoints, localDataCenter: 'datacenter1' })
  expect(await refusal({ client })).toBe(
    `DataSource has a client, so 'contactPoints' would not be used; give that option to the client`,
  )
  const options = { client, entities: [Product], contactPoints: undefined }
  expect(new DataSource(options as DataSourceOptions).isInitialized).toBe(false)
})

it('refuses no options at all', async () => {
  const error = await failure(() => new DataSource(undefined as never))
  expect(error.message).toBe(
    'DataSource needs options: { contactPoints, localDataCenter, entities }',
  )
})

it('tells of options that the driver refuses when it connects', async () => {
  const db = new DataSource({ ...good, pooling: { coreConnectionsPerHost: 'many' } } as never)
  const error = await failure(() => db.initialize())
  expect(error).toMatchObject({ code: 'EXECUTION', kind: 'connection' })
})

it('asks for the name of the keyspace that it shall create', async () => {
  const replication = { class: 'SimpleStrategy', replication_factor: 1 }
  const db = new DataSource({ ...good, createKeyspace: { replication } })
  expect((await failure(() => db.initialize())).message).toBe(
    'createKeyspace needs the name of the keyspace: set keyspace too',
  )
})
