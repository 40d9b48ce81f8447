import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import * as coodie from '../../lib'
import { createTable, createType } from '../../lib/schema/ddl'
import type { KeyspaceModel } from '../../lib/schema/model/table-model'
import { arbitraryKeyspaces } from '../schema/arbitrary-keyspace'
import { connection, useKeyspace } from '../server/keyspace'
import { loadGenerated } from '../server/load-generated'

const { DataSource } = coodie
const root = join(__dirname, '../..')
const keyspace = useKeyspace()
let folder: string

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'coodie-generated-')))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** What the compiler says of sources, under both forms of decorators. */
function compile(sources: readonly string[]): string {
  const files = sources.map((source, i) => {
    const name = `${i}.ts`
    writeFileSync(join(folder, name), source)
    return name
  })
  return [true, false]
    .map((isLegacy) => {
      const compilerOptions = {
        target: 'es2022',
        lib: ['es2022', 'es2024.string', 'esnext.disposable', 'esnext.decorators'],
        module: 'node16',
        moduleResolution: 'node16',
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        esModuleInterop: true,
        isolatedModules: true,
        experimentalDecorators: isLegacy,
        emitDecoratorMetadata: isLegacy,
        paths: { coodie: [join(root, 'lib/index.ts')] },
      }
      const project = join(folder, 'tsconfig.json')
      writeFileSync(project, JSON.stringify({ compilerOptions, files }))
      const compiler = join(root, 'node_modules/typescript/bin/tsc')
      return spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' }).stdout
    })
    .join('')
}

async function generate(
  name: string,
  options: coodie.GenerateOptions = {},
): Promise<readonly coodie.GeneratedFile[]> {
  await using db = await new DataSource({
    ...connection(),
    keyspace: name,
    entities: [],
  }).initialize()
  return await db.schema.generateEntities(options)
}

async function plan(
  name: string,
  entities: readonly coodie.Class[],
): Promise<readonly coodie.Change[]> {
  await using db = await new DataSource({
    ...connection(),
    keyspace: name,
    entities,
  }).initialize()
  return (await db.schema.plan()).changes
}

