import { setTimeout as sleep } from 'node:timers/promises'
import { errors } from 'cassandra-driver'
import { MigrationError, consistencies } from '../../../lib'
import type { InPlaceMigration } from '../../../lib/migration'
import { migration, states, useMigrations } from './source'

const use = useMigrations()

/** Creates the log, and puts a lock into it that expires after some seconds. */
async function lockBy(owner: string, seconds: number): Promise<void> {
  await (await use.source([migration('0', [])])).migrations.run()
  await use.keyspace.client.execute(
    `UPDATE ${use.keyspace.name}.${use.log} USING TTL ${seconds} SET lock_owner = '${owner}', ` +
      `lock_since = '2026-11-30T12:00:00Z' WHERE log = 'migrations' IF lock_owner = null`,
  )
}

/** Calls `change` with each statement before the driver gets it. */
function onExecute(db: { readonly client: object }, change: (cql: string) => Promise<unknown>) {
  const client = db.client as { execute(cql: string, ...rest: unknown[]): Promise<unknown> }
  const execute = client.execute.bind(client)
  client.execute = async (cql, ...rest) => {
    await change(cql)
    return execute(cql, ...rest)
  }
}

it('twenty runners at once apply each migration once, and none fails', async () => {
  const run: number[] = []
  const step = (n: number) => async () => {
    run.push(n)
    await sleep(5)
  }
  const migrations = [
    migration('1', ['CREATE TABLE twenty (id int PRIMARY KEY)', step(1)]),
    migration('2', [step(2), 'ALTER TABLE twenty ADD name text', step(3)]),
  ]
  const runners = await Promise.all(Array.from({ length: 20 }, () => use.source(migrations)))
  const applied = await Promise.all(runners.map((db) => db.migrations.run()))
  expect(applied.flat().map(({ version }) => version)).toEqual(['1', '2'])
  expect(run).toEqual([1, 2, 3])
  const [db] = runners
  expect(db && (await states(db))).toEqual(['1 applied', '2 applied'])
})

it('waits for a lock, and then tells who holds it', async () => {
  await lockBy('web-1:4711:abc', 60)
  const db = await use.source([migration('1', [])])
  const error = db.migrations.run({ lockTimeout: 300 })
  await expect(error).rejects.toThrow(MigrationError)
  await expect(error).rejects.toThrow(
    `the lock of ${use.keyspace.name}.${use.log} is held by web-1:4711:abc since 2026-11-30T12:00:00.000Z, and 300 ms were not enough to wait for it; ` +
      'wait longer with lockTimeout, or if that runner is dead, for its lock to expire within 20 seconds',
  )
  await expect(db.migrations.revert({ lockTimeout: 0 })).rejects.toThrow('web-1:4711:abc')
  // Neither of these waits.
  expect(await states(db)).toEqual(['0 missing', '1 pending'])
  const all = await use.source([migration('0', []), migration('1', [])])
  expect(await all.migrations.run({ dryRun: true, to: '1' })).toMatchObject([{ version: '1' }])
  expect(await db.migrations.unlock()).toBe('web-1:4711:abc')
  expect(await db.migrations.unlock()).toBeNull()
  expect(await all.migrations.run({ lockTimeout: 0 })).toHaveLength(1)
})

it('stops to wait when the signal aborts', async () => {
  await lockBy('web-1:4711:abc', 60)
  const all = await use.source([migration('0', []), migration('1', [])])
  const reason = new Error('no time')
  const controller = new AbortController()
  const run = all.migrations.run({ signal: controller.signal })
  controller.abort(reason)
  await expect(run).rejects.toBe(reason)
})

it('takes the lock of a runner that died as soon as it expires', async () => {
  await lockBy('dead:1:abc', 3)
  const db = await use.source([migration('0', []), migration('1', [])])
  expect(await db.migrations.run()).toMatchObject([{ version: '1' }])
})

it('tells nothing to do without a lock', async () => {
  await lockBy('web-1:4711:abc', 60)
  const db = await use.source([migration('0', [])])
  const begun = performance.now()
  await expect(db.migrations.run({ lockTimeout: 200 })).rejects.toThrow('is held by')
  expect(performance.now() - begun).toBeGreaterThan(190)
  await db.migrations.unlock()
  const sent: string[] = []
  onExecute(db, async (cql) => sent.push(cql))
  expect(await db.migrations.run()).toEqual([])
  expect(sent.filter((cql) => !cql.startsWith('SELECT'))).toEqual([])
})

