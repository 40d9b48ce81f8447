import { Readable } from 'node:stream'
import { Controller, Get, Param, SerializeOptions, StreamableFile } from '@nestjs/common'
import { APP_INTERCEPTOR } from '@nestjs/core'
import { Test } from '@nestjs/testing'
import { Exclude, Expose } from 'class-transformer'
import {
  Column,
  CounterColumn,
  DataSource,
  Entity,
  MaterializedView,
  PartitionKey,
  ReadRepository,
  Repository,
  TimeUuid,
  Uuid,
} from '../../lib'
import {
  CoodieJsonInterceptor,
  CoodieModule,
  InjectDataSource,
  InjectRepository,
  TimeUuidPipe,
  UuidPipe,
} from '../../lib/nestjs'
import { connection, useKeyspace } from '../server/keyspace'

const id = Uuid.fromString('c0ffee00-0000-4000-8000-000000000001')
const time = TimeUuid.fromString('c0ffee00-0000-1000-8000-000000000001')

@Entity('accounts')
class Account {
  @PartitionKey('uuid') id = id
  @Column('bigint') stock = 3n
  @Column('map<text, bigint>') counts = new Map([['a', 1n]])
  @Exclude() @Column('text') password = 'secret'
  @Expose({ groups: ['admin'] }) @Column('text') note = 'internal'
}

@Entity('account_hits')
class AccountHits {
  @PartitionKey('uuid') id = id
  @CounterColumn() views = 7n
}

@MaterializedView({ from: () => Account, name: 'accounts_by_stock' })
class AccountByStock {
  @PartitionKey('bigint') stock = 3n
  @PartitionKey('uuid') id = id
}

@Controller()
class JsonController {
  constructor(
    @InjectRepository(Account) private readonly accounts: Repository<Account>,
    @InjectDataSource() private readonly db: DataSource,
  ) {}

  @Get('entity') entity() {
    return new Account()
  }
  @SerializeOptions({ groups: ['admin'] })
  @Get('admin')
  admin() {
    return [new Account()]
  }
  @Get('page') async page() {
    await this.accounts.save(this.accounts.create({}))
    return this.accounts.findPage({ where: { id } })
  }
  @Get('values') values() {
    return {
      id,
      big: 12345678901234567890n,
      set: new Set([1n]),
      map: new Map([[id, { time }]]),
      bytes: Buffer.from('abc'),
      floats: new Float32Array([0.5]),
      at: new Date(0),
      nothing: null,
      copy: { ...new AccountHits() },
      nested: [{ hits: new AccountHits(), view: new AccountByStock() }],
      isThere: this.db.isInitialized,
    }
  }
  @Get('bare') bare() {
    return id
  }
  @Get('file') file() {
    return new StreamableFile(Readable.from(['text']))
  }
  @Get('uuid/:id') uuid(@Param('id', UuidPipe) given: Uuid) {
    return { given, isUuid: given instanceof Uuid }
  }
  @Get('time/:id') time(@Param('id', TimeUuidPipe) given: TimeUuid) {
    return { given, at: given.getDate() }
  }
}

const keyspace = useKeyspace()

async function start() {
  const module = await Test.createTestingModule({
    imports: [
      CoodieModule.forRoot({
        ...connection(),
        keyspace: keyspace.name,
        entities: [Account, AccountHits],
        synchronize: true,
      }),
      CoodieModule.forFeature([Account]),
    ],
    controllers: [JsonController],
    providers: [{ provide: APP_INTERCEPTOR, useClass: CoodieJsonInterceptor }],
  }).compile()
  const app = module.createNestApplication({ logger: false })
  await app.listen(0, '127.0.0.1')
  return { app, url: await app.getUrl() }
}

let started: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  started = await start()
})
afterAll(() => started.app.close())

const get = async (path: string) => {
  const response = await fetch(`${started.url}/${path}`)
  return { status: response.status, body: await response.text() }
}
const json = async (path: string): Promise<unknown> => JSON.parse((await get(path)).body)

const account = { id: String(id), stock: '3', counts: { a: '1' } }

describe('CoodieJsonInterceptor', () => {
  it('makes JSON of entities, without what class-transformer excludes', async () => {
    expect(await json('entity')).toEqual(account)
    expect(await json('admin')).toEqual([{ ...account, note: 'internal' }])
  })

  it('makes JSON of a page', async () => {
    expect(await json('page')).toEqual({ items: [account], pageState: null })
  })

  it('makes JSON of any value', async () => {
    expect(await json('values')).toEqual({
      id: String(id),
      big: '12345678901234567890',
      set: ['1'],
      map: { [String(id)]: { time: String(time) } },
      bytes: Buffer.from('abc').toString('base64'),
      floats: [0.5],
      at: '1970-01-01T00:00:00.000Z',
      nothing: null,
      copy: { id: String(id), views: '7' },
      nested: [
        {
          hits: { id: String(id), views: '7' },
          view: { stock: '3', id: String(id) },
        },
      ],
      isThere: true,
    })
    expect((await get('bare')).body).toBe(String(id))
  })

  it('sends files unchanged', async () => {
    expect((await get('file')).body).toBe('text')
  })
})

describe('pipes', () => {
  it('convert parameters', async () => {
    expect(await json(`uuid/${String(id).toUpperCase()}`)).toEqual({
      given: String(id),
      isUuid: true,
    })
    expect(await json(`time/${time}`)).toMatchObject({ given: String(time) })
  })

  it.each([
    ['uuid/7', 'id must be a uuid'],
    ['time/7', 'id must be a timeuuid (a uuid of version 1)'],
    [`time/${id}`, 'id must be a timeuuid (a uuid of version 1)'],
  ])('refuse %s with status 400', async (path, message) => {
    const { status, body } = await get(path)
    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ message })
  })
})

it('needs no data source for values', () => {
  expect(new CoodieJsonInterceptor()).toBeInstanceOf(CoodieJsonInterceptor)
  expect(ReadRepository).toBeDefined()
})

it('leaves no data source open when another one cannot be opened', async () => {
  const destroy = jest.spyOn(DataSource.prototype, 'destroy')
  const opened = jest.spyOn(DataSource.prototype, 'initialize')
  const compiling = Test.createTestingModule({
    imports: [
      CoodieModule.forRoot({ ...connection(), keyspace: keyspace.name, entities: [Account] }),
      CoodieModule.forRoot({
        name: 'other',
        contactPoints: ['127.0.0.1:1'],
        localDataCenter: 'datacenter1',
        entities: [],
        retryAttempts: 1,
      }),
    ],
  })
    .setLogger(false as never)
    .compile()
  await expect(compiling).rejects.toThrow()
  const first = (opened.mock.contexts as readonly DataSource[]).find(
    (db) => db.entityMetadatas.length > 0,
  )
  expect(destroy.mock.contexts).toContain(first)
  expect(first).toBeInstanceOf(DataSource)
  expect(first?.isInitialized).toBe(false)
  jest.restoreAllMocks()
})
