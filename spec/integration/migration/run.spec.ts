import {
  Column,
  DataSource,
  Entity,
  type ExecutionError,
  MigrationError,
  PartitionKey,
  cql,
} from '../../../lib'
import type { MigrationContext, MigrationProgress } from '../../../lib/migration'
import { migration, states, useMigrations } from './source'

@Entity('items')
class Item {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
}

const use = useMigrations()
const table = (name: string) => `CREATE TABLE ${name} (id int PRIMARY KEY, name text)`

/** Returns the error of a call. */
async function failure(call: Promise<unknown>): Promise<MigrationError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(MigrationError)
  return error as MigrationError
}

it('applies text, fragments and functions in the order of the versions, once', async () => {
  const seen: MigrationProgress[] = []
  const db = await use.source([
    migration('2', [
      cql`INSERT INTO ${cql.table(Item)} (id, name) VALUES (${1}, ${'one'})`,
      "BEGIN BATCH INSERT INTO items (id, name) VALUES (2, 'a;b'); INSERT INTO items (id) VALUES (3); APPLY BATCH;",
      async ({ repository, query, keyspace }) => {
        const [row] = await query<{ name: string }>(cql`SELECT name FROM items WHERE id = ${1}`)
        await repository(Item).update({ id: 1 }, { name: `${row?.name} in ${keyspace}` })
      },
    ]),
    migration('001', [table('items')], { description: 'the first' }),
  ])
  expect(await db.migrations.list()).toEqual([
    {
      version: '1',
      title: 'm001',
      file: null,
      description: 'the first',
      state: 'pending',
      stepsDone: 0,
      steps: 1,
      appliedAt: null,
      durationMs: null,
      error: null,
    },
    expect.objectContaining({ version: '2', description: null, state: 'pending', steps: 3 }),
  ])
  expect(await use.hasTable(use.log)).toBe(false)
  const applied = await db.migrations.run({ onProgress: (progress) => seen.push(progress) })
  expect(applied).toEqual([
    {
      version: '1',
      title: 'm001',
      file: null,
      description: 'the first',
      statements: [table('items')],
      durationMs: expect.any(Number),
    },
    expect.objectContaining({
      version: '2',
      statements: [
        'INSERT INTO "Item" (id, name) VALUES (?, ?)',
        expect.stringContaining('BEGIN BATCH'),
        'function',
      ],
    }),
  ])
  expect(await db.migrations.run()).toEqual([])
  expect(await use.rows('SELECT id, name FROM %.items')).toEqual([
    { id: 1, name: `one in ${use.keyspace.name}` },
    { id: 2, name: 'a;b' },
    { id: 3, name: null },
  ])
  expect(seen).toEqual([
    { version: '1', title: 'm001', step: 1, steps: 1 },
    ...[1, 2, 3].map((step) => ({ version: '2', title: 'm2', step, steps: 3 })),
  ])
  expect(await db.migrations.list()).toMatchObject([
    { version: '1', state: 'applied', stepsDone: 1, appliedAt: expect.any(Date), error: null },
    { version: '2', state: 'applied', stepsDone: 3, durationMs: expect.any(Number) },
  ])
})

it('a dry run returns the statements, and creates no table', async () => {
  const db = await use.source([
    migration('1', [table('dry'), () => undefined], { down: ['DROP TABLE dry'] }),
    migration('2', [table('dry_too')], { down: [() => undefined] }),
  ])
  const planned = await db.migrations.run({ dryRun: true, to: '1' })
  expect(planned).toMatchObject([{ version: '1', statements: [table('dry'), 'function'] }])
  expect(await use.hasTable(use.log)).toBe(false)
  await db.migrations.run()
  expect(await db.migrations.revert({ dryRun: true, steps: 7 })).toMatchObject([
    { version: '2', statements: ['function'] },
    { version: '1', statements: ['DROP TABLE dry'] },
  ])
  expect(await states(db)).toEqual(['1 applied', '2 applied'])
})

