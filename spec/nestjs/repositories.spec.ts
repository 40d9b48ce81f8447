import { type DynamicModule, Inject, Injectable, Module } from '@nestjs/common'
import { Test, type TestingModule } from '@nestjs/testing'
import {
  ClusteringKey,
  Column,
  CounterColumn,
  CounterRepository,
  DataSource,
  Entity,
  EntityRepository,
  Index,
  MaterializedView,
  PartitionKey,
  ReadRepository,
  Repository,
  Uuid,
} from '../../lib'
import {
  CoodieModule,
  InjectDataSource,
  InjectRepository,
  getDataSourceToken,
  getRepositoryToken,
} from '../../lib/nestjs'
import { connection, useKeyspace } from '../server/keyspace'

@Entity('users')
class User {
  @PartitionKey('uuid') id!: Uuid
  @Index() @Column('text') name!: string
}

@MaterializedView({ from: () => User })
class UserByName {
  @PartitionKey('text') name!: string
  @ClusteringKey('uuid') id!: Uuid
}

@Entity('logins')
class Logins {
  @PartitionKey('uuid') id!: Uuid
  @CounterColumn() count!: bigint
}

@EntityRepository(User)
class UserRepository extends Repository<User> {
  named(name: string): Promise<User[]> {
    return this.findBy({ name })
  }
}

@Injectable()
class UsersService {
  constructor(
    @InjectRepository(User) readonly users: Repository<User>,
    @InjectRepository(UserByName) readonly byName: ReadRepository<UserByName>,
    @InjectRepository(Logins) readonly logins: CounterRepository<Logins>,
    readonly own: UserRepository,
    readonly db: DataSource,
    @InjectDataSource() readonly same: DataSource,
  ) {}
}

const first = useKeyspace()
const second = useKeyspace()
const options = (keyspace: string) => ({
  ...connection(),
  keyspace,
  synchronize: true,
  autoLoadEntities: true,
})
const applications: TestingModule[] = []
async function start(...imports: DynamicModule[]): Promise<TestingModule> {
  return startWith([], ...imports)
}
async function startWith(
  providers: readonly (new (...args: never[]) => object)[],
  ...imports: DynamicModule[]
): Promise<TestingModule> {
  const app = await Test.createTestingModule({ imports, providers: [...providers] }).compile()
  applications.push(app)
  return app.init()
}
afterAll(() => Promise.all(applications.map((app) => app.close())))

it('injects the repository of an entity, a view, counters, one of your own, and the data source', async () => {
  const service = (
    await startWith(
      [UsersService],
      CoodieModule.forRoot(options(first.name)),
      CoodieModule.forFeature([User, UserByName, Logins, UserRepository]),
    )
  ).get(UsersService)
  expect(service.users.constructor).toBe(Repository)
  expect(service.byName.constructor).toBe(ReadRepository)
  expect(service.logins.constructor).toBe(CounterRepository)
  expect(service.own).toBeInstanceOf(UserRepository)
  expect(service.db).toBe(service.same)
  expect(service.db.getRepository(User)).toBe(service.users)

  const id = Uuid.random()
  await service.users.save({ id, name: 'Ann' })
  await service.logins.increment({ id }, { count: 2n })
  expect(await service.own.named('Ann')).toMatchObject([{ name: 'Ann' }])
  expect(await service.logins.findOneBy({ id })).toMatchObject({ count: 2n })
})

it('keeps the repositories of one class on several data sources apart', async () => {
  @Injectable()
  class Both {
    constructor(
      @InjectRepository(User) readonly here: Repository<User>,
      @InjectRepository(User, 'archive') readonly there: Repository<User>,
      readonly own: UserRepository,
      @InjectRepository(UserRepository, 'archive') readonly ownThere: UserRepository,
      @InjectDataSource('archive') readonly archive: DataSource,
    ) {}
  }
  const app = await startWith(
    [Both],
    CoodieModule.forRoot(options(first.name)),
    CoodieModule.forRoot({ ...options(second.name), name: 'archive' }),
    CoodieModule.forFeature([User, UserRepository]),
    CoodieModule.forFeature([User, UserRepository], 'archive'),
  )
  const both = app.get(Both)
  const id = Uuid.random()
  await both.there.save({ id, name: 'Old' })
  expect(await both.here.findOneBy({ id })).toBeNull()
  expect(await both.own.findOneBy({ id })).toBeNull()
  expect(await both.ownThere.named('Old')).toMatchObject([{ name: 'Old' }])
  expect(both.archive).toBe(app.get(getDataSourceToken('archive')))
  expect(both.archive.getRepository(User)).toBe(both.there)
  expect(app.get(DataSource)).not.toBe(both.archive)
})

