import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { connection } from '../../server/keyspace'
import { type Moment, type Program, steps } from './killed-runner'
import { migration, useMigrations } from './source'

const use = useMigrations()
const root = join(__dirname, '../../..')
const moments: readonly Moment[] = ['before', 'sent', 'answered']

/** Every moment of every step takes minutes: `COODIE_KILLS=all`. Otherwise each step has one of them. */
const passes =
  process.env['COODIE_KILLS'] === 'all'
    ? moments.map((moment) => steps.map(() => moment))
    : [steps.map((_, i) => moments[(i + 1) % 3] ?? 'sent')]

/** Runs the migration in a process, and returns the signal that ended it. */
async function runner(step: number | undefined, moment: Moment): Promise<string> {
  const options = {
    ...connection(),
    keyspace: use.keyspace.name,
    entities: [],
    migrationsTable: use.log,
  }
  const program: Program = { options, step, moment }
  const script =
    `require(${JSON.stringify(join(root, 'scripts/typescript.cjs'))}).registerTypeScript();` +
    `require(${JSON.stringify(join(__dirname, 'killed-runner.ts'))}).run(${JSON.stringify(program)})` +
    '.catch((error) => { console.error(error); process.exit(1) })'
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'pipe'] })
  let told = ''
  child.stderr.on('data', (data) => (told += String(data)))
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  return code === 0 ? 'done' : (signal ?? told)
}

it.each(passes.map((pass) => [pass]))(
  'a runner killed at every step leaves nothing undone: %j',
  async (pass) => {
    const db = await use.source([migration('1', steps)])
    for (const [i, moment] of pass.entries()) {
      expect(await runner(i + 1, moment)).toBe('SIGKILL')
      const [status] = await db.migrations.list()
      expect(status?.stepsDone).toBe(i)
      // The lock of the dead runner would expire; this is faster.
      expect(await db.migrations.unlock()).toMatch(/^.+:\d+:.+$/u)
      expect(await db.migrations.list()).toMatchObject([
        { state: 'failed', error: `interrupted at step ${i + 1}` },
      ])
    }
    expect(await runner(undefined, 'before')).toBe('done')
    const types = await use.rows(
      `SELECT field_names, field_types FROM system_schema.types WHERE keyspace_name = '%'`,
    )
    expect(types).toEqual([
      { field_names: ['amount', 'currency'], field_types: ['decimal', 'text'] },
    ])
    const columns = await use.rows(
      `SELECT column_name, type, kind FROM system_schema.columns WHERE keyspace_name = '%' AND table_name = 'prices'`,
    )
    expect(columns).toEqual([
      { column_name: 'name', type: 'text', kind: 'regular' },
      { column_name: 'number', type: 'int', kind: 'partition_key' },
      { column_name: 'price', type: 'frozen<money>', kind: 'regular' },
    ])
    const indexes = `SELECT index_name FROM system_schema.indexes WHERE keyspace_name = '%'`
    expect(await use.rows(indexes)).toEqual([])
    expect(await use.rows('SELECT number, name, price.currency AS c FROM %.prices')).toEqual([
      { number: 1, name: 'a;b', c: 'EUR' },
    ])
    await use.keyspace.client.execute(`DROP TABLE ${use.keyspace.name}.prices`)
    await use.keyspace.client.execute(`DROP TYPE ${use.keyspace.name}.money`)
  },
  300_000,
)