describe('a runner that loses its lock', () => {
  const stopped = (steps: readonly string[], step: number) => ({
    version: '1',
    step,
    message: expect.stringMatching(
      /^1-m1: step \d of 3 failed: the runner \S+:\d+:\S+ lost the lock of \w+\.\w+: it expired or was removed by hand; the runner stops before its next step, and the next run goes on there/u,
    ),
    statement: steps[step - 1],
  })

  it('stops before its next step, and the next runner goes on there', async () => {
    const ran: string[] = []
    let unlock = async () => {}
    const steps: InPlaceMigration['up'] = [
      'CREATE TABLE lost_one (id int PRIMARY KEY)',
      async () => {
        ran.push('two')
        await unlock()
      },
      'CREATE TABLE lost_three (id int PRIMARY KEY)',
    ]
    const db = await use.source([migration('1', steps)])
    unlock = async () => void (await db.migrations.unlock())
    await expect(db.migrations.run()).rejects.toMatchObject(stopped(steps as readonly string[], 3))
    expect(await use.hasTable('lost_three')).toBe(false)
    expect(await db.migrations.list()).toMatchObject([
      { state: 'failed', stepsDone: 1, error: 'interrupted at step 2' },
    ])
    unlock = async () => {}
    expect(await db.migrations.run()).toHaveLength(1)
    expect(ran).toEqual(['two', 'two'])
    expect(await use.hasTable('lost_three')).toBe(true)
  })

  it('tells its functions, and writes nothing over the work of the next one', async () => {
    let other: Promise<unknown> = Promise.resolve()
    const db = await use.source([
      migration('1', [
        () => undefined,
        async ({ scan, signal, db: { migrations } }) => {
          if (signal.aborted) return
          await migrations.unlock()
          const next = await use.source([
            migration('1', [() => undefined, 'SELECT * FROM sized', 'SELECT * FROM sized']),
          ])
          other = next.migrations.run()
          await other
          void scan
        },
        () => undefined,
      ]),
    ])
    await use.keyspace.client.execute(
      `CREATE TABLE IF NOT EXISTS ${use.keyspace.name}.sized (id int PRIMARY KEY)`,
    )
    await expect(db.migrations.run()).rejects.toMatchObject(stopped([], 3))
    expect(await other).toHaveLength(1)
    const [row] = await use.rows(`SELECT state, steps_done FROM %.${use.log}`)
    expect(row).toEqual({ state: 'applied', steps_done: 3 })
  })
})

it('a runner that loses its lock in its last step says what is not recorded', async () => {
  let unlock = async () => {}
  const db = await use.source([migration('1', [() => unlock()])])
  unlock = async () => void (await db.migrations.unlock())
  await expect(db.migrations.run()).rejects.toMatchObject({
    version: '1',
    message: expect.stringContaining(
      '1-m1: its steps are done and could not be recorded: the runner',
    ),
  })
  unlock = async () => {}
  expect(await db.migrations.run()).toHaveLength(1)
})

it('a write of the lock or the log without an answer is settled', async () => {
  const db = await use.source([
    migration('1', [() => undefined]),
    migration('2', [() => undefined]),
  ])
  const failures = { lock: 1, entry: 2 }
  const client = db.client as unknown as {
    execute(cql: string, ...rest: unknown[]): Promise<unknown>
  }
  const execute = client.execute.bind(client)
  client.execute = async (cql, ...rest) => {
    const result = await execute(cql, ...rest)
    const kind = cql.includes('IF "lock_owner" = null') ? 'lock' : 'entry'
    if (!cql.startsWith('UPDATE') || failures[kind] === 0) return result
    failures[kind]--
    throw new errors.OperationTimedOutError('the answer was lost', '127.0.0.1')
  }
  expect(await db.migrations.run()).toHaveLength(2)
  expect(failures).toEqual({ lock: 0, entry: 0 })
  expect(await states(db)).toEqual(['1 applied', '2 applied'])
})

it('log and lock are read and written at localSerial and localQuorum, or as the options say', async () => {
  const sent = new Set<string>()
  const levelsOf = async (defaults: object) => {
    sent.clear()
    const db = await use.source([migration(String(Object.keys(defaults).length), [])], {
      defaults,
    })
    const client = db.client as unknown as {
      execute(cql: string, params: unknown, options: Record<string, unknown>): Promise<unknown>
    }
    const execute = client.execute.bind(client)
    client.execute = (cql, params, options) => {
      if (cql.includes(`."${use.log}" `) && !cql.startsWith('CREATE')) {
        sent.add(
          `${cql.split(' ')[0]} ${String(options['consistency'])} ${String(options['serialConsistency'])}`,
        )
      }
      return execute(cql, params, options)
    }
    await db.migrations.run({ outOfOrder: true }).catch(() => undefined)
    return [...sent].sort()
  }
  const { localQuorum, localSerial, one, serial } = consistencies
  expect(await levelsOf({})).toEqual([
    `DELETE ${localQuorum} ${localSerial}`,
    `SELECT ${localSerial} ${localSerial}`,
    `UPDATE ${localQuorum} ${localSerial}`,
  ])
  await use.keyspace.client.execute(`DROP TABLE ${use.keyspace.name}.${use.log}`)
  expect(await levelsOf({ consistency: 'one', serialConsistency: 'serial' })).toEqual([
    `DELETE ${one} ${serial}`,
    `SELECT ${serial} ${serial}`,
    `UPDATE ${one} ${serial}`,
  ])
})