it('applies up to a version, records without running, and reverts', async () => {
  const db = await use.source([
    migration('1', [table('r1')], { down: ['DROP TABLE r1'] }),
    migration('2', [table('r2')], { down: ['DROP TABLE r2'] }),
    migration('3', [table('r3')], { down: [] }),
  ])
  expect(await db.migrations.run({ to: '002' })).toHaveLength(2)
  expect(await states(db)).toEqual(['1 applied', '2 applied', '3 pending'])
  expect(await db.migrations.run({ fake: true })).toMatchObject([{ version: '3' }])
  expect(await use.hasTable('r3')).toBe(false)
  expect(await states(db)).toEqual(['1 applied', '2 applied', '3 applied'])
  expect(await db.migrations.revert({ to: '1' })).toMatchObject([
    { version: '3' },
    { version: '2' },
  ])
  expect([await use.hasTable('r1'), await use.hasTable('r2')]).toEqual([true, false])
  expect(await db.migrations.revert({ steps: 100 })).toMatchObject([{ version: '1' }])
  expect(await db.migrations.revert()).toEqual([])
  expect(await states(db)).toEqual(['1 pending', '2 pending', '3 pending'])
  expect(await db.migrations.run({ to: '1' })).toHaveLength(1)
})

it('refuses what was changed, is missing or is out of order, all of it in one error', async () => {
  const applied = [migration('2', [table('o2')]), migration('3', [table('o3')])]
  await (await use.source(applied)).migrations.run()
  const db = await use.source([migration('1', [table('o1')]), migration('2', [table('other')])])
  expect(await states(db)).toEqual(['1 outOfOrder', '2 changed', '3 missing'])
  for (const options of [{}, { dryRun: true }]) {
    const { message, version } = await failure(db.migrations.run(options))
    expect(message).toBe(
      `run is refused for 3 reasons:
  - 1-m1: it is older than the newest applied migration; give it a newer version, or pass outOfOrder: true
  - 2-m2: it was changed after it was applied; restore it, and write the change as a new migration
  - 3-m3: it is in the log and its file is missing; restore the file`,
    )
    expect(version).toBeUndefined()
  }
  const late = await use.source([migration('1', [table('o1')]), ...applied])
  const { version, message } = await failure(late.migrations.run())
  expect([version, message]).toEqual(['1', expect.stringMatching(/^run: 1-m1: it is older than/u)])
  expect(await late.migrations.run({ outOfOrder: true })).toMatchObject([{ version: '1' }])
  expect(await use.hasTable('o1')).toBe(true)
})

describe('a statement that loses data', () => {
  it('is refused before anything runs', async () => {
    const db = await use.source([
      migration('1', [table('lost')]),
      migration('2', ['CREATE TABLE never (id int PRIMARY KEY)', 'DROP TABLE lost']),
      migration('3', [cql`TRUNCATE ${cql.table(Item)}`]),
    ])
    const { message } = await failure(db.migrations.run())
    expect(message).toBe(
      `run is refused for 2 reasons:
  - 2-m2: step 2 loses data (DROP TABLE); write destructive: true in the migration if that is meant, or pass allowDestructive: true
  - 3-m3: step 1 loses data (TRUNCATE); write destructive: true in the migration if that is meant, or pass allowDestructive: true`,
    )
    expect(await use.hasTable('lost')).toBe(false)
    const error = await failure(db.migrations.run({ to: '2', dryRun: true }))
    expect(error).toMatchObject({ version: '2', step: 2, statement: 'DROP TABLE lost' })
    expect(await db.migrations.run({ to: '2', allowDestructive: true })).toHaveLength(2)
    expect([await use.hasTable('lost'), await use.hasTable('never')]).toEqual([false, true])
  })

  it('runs in a destructive migration, and in down steps', async () => {
    const down: ((context: MigrationContext) => Promise<void>)[] = [
      ({ execute }) => execute('DROP TABLE IF EXISTS meant'),
    ]
    const db = await use.source([
      migration('1', [table('meant'), 'DROP TABLE meant'], { destructive: true, down }),
    ])
    await db.migrations.run()
    await db.migrations.revert()
    expect(await states(db)).toEqual(['1 pending'])
  })

  it('is refused at the call in a function', async () => {
    const calls: string[] = []
    const db = await use.source([
      migration('1', [
        async ({ execute, query }) => {
          for (const call of [execute, query]) {
            await call('DROP TABLE no').catch((error: Error) => calls.push(error.message))
          }
          await execute('TRUNCATE items')
        },
      ]),
    ])
    const { message, step, statement } = await failure(db.migrations.run())
    expect(message).toBe(
      '1-m1: step 1 of 1 failed: the statement loses data (TRUNCATE); write destructive: true in the migration if that is meant\n  TRUNCATE items',
    )
    expect({ step, statement }).toEqual({ step: 1, statement: 'TRUNCATE items' })
    expect(calls).toHaveLength(2)
  })
})

