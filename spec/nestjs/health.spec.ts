import {
  Controller,
  Get,
  type INestApplication,
  Injectable,
  Module,
  type Type,
} from '@nestjs/common'
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus'
import { Test } from '@nestjs/testing'
import { DataSource } from '../../lib'
import { CoodieHealthIndicator, CoodieModule, type PingOptions } from '../../lib/nestjs'
import { failure } from '../server/failure'
import { useKeyspace } from '../server/keyspace'
import { useTraffic } from '../server/traffic'
import { useGate } from './gate'

const keyspace = useKeyspace()
const gate = useGate()
const traffic = useTraffic()
const applications: INestApplication[] = []
afterAll(() => Promise.all(applications.map((app) => app.close())))

const root = () =>
  CoodieModule.forRoot({
    contactPoints: gate.contactPoints,
    localDataCenter: process.env['CASSANDRA_LOCAL_DATACENTER'] ?? 'datacenter1',
    keyspace: keyspace.name,
    entities: [],
  })

async function start(...modules: Type[]): Promise<INestApplication> {
  const app = (
    await Test.createTestingModule({ imports: [root(), ...modules] }).compile()
  ).createNestApplication({ logger: false })
  applications.push(app)
  return app.listen(0, '127.0.0.1').then(() => app)
}

const ping = (app: INestApplication, options?: PingOptions) =>
  app.get(CoodieHealthIndicator).pingCheck('cassandra', options)

beforeEach(() => gate.open())
afterEach(() => gate.shut())

@Controller('health')
class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly cassandra: CoodieHealthIndicator,
  ) {}

  @Get()
  @HealthCheck()
  check() {
    return this.health.check([() => this.cassandra.pingCheck('cassandra', { timeout: 5000 })])
  }
}
@Module({ imports: [TerminusModule], controllers: [HealthController] })
class HealthModule {}

it('is a route of terminus: up while the server answers, down when it does not', async () => {
  const app = await start(HealthModule)
  const ask = async () => {
    const response = await fetch(`${await app.getUrl()}/health`)
    return { status: response.status, body: (await response.json()) as object }
  }
  const details = { cassandra: { status: 'up' } }
  expect(await ask()).toEqual({
    status: 200,
    body: { status: 'ok', info: details, error: {}, details },
  })
  await gate.shut()
  expect(await ask()).toMatchObject({
    status: 503,
    body: {
      status: 'error',
      error: { cassandra: { status: 'down', message: expect.stringContaining('no ') } },
    },
  })
})

it('asks the server, each time', async () => {
  const app = await start()
  traffic.take()
  expect(await ping(app)).toEqual({ cassandra: { status: 'up' } })
  expect(await ping(app)).toEqual({ cassandra: { status: 'up' } })
  expect(traffic.take()).toEqual(Array(2).fill('SELECT key FROM system.local'))
})

it('is down when no answer comes in time', async () => {
  const app = await start()
  gate.stall()
  expect(await ping(app, { timeout: 50 })).toEqual({
    cassandra: { status: 'down', message: 'timeout of 50ms exceeded' },
  })
})

it('asks the data source that is named or given', async () => {
  const app = await start()
  const dataSource = app.get(DataSource)
  expect(await ping(app, { dataSource })).toEqual({ cassandra: { status: 'up' } })
  await dataSource.destroy()
  expect(await ping(app, { dataSource: 'default' })).toEqual({
    cassandra: {
      status: 'down',
      message: 'the data source was destroyed; await db.initialize() to connect again',
    },
  })
  expect((await failure(() => ping(app, { dataSource: 'archive' }))).message).toBe(
    `CoodieHealthIndicator: the application has no data source 'archive'; ` +
      'pass the name of one that CoodieModule.forRoot has, or the DataSource itself',
  )
})

it('throws what terminus 10 takes for a bad result, where that is in the application', async () => {
  // Version 11 brought HealthIndicatorService, version 12 takes no errors any more.
  const TerminusOfVersion10 = (() => {
    @Injectable()
    class HealthCheckService {}
    @Module({ providers: [HealthCheckService] })
    class TerminusModule {}
    return TerminusModule
  })()
  const app = await start(TerminusOfVersion10)
  expect(await ping(app)).toEqual({ cassandra: { status: 'up' } })
  await app.get(DataSource).destroy()
  await expect(ping(app)).rejects.toMatchObject({
    isHealthCheckError: true,
    causes: { cassandra: { status: 'down' } },
  })
})
