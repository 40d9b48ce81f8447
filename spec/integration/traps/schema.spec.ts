import {
  ClusteringKey,
  Column,
  DataSource,
  type DataSourceOptions,
  Entity,
  Index,
  PartitionKey,
  SchemaError,
  getEntityMetadata,
  frozen,
  tuple,
  vector,
  Field,
  UserDefinedType,
} from '../../../lib'
import { failure } from '../../server/failure'
import { connection, useKeyspace } from '../../server/keyspace'
import { useTraffic } from '../../server/traffic'

const keyspace = useKeyspace()
const traffic = useTraffic()
const opened: DataSource[] = []

async function open(
  entities: DataSourceOptions['entities'],
  options: Partial<DataSourceOptions> = {},
): Promise<DataSource> {
  const db = await new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities,
    ...options,
  }).initialize()
  opened.push(db)
  return db
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.destroy()))
})

const ddl = async (cql: string) =>
  keyspace.client.execute(cql.replaceAll('ks.', `${keyspace.name}.`))
const sentDdl = () => traffic.take().filter((cql) => !cql.startsWith('SELECT'))

describe('A.11 IF NOT EXISTS over something else', () => {
  @Entity('things')
  class Thing {
    @PartitionKey('int') id!: number
    @Column('text') name?: string | null
    @Index() @Column('int') size?: number | null
    @Index({ name: 'things_by_other' }) @Column('int') other?: number | null
    @Index({ using: 'sai' }) @Column('int') level?: number | null
  }

  it('is told by sync, which changes nothing then', async () => {
    await ddl(
      'CREATE TABLE ks.things (id int PRIMARY KEY, name int, size int, other int, level int)',
    )
    await ddl('CREATE TABLE ks.elsewhere (id int PRIMARY KEY, v int)')
    await ddl('CREATE INDEX things_size_idx ON ks.things (name)')
    await ddl('CREATE INDEX things_by_other ON ks.elsewhere (v)')
    await ddl('CREATE INDEX things_level_idx ON ks.things (level)')
    const db = await open([Thing])
    traffic.take()
    const error = await failure(() => db.schema.sync())
    expect(error).toBeInstanceOf(SchemaError)
    expect(error.message.split('\n').slice(1)).toEqual([
      `  ${keyspace.name}.things`,
      expect.stringMatching(/^ {4}- things\.name is declared as text and is int in the cluster; /u),
      '    - index things_by_other on things does not exist in the cluster, and an index on ' +
        'elsewhere ("v") has that name; correct the column first, or give the index another name',
    ])
    // Names that no class gives are chosen among those that are free.
    const { changes } = await db.schema.plan()
    expect(
      changes.flatMap(({ kind, safety, name }) =>
        kind === 'createIndex' && safety === 'safe' ? [name] : [],
      ),
    ).toEqual(['things_size_idx_1', 'things_level_idx_1'])
    expect(sentDdl()).toEqual([])
    await expect(open([Thing], { validateSchema: 'error' })).rejects.toThrow(
      'things.name is declared as text and is int in the cluster',
    )
  })

  it('tells two classes that give two indexes one name', async () => {
    @Entity('first')
    class First {
      @PartitionKey('int') id!: number
      @Index({ name: 'one_name' }) @Column('int') a?: number | null
    }
    @Entity('second')
    class Second {
      @PartitionKey('int') id!: number
      @Index({ name: 'one_name' }) @Column('int') b?: number | null
    }
    const db = await open([First, Second])
    traffic.take()
    await expect(db.schema.sync()).rejects.toThrow(
      'index one_name on second does not exist in the cluster',
    )
    expect(sentDdl()).toEqual([])
  })
})

it('A.14 extensions, which the server would drop, are no table option', () => {
  expect(() => {
    @Entity({ name: 'x', extensions: { a: '0x01' } } as never)
    class Extended {
      @PartitionKey('int') id!: number
    }
    return getEntityMetadata(Extended)
  }).toThrow("'extensions' is not an option of @Entity()")
})

it('A.19 an option that the server dies on is told with its statement', async () => {
  @Entity({ name: 'repaired', readRepair: 'x' })
  class Repaired {
    @PartitionKey('int') id!: number
  }
  const db = await open([Repaired])
  const error = await failure(() => db.schema.sync())
  expect(error).toMatchObject({ code: 'EXECUTION', cql: expect.stringContaining('read_repair') })
  expect(error.message).not.toBe('')
})

it('A.20 vectors that the driver’s schema metadata cannot parse are made, written and read', async () => {
  @UserDefinedType('point')
  class Point {
    @Field('int') x?: number | null
  }
  @Entity('vectors')
  class Vectors {
    @PartitionKey('int') id!: number
    @Column(vector(frozen(tuple('int', 'text')), 2)) pairs?: [number, string][] | null
    @Column(vector(vector('float', 2), 2)) nested?: number[][] | null
    @Column(
      vector(
        frozen(() => Point),
        2,
      ),
    )
    points?: Point[] | null
  }
  const db = await open([Vectors], { synchronize: true })
  await expect(db.client.metadata.getTable(keyspace.name, 'vectors')).rejects.toThrow()
  const row = {
    id: 1,
    pairs: [
      [1, 'a'],
      [2, 'b'],
    ] as [number, string][],
    nested: [
      [1, 2],
      [3, 4],
    ],
    points: [{ x: 1 }, { x: 2 }] as Point[],
  }
  const repository = db.getRepository(Vectors)
  await repository.save(row)
  const read = await repository.findOneByOrFail({ id: 1 })
  expect({ ...read, points: read.points?.map(({ x }) => ({ x })) }).toEqual(row)
  expect((await db.schema.plan()).changes).toEqual([])
})

it('A.30 a dropped column that comes back with another type is told with its name', async () => {
  @Entity('dropped')
  class Dropped {
    @PartitionKey('int') id!: number
    @Column('bigint') v?: bigint | null
  }
  await ddl('CREATE TABLE ks.dropped (id int PRIMARY KEY, v int)')
  await ddl('ALTER TABLE ks.dropped DROP v')
  const db = await open([Dropped])
  const error = await failure(() => db.schema.sync())
  expect(error.code).toBe('SCHEMA')
  expect(error.message).toContain(
    'column dropped.v does not exist in the cluster, and a column that was dropped as int cannot be added again as bigint; ' +
      'declare the column as it is in the cluster, or give it another name',
  )
})

it('A.33 a type that the server writes in another way is no difference', async () => {
  @Entity('written')
  class Written {
    @PartitionKey('varchar') id!: string
    @ClusteringKey('frozen<tuple<int, varchar>>') at!: [number, string]
    @Column('tuple<int, text>') pair?: [number, string] | null
    @Column('frozen<vector<float, 2>>') place?: number[] | null
    @Column('frozen<list<varchar>>') path?: string[] | null
    @Column('map<varchar, frozen<set<int>>>') groups?: Map<string, Set<number>> | null
  }
  const db = await open([Written], { synchronize: true })
  expect((await db.schema.plan()).changes).toEqual([])
})