describe('a step that failed', () => {
  it('is told with its place and its cause, and the run goes on there when it was repaired', async () => {
    const first = migration('1', [table('f1')])
    const broken = [table('f2'), 'INSERT INTO f2 (id, nmae) VALUES (1, 2)', 'TRUNCATE f2']
    const db = await use.source([first, migration('2', broken, { destructive: true })])
    const error = await failure(db.migrations.run())
    expect(error).toMatchObject({ version: '2', file: undefined, step: 2, statement: broken[1] })
    expect((error.cause as ExecutionError).kind).toBe('invalid')
    expect(error.message).toContain('2-m2: step 2 of 3 failed: Undefined column name nmae')
    expect(await db.migrations.list()).toMatchObject([
      { state: 'applied' },
      { state: 'failed', stepsDone: 1, steps: 3, error: expect.stringContaining('nmae') },
    ])
    const repaired = [broken[0] ?? '', 'INSERT INTO f2 (id, name) VALUES (1, $$x;$$)']
    const next = await use.source([first, migration('2', repaired)])
    expect(await next.migrations.run({ dryRun: true })).toMatchObject([
      { version: '2', statements: [repaired[1]] },
    ])
    expect(await next.migrations.run()).toHaveLength(1)
    expect(await use.rows('SELECT name FROM %.f2')).toEqual([{ name: 'x;' }])
  })

  it('is refused if a step before it was changed', async () => {
    const steps = [table('c1'), 'NONSENSE']
    await failure((await use.source([migration('1', steps)])).migrations.run())
    const db = await use.source([migration('1', [table('c2'), 'SELECT * FROM c1'])])
    const error = await failure(db.migrations.run())
    expect(error.message).toBe('run: 1-m1: step 1 of up is done and was changed since; restore it')
    expect(error).toMatchObject({ version: '1', step: 1, statement: table('c2') })
  })

  it('cannot be reverted before it is finished', async () => {
    const steps = [() => undefined, 'NONSENSE']
    const db = await use.source([migration('1', steps, { down: [] })])
    await failure(db.migrations.run())
    const { message } = await failure(db.migrations.revert())
    expect(message).toBe(
      'revert: 1-m1: it failed at step 2; finish it with run first; steps that must not run can be removed from it',
    )
  })

  it('fails again if its effect is there and no runner had begun it', async () => {
    const foreign = await use.source([migration('1', [table('foreign_table')])], {
      migrationsTable: `${use.log}_b`,
    })
    await foreign.migrations.run()
    const db = await use.source([migration('1', [table('foreign_table')])])
    for (let i = 0; i < 2; i++) {
      const { cause } = await failure(db.migrations.run())
      expect((cause as ExecutionError).kind).toBe('alreadyExists')
    }
  })
})