it('loads the entities of every forFeature of its data source, and of no other', async () => {
  @Module({ imports: [CoodieModule.forFeature([UserRepository])] })
  class UsersModule {}
  @Module({ imports: [UsersModule, CoodieModule.forFeature([Logins], 'archive')] })
  class Inner {}
  const app = await start(
    CoodieModule.forRoot({ ...options(first.name), entities: [UserByName] }),
    CoodieModule.forRoot({ ...options(second.name), name: 'archive' }),
    { module: Inner },
  )
  const classesOf = (name?: string) =>
    app.get<DataSource>(getDataSourceToken(name)).entityMetadatas.map(({ target }) => target)
  expect(classesOf()).toEqual([UserByName, User])
  expect(classesOf('archive')).toEqual([Logins])

  const next = await start(
    CoodieModule.forRoot(options(first.name)),
    CoodieModule.forFeature([Logins]),
  )
  expect(next.get(DataSource).entityMetadatas.map(({ target }) => target)).toEqual([Logins])
})

it('loads none unless asked to', async () => {
  const { autoLoadEntities: _, ...listed } = { ...options(first.name), entities: [Logins] }
  await expect(
    start(CoodieModule.forRoot(listed), CoodieModule.forFeature([User])),
  ).rejects.toThrow('User is not among the entities of this DataSource; add it to entities')
})

it('gives classes of one name tokens of their own', async () => {
  const Other = (() => {
    @Entity('other_users')
    class User {
      @PartitionKey('uuid') id!: Uuid
    }
    return User
  })()
  expect(getRepositoryToken(Other)).not.toBe(getRepositoryToken(User))
  const app = await start(
    CoodieModule.forRoot(options(first.name)),
    CoodieModule.forFeature([User]),
    CoodieModule.forFeature([Other]),
  )
  expect(app.get<Repository<User>>(getRepositoryToken(User)).metadata.table).toBe('users')
  expect(app.get<Repository<User>>(getRepositoryToken(Other)).metadata.table).toBe('other_users')
})

it('has one token for a class on a data source', () => {
  expect(getRepositoryToken(User)).toBe(getRepositoryToken(User, 'default'))
  expect(getRepositoryToken(User, 'archive')).toBe(getRepositoryToken(User, 'archive'))
  expect(getRepositoryToken(User, 'archive')).not.toBe(getRepositoryToken(User))
  expect(getRepositoryToken(UserRepository)).toBe(UserRepository)
  expect(getDataSourceToken()).toBe(DataSource)
  expect(getDataSourceToken('default')).toBe(DataSource)
  class SpecialUser extends User {}
  expect(getRepositoryToken(SpecialUser)).not.toBe(getRepositoryToken(User))
})

describe('refuses', () => {
  it('a class that an import in a circle has left undefined', () => {
    const circle =
      'Its file is probably imported in a circle: it imports the file that names it here. ' +
      'Move the shared parts into another file'
    const missing = undefined as unknown as typeof User
    expect(() => CoodieModule.forFeature([User, missing])).toThrow(
      'CoodieModule.forFeature, at index 1, needs a class with @Entity(), @MaterializedView() or ' +
        `@EntityRepository(), got undefined. ${circle}`,
    )
    for (const use of [InjectRepository, getRepositoryToken])
      expect(() => use(missing)).toThrow(circle)
    expect(() => CoodieModule.forFeature(['User' as never])).toThrow('got User')
    expect(() => CoodieModule.forFeature(User as never)).toThrow(
      'CoodieModule.forFeature needs an array of classes',
    )
  })

  it('two data sources of one name, of which nobody would know which is meant', async () => {
    const archive = () => CoodieModule.forRoot({ ...options(second.name), name: 'archive' })
    await expect(start(archive(), archive())).rejects.toThrow(
      `CoodieModule: two data sources of the application are called 'archive'; ` +
        'give all but one a name: forRoot({ name })',
    )
    const shared = CoodieModule.forRoot(options(first.name))
    @Module({ imports: [shared] })
    class Inner {}
    await start(shared, { module: Inner })
  })

  it('a repository of which the entity is not known', async () => {
    class Nameless extends Repository<User> {}
    const text =
      'Nameless does not name its entity; write @EntityRepository(Product) above class Nameless'
    const root = CoodieModule.forRoot(options(first.name))
    await expect(start(root, CoodieModule.forFeature([Nameless]))).rejects.toThrow(text)
  })

  it('a repository among the providers, which Nest would make', async () => {
    @Injectable()
    @EntityRepository(User)
    class Provided extends Repository<User> {}
    await expect(startWith([Provided])).rejects.toThrow(
      'Provided is made by a DataSource: getCustomRepository(Provided), or in Nest ' +
        'CoodieModule.forFeature([Provided]); leave it out of providers',
    )
  })

  it('to inject what no module registered, by a name that one can read', async () => {
    @Injectable()
    class Service {
      constructor(@InjectRepository(User, 'archive') readonly users: Repository<User>) {}
    }
    await expect(startWith([Service])).rejects.toThrow('Repository(User, archive)')
    @Injectable()
    class Other {
      constructor(@Inject(getDataSourceToken('archive')) readonly db: DataSource) {}
    }
    await expect(startWith([Other])).rejects.toThrow('CoodieDataSource(archive)')
  })
})
