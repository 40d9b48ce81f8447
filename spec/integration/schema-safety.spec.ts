import { setTimeout } from 'node:timers/promises'
import { Client } from 'cassandra-driver'
import {
  ClusteringKey,
  Column,
  DataSource,
  type DataSourceOptions,
  Entity,
  Field,
  Index,
  MaterializedView,
  PartitionKey,
  SchemaError,
  UserDefinedType,
  cql,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'
import { useTraffic } from '../server/traffic'

const keyspace = useKeyspace()
const traffic = useTraffic()
const opened: DataSource[] = []
const ks = () => keyspace.name

async function open(
  entities: DataSourceOptions['entities'],
  options: Partial<DataSourceOptions> = {},
): Promise<DataSource> {
  const db = await new DataSource({
    ...connection(),
    keyspace: ks(),
    ...options,
    entities,
  }).initialize()
  opened.push(db)
  return db
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.destroy()))
})

const tables = async () =>
  (
    await keyspace.client.execute(
      'SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?',
      [ks()],
    )
  ).rows.map((row) => String(row['table_name']))

const ddl = () => traffic.take().filter((text) => !text.startsWith('SELECT'))

@UserDefinedType('Street Address')
class Address {
  @Field('text', { name: 'Zip "code"' }) zip!: string
}
@Entity('Order_Lines')
class Line {
  @PartitionKey('int', { name: 'Order Id' }) order!: number
  @ClusteringKey('int', { name: 'select' }) line!: number
  @Index() @Column('text', { name: 'quo"te' }) text!: string
  @Column(() => Address) to?: Address | null
}
@MaterializedView({ name: 'Lines_by_line', from: () => Line })
class ByLine {
  @PartitionKey('int', { name: 'select' }) line!: number
  @PartitionKey('int', { name: 'Order Id' }) order!: number
}

describe('what the classes do not map', () => {
  it('is told, and removed only when that is allowed', async () => {
    await keyspace.client.execute(`CREATE TABLE ${ks()}.foreign_one (id int PRIMARY KEY)`)
    await keyspace.client.execute(
      `CREATE TABLE ${ks()}.slim (id int PRIMARY KEY, v int, w int, x text)`,
    )
    await keyspace.client.execute(`CREATE INDEX slim_w ON ${ks()}.slim (w)`)
    @Entity('slim')
    class Slim {
      @PartitionKey('int') id!: number
      @Column('int') v!: number
    }
    const db = await open([Slim])
    const told = (await db.schema.validate()).map(({ kind, table, name, safety, reason }) => [
      kind,
      table,
      name,
      safety,
      reason,
    ])
    expect(told).toEqual([
      ['dropIndex', 'slim', 'slim_w', 'destructive', 'no class maps index slim_w on slim ("w")'],
      ['dropColumn', 'slim', 'w', 'destructive', 'no class maps column slim.w'],
      ['dropColumn', 'slim', 'x', 'destructive', 'no class maps column slim.x'],
    ])
    expect(await db.schema.sync()).toEqual([])
    expect((await db.schema.plan()).changes).toHaveLength(3)
    const statements = [
      `DROP INDEX IF EXISTS "${ks()}"."slim_w"`,
      `ALTER TABLE "${ks()}"."slim" DROP "w"`,
      `ALTER TABLE "${ks()}"."slim" DROP "x"`,
    ]
    expect(await db.schema.sync({ allowDestructive: true, dryRun: true })).toEqual(statements)
    expect(await db.schema.sync({ allowDestructive: true })).toEqual(statements)
    expect((await db.schema.plan()).changes).toEqual([])
    expect(await tables()).toContain('foreign_one')

    @Entity('slim')
    class Again {
      @PartitionKey('int') id!: number
      @Column('int') v!: number
      @Column('bigint') w!: bigint
      @Column('blob') x!: Buffer
    }
    const other = await open([Again])
    expect(
      (await other.schema.plan()).changes.map(({ safety, reason }) => [safety, reason]),
    ).toEqual([
      [
        'impossible',
        'column slim.w does not exist in the cluster, and a column that was dropped as int cannot be added again as bigint',
      ],
      ['safe', 'column slim.x does not exist in the cluster'],
    ])
    expect((await failure(() => other.schema.sync())).message).toContain(
      'cannot be added again as bigint; declare the column as it is in the cluster, or give it another name',
    )
    await keyspace.client.execute(`DROP TABLE ${ks()}.foreign_one`)
  })
})