const rich = [
  `CREATE TYPE geo (lat double, lon double)`,
  `CREATE TYPE address ("Street Name" text, place frozen<geo>, tags frozen<set<text>>)`,
  `CREATE TYPE "Odd Type" (a int, b frozen<list<frozen<address>>>)`,
  `CREATE TABLE order_items (
     tenant text, day date, at timestamp, seq timeuuid, unit text static, "User" address static,
     i int, name text, home address, others list<frozen<address>>, stock map<text, int>, attrs map<text, text>,
     labels set<text>, fl frozen<list<int>>, pair tuple<int, frozen<geo>>, deep map<text, frozen<map<int, frozen<list<frozen<geo>>>>>>,
     e vector<float, 3>, odd frozen<"Odd Type">, "first name" text, "Mixed" bigint, "2nd" varint, "a""b" decimal, constructor blob,
     d duration, ip inet, t time, flag boolean,
     PRIMARY KEY ((tenant, day), at, seq))
   WITH CLUSTERING ORDER BY (at DESC, seq ASC) AND comment = 'it''s' AND default_time_to_live = 60 AND gc_grace_seconds = 1000
     AND compaction = {'class': 'LeveledCompactionStrategy', 'sstable_size_in_mb': 100}
     AND compression = {'class': 'ZstdCompressor', 'chunk_length_in_kb': 32}
     AND caching = {'keys': 'NONE', 'rows_per_partition': 10} AND speculative_retry = 'NEVER'`,
  `CREATE INDEX ON order_items (name)`,
  `CREATE INDEX by_user_name ON order_items ("first name")`,
  `CREATE INDEX ON order_items (keys(stock))`,
  `CREATE INDEX ON order_items (entries(stock))`,
  `CREATE INDEX ON order_items (values(labels)) USING 'sai'`,
  `CREATE INDEX ON order_items (full(fl))`,
  `CREATE INDEX ON order_items (i) USING 'sai'`,
  `CREATE CUSTOM INDEX ON order_items (attrs) USING 'StorageAttachedIndex'`,
  `CREATE CUSTOM INDEX nearest ON order_items (e) USING 'StorageAttachedIndex' WITH OPTIONS = {'similarity_function': 'dot_product'}`,
  `CREATE CUSTOM INDEX ON order_items (unit) USING 'org.apache.cassandra.index.sai.StorageAttachedIndex' WITH OPTIONS = {'case_sensitive': 'false'}`,
  `CREATE TABLE hits (page text, day date, views counter, "Unique" counter, PRIMARY KEY (page, day))`,
  `CREATE TABLE forums (forum text, thread int, posts counter static, likes counter, PRIMARY KEY (forum, thread))`,
  `CREATE TABLE settled (k int PRIMARY KEY, v text) WITH allow_auto_snapshot = false AND incremental_backups = false
     AND memtable = 'default' AND compression = {'class': 'LZ4Compressor', 'chunk_length_in_kb': 64}
     AND additional_write_policy = 'ALWAYS' AND read_repair = 'NONE' AND min_index_interval = 64`,
  `CREATE TABLE percentiles (k int PRIMARY KEY, percentile99 double, percentile99_9 double, percentile999 double)`,
  `CREATE TABLE "MixedCase" ("Id" uuid PRIMARY KEY)`,
  `CREATE TABLE "index" (id uuid PRIMARY KEY, "map" int, "set" int)`,
  `CREATE TABLE base (p int, c int, v text, w list<int>, PRIMARY KEY (p, c))`,
  `CREATE MATERIALIZED VIEW base_by_v AS SELECT p, c, v, w FROM base
   WHERE v IS NOT NULL AND p IS NOT NULL AND c IS NOT NULL
   PRIMARY KEY (v, c, p) WITH CLUSTERING ORDER BY (c DESC, p ASC) AND gc_grace_seconds = 77`,
  `CREATE MATERIALIZED VIEW all_of_base AS SELECT * FROM base
   WHERE v IS NOT NULL AND p IS NOT NULL AND c IS NOT NULL PRIMARY KEY (v, p, c)`,
]

