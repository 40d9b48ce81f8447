import {
  ClusteringKey,
  Column,
  DataSource,
  type DataSourceOptions,
  Entity,
  Index,
  PartitionKey,
  SchemaError,
  StaticColumn,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'
import { useTraffic } from '../server/traffic'

@Entity({
  name: 'readings',
  comment: `it's measured`,
  gcGraceSeconds: 3600,
  defaultTimeToLive: 86_400,
  bloomFilterFpChance: 0.05,
  compaction: { class: 'LeveledCompactionStrategy', sstable_size_in_mb: 80 },
  compression: { class: 'LZ4Compressor', chunk_length_in_kb: 32 },
  caching: { keys: 'ALL', rows_per_partition: 'NONE' },
  speculativeRetry: '99p',
})
class Reading {
  @PartitionKey('text') tenant!: string
  @PartitionKey('date', { as: 'string' }) day!: string
  @ClusteringKey('timestamp', { order: 'desc' }) at!: Date
  @ClusteringKey('int') channel!: number
  @StaticColumn('text') unit?: string | null
  @Column('double') value?: number | null
  @Index() @Column('text') sensor?: string | null
  @Index({ using: 'sai' }) @Column('int') level?: number | null
  @Index({ on: 'keys' })
  @Index({ on: 'entries', name: 'readings_attrs_entries' })
  @Index({ on: 'values' })
  @Column('map<text, text>')
  attrs?: Map<string, string> | null
  @Index() @Column('set<int>') marks?: Set<number> | null
  @Index({ on: 'full' }) @Column('frozen<list<int>>') path?: number[] | null
}

const keyspace = useKeyspace()
const traffic = useTraffic()
const opened: DataSource[] = []

async function open(...entities: DataSourceOptions['entities'][number][]): Promise<DataSource> {
  const db = await new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities,
  }).initialize()
  opened.push(db)
  traffic.take()
  return db
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.destroy()))
})

const rows = async (table: string, cql = 'SELECT * FROM') =>
  (
    await keyspace.client.execute(
      `${cql} system_schema.${table} WHERE keyspace_name = ?`,
      [keyspace.name],
      { prepare: true },
    )
  ).rows.map((row) => ({ ...row }))

/** Only DDL of what was sent. */
const ddl = () => traffic.take().filter((cql) => !cql.startsWith('SELECT'))

describe('sync', () => {
  it('creates the table with its keys, its order, its options and its indexes', async () => {
    const db = await open(Reading)
    const planned = (await db.schema.plan()).changes
    expect(planned.map(({ kind, safety }) => [kind, safety])).toEqual([
      ['createTable', 'safe'],
      ...Array.from({ length: 7 }, () => ['createIndex', 'safe']),
    ])
    expect(planned[0]?.reason).toBe('table readings does not exist in the cluster')
    expect(await db.schema.sync({ dryRun: true })).toEqual(planned.map(({ cql }) => cql))
    expect(ddl()).toEqual([])
    const run = await db.schema.sync()
    expect(run).toEqual(planned.map(({ cql }) => cql))
    expect(ddl()).toEqual(run)
    expect(run[0]).toContain('WITH CLUSTERING ORDER BY ("at" DESC, "channel" ASC) AND ')

    const columns = await rows('columns')
    const of = (name: string) => columns.find((column) => column['column_name'] === name)
    expect(of('tenant')).toMatchObject({ kind: 'partition_key', position: 0, type: 'text' })
    expect(of('day')).toMatchObject({ kind: 'partition_key', position: 1, type: 'date' })
    expect(of('at')).toMatchObject({ kind: 'clustering', position: 0, clustering_order: 'desc' })
    expect(of('channel')).toMatchObject({
      kind: 'clustering',
      position: 1,
      clustering_order: 'asc',
    })
    expect(of('unit')).toMatchObject({ kind: 'static' })
    expect(of('path')).toMatchObject({ kind: 'regular', type: 'frozen<list<int>>' })
    const [table] = await rows('tables')
    expect(table).toMatchObject({
      comment: `it's measured`,
      gc_grace_seconds: 3600,
      default_time_to_live: 86_400,
      bloom_filter_fp_chance: 0.05,
      speculative_retry: '99p',
      caching: { keys: 'ALL', rows_per_partition: 'NONE' },
    })
    expect(table?.['compaction']).toMatchObject({ sstable_size_in_mb: '80' })
    expect(table?.['compression']).toMatchObject({ chunk_length_in_kb: '32' })
    const indexes = (await rows('indexes')).map((index) => [
      index['kind'],
      (index['options'] as Record<string, string>)['target'],
    ])
    expect(indexes.sort((a, b) => String(a[1]).localeCompare(String(b[1])))).toEqual([
      ['COMPOSITES', 'entries(attrs)'],
      ['COMPOSITES', 'full(path)'],
      ['COMPOSITES', 'keys(attrs)'],
      ['CUSTOM', 'level'],
      ['COMPOSITES', 'sensor'],
      ['COMPOSITES', 'values(attrs)'],
      ['COMPOSITES', 'values(marks)'],
    ])
  })

  it('finds nothing to do afterwards, in this process without asking', async () => {
    const db = await open(Reading)
    expect((await db.schema.plan()).changes).toEqual([])
    expect(await db.schema.sync()).toEqual([])
    traffic.take()
    expect(await db.schema.sync()).toEqual([])
    expect(traffic.take()).toEqual([])
  })

  it('adds the columns and indexes that are missing, static ones too', async () => {
    @Entity('readings')
    class Grown extends Reading {
      @Column('text') note?: string | null
      @StaticColumn('int') owner?: number | null
      @Index() @Column('list<frozen<map<text, int>>>') history?: Map<string, number>[] | null
    }
    const db = await open(Grown)
    const table = `"${keyspace.name}"."readings"`
    const run = await db.schema.sync()
    expect([...run].sort()).toEqual([
      `ALTER TABLE ${table} ADD ("history" list<frozen<map<text, int>>>)`,
      `ALTER TABLE ${table} ADD ("note" text)`,
      `ALTER TABLE ${table} ADD ("owner" int STATIC)`,
      `CREATE INDEX IF NOT EXISTS "readings_history_idx" ON ${table} ("history")`,
    ])
    expect((await db.schema.plan()).changes).toEqual([])
    // What the other class does not map is none of its business to remove.
    const other = await open(Reading)
    expect(await other.schema.sync()).toEqual([])
  })

  it('refuses options that it does not have', async () => {
    const db = await open(Reading)
    const error = await failure(() => db.schema.sync({ dryrun: true } as never))
    expect(error.message).toBe(`sync has no option 'dryrun'; did you mean 'dryRun'?`)
    expect(traffic.take()).toEqual([])
  })
})

