import { Client } from 'cassandra-driver'
import {
  Append,
  ClusteringKey,
  Column,
  DataSource,
  Entity,
  ExecutionError,
  In,
  PartitionKey,
  type Repository,
} from '../../../lib'
import { connection, useKeyspace } from '../../server/keyspace'
import { useTraffic } from '../../server/traffic'

@Entity('items')
class Item {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') at!: number
  @Column('text') name?: string | null
  @Column('int') amount?: number | null
  @Column('list<text>') tags?: string[] | null
}

const keyspace = useKeyspace()
const traffic = useTraffic()
const ddl = async (cql: string) =>
  keyspace.client.execute(cql.replaceAll('ks.', `${keyspace.name}.`))

let db: DataSource
let items: Repository<Item>
beforeEach(async () => {
  db = await new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [Item],
    synchronize: true,
  }).initialize()
  items = db.getRepository(Item)
})
afterEach(async () => {
  await db.destroy()
  await ddl('DROP TABLE IF EXISTS ks.items')
})

/** Every kind of statement once, so that all are prepared. */
const statements: Readonly<Record<string, () => Promise<unknown>>> = {
  find: () => items.findBy({ id: 1 }),
  stream: async () => {
    for await (const item of items.stream({ where: { id: 1 } })) expect(item).toBeInstanceOf(Item)
  },
  save: () => items.save({ id: 1, at: 1, name: 'x', amount: 1 }),
  insert: () => items.insert({ id: 1, at: 1, amount: 1 }, { ifNotExists: true }),
  update: () => items.update({ id: 1, at: 1 }, { amount: 2 }),
  'update if': () => items.update({ id: 1, at: 1 }, { name: 'y' }, { if: { amount: 5 } }),
  delete: () => items.delete({ id: 1, at: 9 }, { columns: ['amount'] }),
  batch: () => db.batch().save(Item, { id: 1, at: 2, amount: 1 }).execute(),
}

async function runAll(): Promise<void> {
  for (const run of Object.values(statements)) await run()
}

/** What each statement fails with; what succeeds is left out. */
async function failures(): Promise<Record<string, string>> {
  const said: Record<string, string> = {}
  for (const [name, run] of Object.entries(statements)) {
    await run().catch((error: unknown) => {
      expect(error).toBeInstanceOf(ExecutionError)
      expect(error).toMatchObject({ kind: 'invalid', cql: expect.any(String) as string })
      said[name] = (error as Error).message
    })
  }
  return said
}

/** Each statement with a message that the server gave, which contains a name. */
const allNaming = (name: string) =>
  Object.fromEntries(
    Object.keys(statements).map((statement) => [
      statement,
      expect.stringMatching(new RegExp(`\\b${name}\\b`, 'u')) as string,
    ]),
  )

describe('A.15 a prepared statement', () => {
  it('names the cause after its column was dropped', async () => {
    await runAll()
    await ddl('ALTER TABLE ks.items DROP amount')
    expect(await failures()).toEqual(allNaming('amount'))
  })

  it('names the cause after a column of its key was renamed', async () => {
    await runAll()
    await ddl('ALTER TABLE ks.items RENAME at TO moment')
    expect(await failures()).toEqual(allNaming('at'))
  })

  it('names the cause after its table was dropped, and works again when that is back', async () => {
    await runAll()
    await ddl('DROP TABLE ks.items')
    expect(await failures()).toEqual(allNaming('items'))
    await ddl(
      'CREATE TABLE ks.items (id int, at int, name text, amount int, tags list<text>, PRIMARY KEY (id, at))',
    )
    await runAll()
    expect(await items.findBy({ id: 1 })).toHaveLength(2)
  })

  it('goes on after a column was added, with the same columns', async () => {
    await runAll()
    const before = await items.findBy({ id: 1 })
    await ddl('ALTER TABLE ks.items ADD (aaa text, zzz int)')
    await ddl(`UPDATE ks.items SET aaa = 'a', zzz = 9 WHERE id = 1 AND at = 1`)
    expect(await failures()).toEqual({})
    expect(await items.findBy({ id: 1 })).toEqual(before)
  })
})

describe('A.29 a cluster that forbids USE', () => {
  it('is served by a client without a keyspace: every statement names its table in full', async () => {
    const client = new Client(connection())
    const given = await new DataSource({
      client,
      keyspace: keyspace.name,
      entities: [Item],
      synchronize: true,
      validateSchema: 'error',
    }).initialize()
    try {
      const repository = given.getRepository(Item)
      await repository.save({ id: 1, at: 1, tags: [] })
      await repository.update({ id: 1, at: In([1, 2]) }, { tags: Append(['a']) })
      expect(await repository.count({ where: { id: 1 } })).toBe(2)
      await repository.delete({ id: 1 }, { columns: ['name'] }).catch(() => undefined)
      await repository.delete({ id: 1 })
      await given.batch().save(Item, { id: 2, at: 1 }).execute()
      await repository.truncate()
      expect(client.keyspace).toBeUndefined()
      const sent = traffic.take().filter((cql) => !/\bsystem(?:_\w+)?\./u.test(cql))
      expect(sent.length).toBeGreaterThan(5)
      for (const cql of sent) expect(cql).toContain(`"${keyspace.name}"."items"`)
    } finally {
      await client.shutdown()
    }
  })
})
