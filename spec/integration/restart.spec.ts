import { ExecutionProfile, policies, types } from 'cassandra-driver'
import { Column, DataSource, type DataSourceOptions, Entity, PartitionKey } from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'

@Entity('things')
class Thing {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
}

const keyspace = useKeyspace()
const { localQuorum } = types.consistencies
const { DCAwareRoundRobinPolicy, TokenAwarePolicy } = policies.loadBalancing
const heavy = () => new ExecutionProfile('heavy', { consistency: localQuorum })
const localDc = () => new DCAwareRoundRobinPolicy(connection().localDataCenter)
const createKeyspace = { replication: { class: 'SimpleStrategy', replication_factor: 1 } }

const options = (more: Partial<DataSourceOptions>): DataSourceOptions => ({
  ...connection(),
  keyspace: keyspace.name,
  entities: [Thing],
  synchronize: true,
  ...more,
})

/** Options with objects that a client of the driver keeps for itself. */
const kept: readonly [string, () => Partial<DataSourceOptions>][] = [
  ['nothing', () => ({})],
  ['execution profiles', () => ({ profiles: [heavy()] })],
  ['a policy', () => ({ policies: { loadBalancing: new TokenAwarePolicy(localDc()) } })],
  [
    'the default policy',
    () => ({
      policies: {
        loadBalancing: policies.defaultLoadBalancingPolicy(connection().localDataCenter),
      },
    }),
  ],
  [
    'a profile with a policy of its own',
    () => ({ profiles: [new ExecutionProfile('far', { loadBalancing: localDc() })] }),
  ],
]

it.each(kept)('a data source with %s creates its keyspace, and starts again', async (_, make) => {
  const db = new DataSource(options({ ...make(), createKeyspace }))
  const things = db.getRepository(Thing)
  for (let i = 0; i < 3; i++) {
    await db.initialize()
    await things.save(things.create({ id: i }))
    expect(await things.existsBy({ id: i })).toBe(true)
    await db.destroy()
  }
})

it('leaves the profiles that it was given as they were, for several data sources', async () => {
  const profiles = [heavy()]
  const sources = [1, 2].map(() => new DataSource(options({ profiles })))
  await Promise.all(sources.map((db) => db.initialize()))
  for (const db of sources) {
    expect(await db.getRepository(Thing).find({ executionProfile: 'heavy' })).toHaveLength(3)
  }
  expect(profiles).toEqual([heavy()])
  await Promise.all(sources.map((db) => db.destroy()))
})

it('refuses an execution profile that the client does not have', async () => {
  const db = await new DataSource(options({ profiles: [heavy()] })).initialize()
  const things = db.getRepository(Thing)
  const message = `'hevy' is not an execution profile; the client has 'heavy', 'default'; did you mean 'heavy'?`
  for (const call of [
    () => things.find({ executionProfile: 'hevy' }),
    () => things.with({ executionProfile: 'hevy' }).save(things.create({ id: 9 })),
    () =>
      db
        .batch({ executionProfile: 'hevy' })
        .insert(Thing, things.create({ id: 9 }))
        .execute(),
  ]) {
    expect(await failure(call)).toMatchObject({ code: 'STATEMENT', message })
  }
  await db.destroy()
})
