import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Inject,
  Injectable,
  Module,
  NotFoundException,
  Param,
  Scope,
  UseGuards,
} from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { APP_GUARD, REQUEST } from '@nestjs/core'
import { Test } from '@nestjs/testing'
import { Column, DataSource, Entity, EntityRepository, PartitionKey, Repository } from '../../lib'
import {
  CoodieModule,
  InjectRepository,
  getDataSourceToken,
  getRepositoryToken,
} from '../../lib/nestjs'
import { connection, useKeyspace } from '../server/keyspace'
import { useTraffic } from '../server/traffic'

@Entity('users')
class User {
  @PartitionKey('text') name!: string
  @Column('boolean') isActive = true
}

@EntityRepository(User)
class UserRepository extends Repository<User> {
  async isActive(name: string): Promise<boolean> {
    return (await this.findOneBy({ name }))?.isActive === true
  }
}

@Injectable()
class UsersService {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  async find(name: string): Promise<User> {
    const user = await this.users.findOneBy({ name })
    if (user === null) throw new NotFoundException()
    return user
  }
}

@Injectable()
class ActiveGuard implements CanActivate {
  constructor(private readonly users: UserRepository) {}

  canActivate(context: ExecutionContext): Promise<boolean> {
    const { headers } = context.switchToHttp().getRequest<{ headers: { user: string } }>()
    return this.users.isActive(headers.user)
  }
}

/** Every request reads in the keyspace that its header says. */
@Injectable({ scope: Scope.REQUEST })
class Tenant {
  static made = 0
  readonly users: Repository<User>
  constructor(
    @Inject(REQUEST) request: { headers: { keyspace?: string } },
    @InjectRepository(User) users: Repository<User>,
  ) {
    Tenant.made++
    this.users = users.with({ keyspace: request.headers.keyspace ?? keyspace.name })
  }
}

@Controller('users')
class UsersController {
  constructor(
    private readonly service: UsersService,
    private readonly tenant: Tenant,
  ) {}

  @Get('here')
  async here() {
    return (await this.tenant.users.find({ select: ['name'] })).map(({ name }) => name)
  }

  @Get(':name')
  @UseGuards(ActiveGuard)
  find(@Param('name') name: string) {
    return this.service.find(name)
  }
}

@Module({
  imports: [CoodieModule.forFeature([User, UserRepository])],
  providers: [UsersService, Tenant, ActiveGuard],
  controllers: [UsersController],
})
class UsersModule {}

const keyspace = useKeyspace()
const other = useKeyspace()
const traffic = useTraffic()

const options = (config: ConfigService) => ({
  contactPoints: config.getOrThrow<string>('CASSANDRA_HOSTS').split(','),
  localDataCenter: config.getOrThrow<string>('CASSANDRA_DC'),
  keyspace: config.getOrThrow<string>('CASSANDRA_KEYSPACE'),
  synchronize: true,
  autoLoadEntities: true,
})

@Module({
  imports: [
    ConfigModule.forRoot({
      ignoreEnvFile: true,
      isGlobal: true,
      load: [
        () => ({
          CASSANDRA_HOSTS: connection().contactPoints.join(','),
          CASSANDRA_DC: connection().localDataCenter,
          CASSANDRA_KEYSPACE: keyspace.name,
        }),
      ],
    }),
    CoodieModule.forRootAsync({ inject: [ConfigService], useFactory: options }),
    UsersModule,
  ],
})
class AppModule {}

describe('an application', () => {
  it('is tested from end to end, and closed with all that it opened', async () => {
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile()
    const app = module.createNestApplication({ logger: false })
    await app.listen(0, '127.0.0.1')
    const url = await app.getUrl()
    const get = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}/users/${path}`, { headers })
      return [response.status, await response.json()] as const
    }
    const db = app.get(DataSource)
    await db.getRepository(User).save([
      { name: 'Ann', isActive: true },
      { name: 'Bob', isActive: false },
    ])

    // A guard with a repository.
    expect(await get('Bob', { user: 'Ann' })).toEqual([200, { name: 'Bob', isActive: false }])
    expect(await get('Cid', { user: 'Ann' })).toMatchObject([404, {}])
    expect((await get('Ann', { user: 'Bob' }))[0]).toBe(403)

    // A provider of one request, which chooses the keyspace.
    await keyspace.client.execute(
      `CREATE TABLE ${other.name}.users (name text PRIMARY KEY, is_active boolean)`,
    )
    await keyspace.client.execute(`INSERT INTO ${other.name}.users (name) VALUES ('Eve')`)
    const made = Tenant.made
    expect(await get('here', { keyspace: other.name })).toEqual([200, ['Eve']])
    expect((await get('here', { keyspace: keyspace.name }))[1]).toHaveLength(2)
    expect(Tenant.made).toBe(made + 2)
    expect(app.get(getRepositoryToken(User))).toBe(db.getRepository(User))

    await app.close()
    expect(db.isInitialized).toBe(false)
    await expect(db.ping()).rejects.toThrow('the data source was destroyed')
  })
})

describe('a test that replaces', () => {
  const users = { findOneBy: jest.fn(async () => ({ name: 'Fake' })) }

  it('the repository of a service, without a data source', async () => {
    const module = await Test.createTestingModule({
      providers: [UsersService, { provide: getRepositoryToken(User), useValue: users }],
    }).compile()
    expect(await module.get(UsersService).find('x')).toEqual({ name: 'Fake' })
    expect(users.findOneBy).toHaveBeenCalledWith({ name: 'x' })
  })

  it('the repository in an application', async () => {
    const module = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(getRepositoryToken(User))
      .useValue(users)
      .compile()
    expect(await module.get(UsersService).find('x')).toEqual({ name: 'Fake' })
    await module.close()
  })

  it('the data source and all repositories, and nothing is sent', async () => {
    traffic.take()
    const module = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(getDataSourceToken())
      .useValue({})
      .overrideProvider(getRepositoryToken(User))
      .useValue(users)
      .overrideProvider(UserRepository)
      .useValue({ isActive: async () => true })
      .compile()
    expect(await module.get(UsersService).find('x')).toEqual({ name: 'Fake' })
    await module.close()
    expect(traffic.take()).toEqual([])
  })

  it('the guard of all routes by one with a repository', async () => {
    const module = await Test.createTestingModule({
      imports: [AppModule, CoodieModule.forFeature([UserRepository])],
      providers: [{ provide: APP_GUARD, useClass: ActiveGuard }],
    }).compile()
    const app = module.createNestApplication({ logger: false })
    await app.listen(0, '127.0.0.1')
    const { status } = await fetch(`${await app.getUrl()}/users/here`, {
      headers: { user: 'Nobody' },
    })
    expect(status).toBe(403)
    await app.close()
  })
})