describe('a revert that failed', () => {
  it('goes on at its step, and run is refused meanwhile', async () => {
    const up = [table('b1'), table('b2')]
    const broken = { down: ['DROP TABLE b2', 'NONSENSE', 'DROP TABLE b1'] }
    const db = await use.source([migration('1', up, broken), migration('2', [])])
    await db.migrations.run({ to: '1' })
    const error = await failure(db.migrations.revert())
    expect(error.message).toContain('1-m1: step 2 of 3 of down failed: ')
    expect(await db.migrations.list()).toMatchObject([
      { state: 'failed', stepsDone: 1, steps: 3 },
      { state: 'pending' },
    ])
    const refused = await failure(db.migrations.run())
    expect(refused.message).toBe('run: 1-m1: its revert stopped at step 2; finish it with revert')
    const changed = await use.source([
      migration('1', up, { down: ['DROP TABLE IF EXISTS b2', 'DROP TABLE b1'] }),
    ])
    expect((await failure(changed.migrations.revert())).message).toContain(
      'step 1 of down is done and was changed since; restore it',
    )
    const next = await use.source([
      migration('1', up, { down: ['DROP TABLE b2', 'DROP TABLE b1'] }),
    ])
    expect(await next.migrations.revert()).toMatchObject([{ version: '1' }])
    expect(await states(next)).toEqual(['1 pending'])
    expect(await next.migrations.run()).toHaveLength(1)
  })

  it('needs down and a file of each migration', async () => {
    const last = migration('3', [], { down: [] })
    const db = await use.source([migration('1', []), migration('2', [], { down: [] }), last])
    await db.migrations.run()
    const { message, version } = await failure(db.migrations.revert({ steps: 5 }))
    expect([message, version]).toEqual(['revert: 1-m1: it has no down', '1'])
    const without = await use.source([last])
    expect((await failure(without.migrations.revert({ steps: 2 }))).message).toBe(
      'revert: 2-m2: its file is missing',
    )
    expect(await states(db)).toEqual(['1 applied', '2 applied', '3 applied'])
  })
})

describe('a function', () => {
  const run = async (step: (context: MigrationContext) => Promise<void>) =>
    failure((await use.source([migration('1', [step])])).migrations.run())

  it.each([
    ['USE other', 'USE would change the keyspace of others; name the keyspace'],
    ['', 'expected one statement, got none; execute each of them with a call of its own'],
    ['TRUNCATE a; TRUNCATE b', 'expected one statement, got 2; execute each of them with'],
    [7, 'expected CQL text or a cql fragment, got number'],
  ])('cannot execute %p', async (statement, message) => {
    const error = await run(({ execute }) => execute(statement as string))
    expect(error.message).toContain(`1-m1: step 1 of 1 failed: ${message}`)
  })

  it('gets a repository of a class that the data source does not list', async () => {
    const db = await use.source(
      [
        migration('1', [
          'CREATE TABLE IF NOT EXISTS items (id int PRIMARY KEY, name text)',
          async ({ repository, db: given, schema, signal, log }) => {
            await repository(Item).insert({ id: 77, name: 'given' })
            const source: DataSource = given
            expect([source.schema, source]).toEqual([schema, db])
            expect(signal.aborted).toBe(false)
            log('inserted')
          },
        ]),
      ],
      { logger: { log: () => undefined, info: (line) => lines.push(line) } },
    )
    const lines: string[] = []
    await db.migrations.run()
    expect(await use.rows('SELECT name FROM %.items WHERE id = 77')).toEqual([{ name: 'given' }])
    expect(lines).toEqual(['inserted'])
  })

  it('is stopped by a signal, and goes on later', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const calls: string[] = []
    const db = await use.source([
      migration('1', [
        () => void calls.push('one'),
        ({ signal }) => {
          controller.abort(reason)
          calls.push(`two ${signal.aborted}`)
        },
        () => void calls.push('three'),
      ]),
    ])
    await expect(db.migrations.run({ signal: controller.signal })).rejects.toBe(reason)
    expect(await db.migrations.list()).toMatchObject([{ state: 'failed', stepsDone: 2 }])
    expect(calls).toEqual(['one', 'two true'])
    await db.migrations.run()
    expect(calls).toEqual(['one', 'two true', 'three'])
  })
})