describe('generated classes', () => {
  let sources: string[] = []

  it('of a rich keyspace compile, and the plan of them is empty', async () => {
    for (const cql of rich) await execute(cql)
    const files = await generate(keyspace.name)
    expect(files.map(({ path }) => path)).toEqual(['entities.ts'])
    expect(await plan(keyspace.name, loadGenerated(files))).toEqual([])
    sources.push(...files.map(({ source }) => source))
    const [source = ''] = sources
    expect(source).toContain('@CounterColumn({ static: true }) posts?: bigint | null')
    expect(source).toContain(`
@Entity({
  name: 'settled',
  additionalWritePolicy: 'ALWAYS',
  allowAutoSnapshot: false,
  compression: { chunk_length_in_kb: 64, class: 'LZ4Compressor' },
  incrementalBackups: false,
  minIndexInterval: 64,
  readRepair: 'NONE',
})
`)
    expect(source).toContain(`@Column('double') percentile99_9?: number | null`)
    expect(source).toContain(`@Index({ using: 'sai', options: { case_sensitive: false } })`)
  })

  it('leave out a table whose key no class can declare, and warn', async () => {
    const odd =
      'org.apache.cassandra.db.marshal.DynamicCompositeType(s=>org.apache.cassandra.db.marshal.UTF8Type)'
    await execute(`CREATE TABLE odd_key (key text, at '${odd}', v text, PRIMARY KEY (key, at))`)
    await execute(`CREATE TABLE odd_value (key text PRIMARY KEY, last '${odd}')`)
    const files = await generate(keyspace.name, { tables: ['odd_key', 'odd_value'] })
    expect(files[0]).toMatchObject({
      classes: ['OddValue'],
      warnings: [
        `The table odd_key cannot be declared: its key column at is '${odd}', which cannot be declared.`,
      ],
    })
    expect(files[0]?.source).toContain(`// @Entity('odd_key')\n// export class OddKey {\n`)
    expect(files[0]?.source).toContain(
      `  // The column last is '${odd}', which cannot be declared.`,
    )
    const [Class] = loadGenerated(files)
    const changes = await plan(keyspace.name, Class === undefined ? [] : [Class])
    expect(changes).toMatchObject([
      { kind: 'dropColumn', safety: 'destructive', reason: 'no class maps column odd_value.last' },
    ])
    for (const { cql } of changes) await keyspace.client.execute(cql)
    await execute('DROP TABLE odd_key')
  })

  it('of random keyspaces do, too', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31)
    console.log(`seed ${seed}`)
    for (const [i, model] of fc.sample(arbitraryKeyspaces(false), { numRuns: 4, seed }).entries()) {
      const name = `${keyspace.name}_${i}`
      await make(name, model)
      const files = await generate(name, { files: i % 2 === 0 ? 'one' : 'perClass' })
      expect(await plan(name, loadGenerated(files))).toEqual([])
      if (i % 2 === 0) sources.push(...files.map(({ source }) => source))
      await keyspace.client.execute(`DROP KEYSPACE ${name}`)
    }
  })

  it('leave out a view that no class can declare, and say so', async () => {
    await execute(
      'CREATE MATERIALIZED VIEW some_of_base AS SELECT p, c FROM base ' +
        'WHERE p = 1 AND c IS NOT NULL PRIMARY KEY (c, p)',
    )
    const files = await generate(keyspace.name)
    expect(files[0]?.source).toMatch(
      /\/\/ The view some_of_base has only rows where .*p.* = 1; it cannot be declared\.\n@Entity\('base'\)/u,
    )
    const changes = await plan(keyspace.name, loadGenerated(files))
    expect(changes.map(({ kind, table }) => [kind, table])).toEqual([['dropView', 'some_of_base']])
  })

  it('all compile', () => {
    expect(sources.length).toBeGreaterThan(2)
    expect(compile(sources)).toBe('')
  })

  it('of another keyspace than the data source’s name it', async () => {
    await using db = await new DataSource({
      ...connection(),
      keyspace: 'system',
      entities: [],
    }).initialize()
    const options = { keyspace: keyspace.name, tables: ['hits'] }
    const [file] = await db.schema.generateEntities(options)
    expect(file?.source).toContain(`@Entity({ name: 'hits', keyspace: '${keyspace.name}' })`)
    expect(file?.classes).toEqual(['Hits'])
  })

  it('are refused of what is not there', async () => {
    await expect(generate(keyspace.name, { tables: ['hit'] })).rejects.toThrow(
      `keyspace '${keyspace.name}' has no table or view 'hit'; did you mean 'hits'?`,
    )
    await expect(generate(keyspace.name, { keyspace: 'nowhere' })).rejects.toThrow(
      `keyspace 'nowhere' does not exist`,
    )
    await expect(generate(keyspace.name, { keyspace: 'system_views' })).rejects.toThrow(
      `keyspace 'system_views' is virtual: its tables show the state of each node, and no class can declare them`,
    )
    await expect(generate(keyspace.name, { files: 'each' as 'one' })).rejects.toThrow(
      `generateEntities: files must be one of 'one', 'perClass'`,
    )
    await expect(generate(keyspace.name, { table: ['hits'] } as object)).rejects.toThrow(
      `generateEntities has no option 'table'; did you mean 'tables'?`,
    )
  })
})

/** Names of types, tables and views stand in the spec's own keyspace. */
async function execute(cql: string): Promise<void> {
  await keyspace.client.execute(
    cql.replaceAll(/\b(TYPE|TABLE|VIEW|ON|FROM) (?=["\w])/gu, `$1 ${keyspace.name}.`),
  )
}

async function make(name: string, { types, tables }: KeyspaceModel): Promise<void> {
  const { client } = keyspace
  await client.execute(
    `CREATE KEYSPACE ${name} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  )
  for (const type of types) await client.execute(createType({ ...type, keyspace: name }))
  for (const table of tables) await client.execute(createTable({ ...table, keyspace: name }))
}