describe('what no statement can mend', () => {
  it('is listed all at once, and nothing is executed', async () => {
    await keyspace.client.execute(
      `CREATE TABLE ${keyspace.name}.wrong (a int, b int, c int, d int, v text, s text, PRIMARY KEY ((a, b), c, d))`,
    )
    @Entity('wrong')
    class Wrong {
      @PartitionKey('int') b!: number
      @PartitionKey('int') a!: number
      @ClusteringKey('int', { order: 'desc' }) c!: number
      @ClusteringKey('int') e!: number
      @Column('int') v?: number | null
      @StaticColumn('text') s?: string | null
      @Column('text') added?: string | null
    }
    @Entity('untouched')
    class Untouched {
      @PartitionKey('int') id!: number
    }
    const db = await open(Untouched, Wrong)
    const { changes } = await db.schema.plan()
    const impossible = changes.filter(({ safety }) => safety === 'impossible')
    expect(impossible.map(({ cql, reason }) => [cql, reason])).toEqual([
      ['', 'the partition key of wrong is declared as (b, a) and is (a, b) in the cluster'],
      ['', 'wrong.e is declared in the clustering key and does not exist in the cluster'],
      ['', 'no class maps wrong.d, which is in the clustering key in the cluster'],
      ['', `wrong.c is declared with order 'desc' and has order 'asc' in the cluster`],
      ['', 'wrong.s is declared as static and is a regular column in the cluster'],
      ['', 'wrong.v is declared as int and is text in the cluster'],
    ])
    traffic.take()
    const error = await failure(() => db.schema.sync())
    expect(error).toBeInstanceOf(SchemaError)
    for (const { reason } of impossible) expect(error.message).toContain(`\n    - ${reason}; `)
    expect(ddl()).toEqual([])
    expect((await rows('tables')).map((table) => table['table_name'])).not.toContain('untouched')
    const dry = await failure(() => db.schema.sync({ dryRun: true }))
    expect(dry.message).toBe(error.message)
  })

  it('is not a type that is only written in another way', async () => {
    await keyspace.client.execute(
      `CREATE TABLE ${keyspace.name}.same (id varchar PRIMARY KEY, m map<varchar, frozen<set<int>>>)`,
    )
    @Entity('same')
    class Same {
      @PartitionKey('varchar') id!: string
      @Column('map<varchar, frozen<set<int>>>') m?: Map<string, Set<number>> | null
    }
    expect((await (await open(Same)).schema.plan()).changes).toEqual([])
  })
})

describe('several data sources', () => {
  it('may sync at the same time', async () => {
    const make = (withMore: boolean) => {
      class Shared {
        id!: number
      }
      PartitionKey('int')(Shared.prototype, 'id')
      if (withMore) {
        for (const name of ['a', 'b', 'c', 'd']) {
          const decorate = Column('text') as (target: object, key: string) => void
          decorate(Shared.prototype, name)
        }
        Index()(Shared.prototype, 'a')
      }
      Entity('shared')(Shared)
      return Shared
    }
    for (const withMore of [false, true]) {
      const sources = await Promise.all([1, 2, 3].map(() => open(make(withMore))))
      await Promise.all(sources.map((db) => db.schema.sync()))
      for (const db of sources) expect((await db.schema.plan()).changes).toEqual([])
    }
  })
})

describe('a keyspace', () => {
  it('that is not there is named with what to do', async () => {
    @Entity({ name: 'placed', keyspace: 'coodie_absent' })
    class Placed {
      @PartitionKey('int') id!: number
    }
    const db = await open(Placed)
    const error = await failure(() => db.schema.sync())
    expect(error).toBeInstanceOf(SchemaError)
    expect(error.message).toBe(
      'the cluster differs from the classes in ways that sync cannot change:\n' +
        '  coodie_absent\n' +
        `    - keyspace 'coodie_absent' does not exist; create it, or give the DataSource createKeyspace`,
    )
  })

  it('is asked for where an entity has none', async () => {
    @Entity('nowhere')
    class Nowhere {
      @PartitionKey('int') id!: number
    }
    const db = await new DataSource({ ...connection(), entities: [Nowhere] }).initialize()
    opened.push(db)
    const error = await failure(() => db.schema.plan())
    expect(error.message).toBe(
      'Nowhere has no keyspace; give the DataSource one, or @Entity({ keyspace })',
    )
  })
})