describe('what is asked wrongly', () => {
  it.each([
    ['run', { dryrun: true }, "run has no option 'dryrun'; did you mean 'dryRun'?"],
    ['run', { to: 7 }, "run: to must be a version: digits in quotes, as in '20261130120000'"],
    ['run', { to: '9' }, 'run: no migration has the version 9'],
    ['run', { lockTimeout: '1' }, 'run: lockTimeout must be a number of milliseconds from 0'],
    ['revert', { fake: true }, "revert has no option 'fake'"],
    ['revert', { steps: 0 }, 'revert: steps must be a whole number from 1'],
    ['revert', { steps: 1, to: '1' }, 'revert takes steps or to, not both'],
    ['revert', { to: '1' }, 'revert: version 1 is not applied'],
  ] as const)('%s(%j) is refused', async (method, options, message) => {
    const db = await use.source([migration('1', [])])
    const { message: told } = await failure(db.migrations[method](options as object))
    expect(told).toContain(message)
    expect(await use.hasTable(use.log)).toBe(false)
  })

  it('a table that is another one', async () => {
    await use.keyspace.client.execute(
      `CREATE TABLE ${use.keyspace.name}.other (id int PRIMARY KEY)`,
    )
    const db = await use.source([migration('1', [])], { migrationsTable: 'other' })
    expect((await failure(db.migrations.list())).message).toBe(
      `the table ${use.keyspace.name}.other is not a log of migrations: it has no column log; name another table with migrationsTable`,
    )
  })

  it('a keyspace that does not exist, or none', async () => {
    const db = await use.source([migration('1', [])], { keyspace: () => 'no_such_keyspace' })
    expect(await states(db)).toEqual(['1 pending'])
    expect((await failure(db.migrations.run())).message).toBe(
      "the keyspace 'no_such_keyspace' does not exist; create it, or give the DataSource createKeyspace",
    )
    const without = await use.source([migration('1', [])], { keyspace: undefined })
    expect((await failure(without.migrations.list())).message).toBe(
      'migrations need a keyspace; give the DataSource one',
    )
  })
})

it('a file whose first step was refused can be deleted', async () => {
  await failure((await use.source([migration('1', ['NONSENSE'])])).migrations.run())
  const db = await use.source([migration('2', [])])
  expect(await db.migrations.run()).toMatchObject([{ version: '2' }])
  expect(await states(db)).toEqual(['2 applied'])
})

it('a migration whose first step was refused does not hinder a revert, and a refused revert does not hide it', async () => {
  const first = migration('1', [], { down: ['NONSENSE'] })
  const db = await use.source([first, migration('2', ['NONSENSE'])])
  await failure(db.migrations.run())
  expect(await states(db)).toEqual(['1 applied', '2 failed'])
  expect((await failure(db.migrations.revert())).message).toContain('1-m1: step 1 of 1 of down')
  expect(await states(await use.source([]))).toEqual(['1 missing'])
  expect(await states(await use.source([first]))).toEqual(['1 failed'])
})

it('a step after which the nodes do not agree on the schema is not recorded, and the next run ends well', async () => {
  const up = ['CREATE TABLE agreed (id int PRIMARY KEY)', 'ALTER TABLE agreed ADD name text']
  const db = await use.source([migration('1', []), migration('2', up)])
  await db.migrations.run({ to: '1' })
  const client = db.client as unknown as { _waitForSchemaAgreement?: () => Promise<boolean> }
  // As if a node of several were down.
  client._waitForSchemaAgreement = async () => false
  const error = await failure(db.migrations.run())
  expect(error).toMatchObject({
    version: '2',
    step: 1,
    statement: up[0],
    cause: { code: 'SCHEMA' },
  })
  expect(error.message).toContain('the nodes did not agree on the schema')
  expect(await db.migrations.list()).toMatchObject([{}, { state: 'failed', stepsDone: 0 }])
  delete client._waitForSchemaAgreement
  expect(await db.migrations.run()).toHaveLength(1)
  expect(await states(db)).toEqual(['1 applied', '2 applied'])
})