describe('sync', () => {
  it('tells how far it is, and makes what views need first', async () => {
    const db = await open([ByLine, Line])
    const seen: [number, number, string][] = []
    const run = await db.schema.sync({
      onProgress: ({ done, total, change }) => void seen.push([done, total, change.kind]),
    })
    expect(seen).toEqual([
      [1, 4, 'createType'],
      [2, 4, 'createTable'],
      [3, 4, 'createIndex'],
      [4, 4, 'createView'],
    ])
    expect(run[0]).toBe(
      `CREATE TYPE IF NOT EXISTS "${ks()}"."Street Address" ("Zip ""code""" text)`,
    )
    expect((await db.schema.plan()).changes).toEqual([])
  })

  it('waits until the indexes are built', async () => {
    const db = await open([ByLine, Line])
    traffic.take()
    await db.schema.sync({ waitForIndexes: true })
    const { rows } = await keyspace.client.execute(
      'SELECT index_name FROM system."IndexInfo" WHERE table_name = ?',
      [ks()],
    )
    expect(rows.map((row) => String(row['index_name']))).toContain('Order_Lines_quote_idx')
  })

  it('ends with the reason of the signal, between two statements', async () => {
    @Entity('aborted')
    class Aborted {
      @PartitionKey('int') id!: number
      @Index() @Column('int') v!: number
    }
    const db = await open([Aborted])
    const abort = new AbortController()
    const reason = new Error('enough')
    traffic.take()
    await expect(
      db.schema.sync({ signal: abort.signal, onProgress: () => abort.abort(reason) }),
    ).rejects.toBe(reason)
    expect(ddl()).toHaveLength(1)
    expect((await db.schema.plan()).changes.map(({ kind }) => kind)).toEqual(['createIndex'])
    await db.schema.sync()
  })

  it('is not silent when IF NOT EXISTS did nothing to a table that differs', async () => {
    @Entity('race_a')
    class First {
      @PartitionKey('int') id!: number
    }
    @Entity('race_b')
    class Second {
      @PartitionKey('int') id!: number
      @ClusteringKey('int', { order: 'desc' }) at!: number
      @Column('int') v!: number
    }
    // After the plan, and before the statement, another program makes the second table otherwise.
    const client = new Client(connection())
    const execute = client.execute.bind(client)
    client.execute = (async (text: string, ...rest: []) => {
      if (text.startsWith('CREATE TABLE') && text.includes('race_b')) {
        await execute(`CREATE TABLE ${ks()}.race_b (id int, at int, w text, PRIMARY KEY (id, at))`)
      }
      return execute(text, ...rest)
    }) as typeof client.execute
    try {
      const db = await new DataSource({
        client,
        keyspace: ks(),
        entities: [First, Second],
      }).initialize()
      const error = await failure(() => db.schema.sync())
      expect(error).toBeInstanceOf(SchemaError)
      expect(error.message).toBe(
        'the cluster differs from the classes in ways that sync cannot change:\n' +
          `  ${ks()}.race_b\n` +
          `    - race_b.at is declared with order 'desc' and has order 'asc' in the cluster; ` +
          'declare the key as it is in the cluster, or declare a table with another name and copy the rows',
      )
    } finally {
      await client.shutdown()
    }
  })

  it.each([
    [{ dryrun: true }, `sync has no option 'dryrun'; did you mean 'dryRun'?`],
    [{ allowDestructive: 'yes' }, 'sync: allowDestructive must be true or false'],
    [{ onProgress: true }, 'sync: onProgress must be a function'],
    [{ signal: 'no' }, 'sync: signal must be an AbortSignal'],
  ])('refuses %j', async (options, message) => {
    const db = await open([Line])
    traffic.take()
    expect((await failure(() => db.schema.sync(options as never))).message).toBe(message)
    expect(traffic.take()).toEqual([])
  })

  it('ends well in twenty data sources at once, with one schema', async () => {
    const name = `${ks().slice(0, 40)}_twenty`
    const replication = { class: 'SimpleStrategy', replication_factor: 1 }
    const sources = await Promise.all(
      Array.from({ length: 20 }, () =>
        open([ByLine, Line], { keyspace: name, createKeyspace: { replication } }),
      ),
    )
    try {
      traffic.take()
      await Promise.all(sources.map((db) => db.schema.sync()))
      for (const db of sources.slice(0, 3)) expect(await db.schema.validate()).toEqual([])
      expect(ddl().every((text) => !/replication|KEYSPACE/u.test(text))).toBe(true)
    } finally {
      await keyspace.client.execute(`DROP KEYSPACE ${name}`)
    }
  })
})

