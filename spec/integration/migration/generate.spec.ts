import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import {
  type Change,
  ClusteringKey,
  Column,
  DataSource,
  Entity,
  MigrationError,
  PartitionKey,
  StaticColumn,
} from '../../../lib'
import { connection, useKeyspace } from '../../server/keyspace'
import { type EntitySet, entitySets, evolve, makeEntities } from '../random-entities'

const keyspace = useKeyspace()
const root = join(__dirname, '../../..')
const directory = realpathSync(mkdtempSync(join(tmpdir(), 'coodie-generate-')))
let runs = 0

afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

/** A data source of classes with the migrations of a run, in a log of its own. */
async function open(classes: readonly (new () => object)[], run: string) {
  return new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [...classes],
    migrations: [join(directory, run, '*.ts')],
    migrationsTable: `log_${run}`,
  }).initialize()
}

/** Generates, and lets the file import the package from its source. Returns the source, null if nothing is to be done. */
async function generate(db: DataSource, run: string): Promise<string | null> {
  const written = await db.migrations.generate({ title: 'random', directory: join(directory, run) })
  if (written === null) return null
  const source = readFileSync(written.file, 'utf8')
  const linked = source
    .replace(`'coodie/migration'`, `'${join(root, 'lib/migration/index')}'`)
    .replace(`'coodie'`, `'${join(root, 'lib/index')}'`)
  writeFileSync(written.file, linked)
  return source
}

const outline = (changes: readonly Change[]) =>
  changes.map(({ kind, table, type, name, cql }) => ({ kind, table, type, name, cql }))

async function planOf(db: DataSource) {
  return (await db.schema.plan()).changes
}

/** Generates and runs the migration from one set to another, and reverts and runs it again if it can be reverted. */
async function migrate(before: EntitySet, after: EntitySet): Promise<'done' | 'refused' | 'same'> {
  const run = `r${runs++}`
  const old = await open(makeEntities(before, run), run)
  await old.schema.sync()
  await old.destroy()
  const db = await open(makeEntities(after, run), run)
  try {
    const planned = await planOf(db)
    const source = await generate(db, run).catch((error: unknown) => {
      if (error instanceof MigrationError) return error
      throw error
    })
    if (source instanceof MigrationError) {
      expect(planned.filter(({ safety }) => safety === 'impossible')).not.toEqual([])
      return 'refused'
    }
    if (source === null) {
      expect(planned.filter(({ cql }) => cql !== '')).toEqual([])
      return 'same'
    }
    const [applied] = await db.migrations.run()
    if (source.includes('  down: ')) {
      await db.migrations.revert()
      expect(outline(await planOf(db))).toEqual(outline(planned))
      await db.migrations.run()
    }
    const isCopied = (name: string) =>
      applied?.statements.some((cql) => cql.startsWith('CREATE') && cql.includes(` "${name}_v2" `))
    const switched = makeEntities(after, run, (name) => (isCopied(name) ? `${name}_v2` : name))
    const later = await open(switched, run)
    try {
      // A field or a column that no statement removes stays.
      const left = (await planOf(later)).filter(
        ({ cql, safety }) => cql !== '' || safety !== 'destructive',
      )
      expect(outline(left)).toEqual([])
    } finally {
      await later.destroy()
    }
    return 'done'
  } finally {
    await db.destroy()
  }
}

it('writes migrations that make the plan empty and can be reverted, whatever the versions', async () => {
  const outcomes: string[] = []
  await fc.assert(
    fc.asyncProperty(entitySets, entitySets, fc.nat(3), async (before, other, n) => {
      outcomes.push(await migrate(before, n === 0 ? other : evolve(before, other)))
    }),
    { numRuns: 10, endOnFailure: true },
  )
  expect(outcomes).toContain('done')
  // All of them compile, however strict a project is.
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noEmit: true, rootDir: '/', typeRoots: [join(root, 'node_modules/@types')] },
    include: [join(directory, '**/*.ts')],
    exclude: [],
  }
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const compiled = spawnSync(process.execPath, [compiler, '-p', directory], { encoding: 'utf8' })
  expect(compiled.stdout).toBe('')
}, 400_000)

describe('a table with another key and other types', () => {
  @Entity('readings')
  class Old {
    @PartitionKey('text') sensor!: string
    @ClusteringKey('timestamp') at!: Date
    @StaticColumn('text') place?: string | null
    @Column('int') count?: number | null
    @Column('text') value?: string | null
    @Column('list<int>') counts!: number[]
    @Column('text') unchanged?: string | null
  }

  @Entity('readings')
  class New {
    @PartitionKey('text') sensor!: string
    @ClusteringKey('timestamp', { order: 'desc' }) at!: Date
    @StaticColumn('text') place?: string | null
    @Column('bigint') count?: bigint | null
    @Column('int') value?: number | null
    @Column('list<text>') counts!: string[]
    @Column('text') unchanged?: string | null
  }

  @Entity('readings_v2')
  class Switched extends New {}

  it('gets its rows by the step that was written, or the step fails', async () => {
    const run = 'copied'
    const old = await open([Old], run)
    await old.schema.sync()
    const rows = old.getRepository(Old)
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 30, 12, minute))
    for (let n = 0; n < 20; n++) {
      const more = n % 2 === 0 ? { count: n, value: String(n), counts: [n, 1] } : {}
      await rows.save(rows.create({ sensor: `s${n % 3}`, at: at(n), place: 'roof', ...more }))
    }
    await rows.update({ sensor: 'alone' }, { place: 'cellar' })
    await rows.save(rows.create({ sensor: 'odd', at: at(0), value: 'many' }))
    const db = await open([New], run)
    expect(await generate(db, run)).toContain('Number(wholeNumber(row.value))')
    await expect(db.migrations.run()).rejects.toThrow('a text is not a whole number')
    await rows.update({ sensor: 'odd', at: at(0) }, { value: '7' })
    await db.migrations.run()
    await expect(db.migrations.generate({ title: 'again' })).rejects.toThrow(
      `the table readings_v2 is there and is as the class of readings declares it; name it in the class: @Entity('readings_v2')`,
    )
    const later = await open([Switched], run)
    expect(await planOf(later)).toEqual([])
    const copies = later.getRepository(Switched)
    expect(await copies.count()).toBe(22)
    expect(await copies.findOneBy({ sensor: 's1', at: at(4) })).toMatchObject({
      place: 'roof',
      count: 4n,
      value: 4,
      counts: ['4', '1'],
      unchanged: null,
    })
    expect(await copies.findOneBy({ sensor: 'odd' })).toMatchObject({ value: 7, place: null })
    expect(await copies.findOneBy({ sensor: 'alone' })).toMatchObject({ place: 'cellar', at: null })
    await db.migrations.revert()
    for (const each of [old, db, later]) await each.destroy()
  })
})