describe('a second sync', () => {
  it('asks nothing, until a drop or other classes', async () => {
    const db = await open([ByLine, Line])
    await db.schema.sync()
    traffic.take()
    expect(await db.schema.sync()).toEqual([])
    expect(await db.schema.sync({ dryRun: true })).toEqual([])
    expect(traffic.take()).toEqual([])
    await db.schema.drop({ force: true })
    expect(await db.schema.sync()).toHaveLength(4)
    expect(await db.schema.sync()).toEqual([])
    await keyspace.client.execute(`DROP MATERIALIZED VIEW ${ks()}."Lines_by_line"`)
    while ((await db.schema.sync()).length === 0) await setTimeout(10)
    expect(await db.schema.validate()).toEqual([])
    traffic.take()
    await db.destroy()
    await db.initialize()
    expect(await db.schema.sync()).toEqual([])
    expect(traffic.take()).not.toEqual([])
  })
})

describe('drop', () => {
  it('refuses while there are tables that nothing maps, unless forced', async () => {
    const db = await open([Line])
    await db.schema.sync()
    await keyspace.client.execute(`CREATE TABLE ${ks()}.foreign_one (id int PRIMARY KEY)`)
    await keyspace.client.execute(`CREATE TYPE ${ks()}.foreign_type (n int)`)
    traffic.take()
    const error = await failure(() => db.schema.drop())
    expect(error).toBeInstanceOf(SchemaError)
    expect(error.message).toBe(
      `keyspace '${ks()}' has tables or views that no class maps: foreign_one, Lines_by_line; ` +
        'add their classes to entities, or call drop({ force: true }) to drop them too, with all their rows',
    )
    expect(ddl()).toEqual([])
    await keyspace.client.execute(`DROP TABLE ${ks()}.foreign_one`)
    const both = await open([Line, ByLine])
    const statements = [
      `DROP MATERIALIZED VIEW IF EXISTS "${ks()}"."Lines_by_line"`,
      `DROP TABLE IF EXISTS "${ks()}"."Order_Lines"`,
      `DROP TYPE IF EXISTS "${ks()}"."Street Address"`,
    ]
    traffic.take()
    expect(await both.schema.drop({ dryRun: true })).toEqual(statements)
    expect(ddl()).toEqual([])
    expect(await both.schema.drop()).toEqual(statements)
    expect(await tables()).toEqual([])
    expect(await both.schema.drop({ force: true })).toEqual([
      `DROP TYPE IF EXISTS "${ks()}"."foreign_type"`,
    ])
    expect(await both.schema.drop({ force: true })).toEqual([])
    expect(await both.schema.sync()).toHaveLength(4)
    expect((await both.getRepository(Line).find()).length).toBe(0)
    await both.query(cql`DROP MATERIALIZED VIEW ${cql.table(ByLine)}`)
    await db.schema.drop()
  })

  it('refuses options that it does not have', async () => {
    const db = await open([Line])
    expect((await failure(() => db.schema.drop({ forced: true } as never))).message).toBe(
      `drop has no option 'forced'; did you mean 'force'?`,
    )
  })
})

describe('several classes of one table', () => {
  it('are one, with the columns of all', async () => {
    @Entity('shared')
    class Narrow {
      @PartitionKey('int') id!: number
      @Column('int') v!: number
    }
    @Entity('shared')
    class Wide {
      @PartitionKey('int') id!: number
      @Column('text') w!: string
    }
    const db = await open([Narrow, Wide])
    expect(await db.schema.sync({ allowDestructive: true })).toEqual([
      `CREATE TABLE IF NOT EXISTS "${ks()}"."shared" ("id" int, "v" int, "w" text, PRIMARY KEY (("id")))`,
    ])
    expect(await db.schema.validate()).toEqual([])
    @Entity('shared')
    class Other {
      @PartitionKey('int') id!: number
      @Column('bigint') v!: bigint
    }
    const wrong = await open([Narrow, Other])
    expect((await failure(() => wrong.schema.plan())).message).toBe(
      `two classes of the table 'shared' have the column 'v' as int and as bigint; declare both alike`,
    )
  })
})

describe('a keyspace that is not there', () => {
  it('is a change like others, safe where its replication is given', async () => {
    const name = `${ks().slice(0, 40)}_absent`
    const replication = { class: 'SimpleStrategy', replication_factor: 1 }
    const db = await open([Line], { keyspace: name, createKeyspace: { replication } })
    await keyspace.client.execute(`DROP KEYSPACE ${name}`)
    const { changes } = await db.schema.plan()
    expect(changes.map(({ kind, safety }) => [kind, safety])).toEqual([
      ['createKeyspace', 'safe'],
      ['createType', 'safe'],
      ['createTable', 'safe'],
      ['createIndex', 'safe'],
    ])
    await db.schema.sync()
    expect(await db.schema.validate()).toEqual([])
    await keyspace.client.execute(`DROP KEYSPACE ${name}`)
  })
})
