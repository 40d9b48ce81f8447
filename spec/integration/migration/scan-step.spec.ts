import { Column, Entity, PartitionKey } from '../../../lib'
import type { MigrationContext, MigrationProgress } from '../../../lib/migration'
import { migration, useMigrations } from './source'

@Entity('numbers')
class Numbered {
  @PartitionKey('int') id!: number
  @Column('int') square?: number | null
}

/** A scan of 200,000 rows takes a minute: `COODIE_SCAN_ROWS=200000`. */
const count = Number(process.env['COODIE_SCAN_ROWS'] ?? 3000)
const concurrency = 4
const fetchSize = Math.ceil(count / 300)

const use = useMigrations()

async function fill(rows: number): Promise<void> {
  const db = await use.source([], { entities: [Numbered] })
  await db.schema.sync()
  const numbers = db.getRepository(Numbered)
  await numbers.truncate()
  await numbers.saveAll(Array.from({ length: rows }, (_, id) => numbers.create({ id })))
}

it('an interrupted scan handles every row, and repeats at most one page of each worker', async () => {
  await fill(count)
  const calls = new Map<number, number>()
  const seen: MigrationProgress[] = []
  let rows = 0
  let stopAt = 0
  let inPage = 0
  const db = await use.source([
    migration('1', [
      async ({ repository, scan }) => {
        const numbers = repository(Numbered)
        await scan(Numbered, { select: ['id'], concurrency, fetchSize }, async ({ id }) => {
          if (rows++ >= stopAt) throw new Error('interrupted')
          calls.set(id, (calls.get(id) ?? 0) + 1)
          await numbers.update({ id }, { square: id })
        })
      },
    ]),
  ])
  for (let i = 1; i <= 5; i++) {
    rows = 0
    stopAt = Math.floor((Math.random() * count) / 6)
    const before = [...calls.values()].reduce((a, b) => a + b, 0)
    await expect(db.migrations.run()).rejects.toThrow('interrupted')
    expect(await db.migrations.list()).toMatchObject([{ state: 'failed', stepsDone: 0 }])
    inPage = Math.max(inPage, [...calls.values()].reduce((a, b) => a + b, 0) - before)
  }
  stopAt = Infinity
  await db.migrations.run({ onProgress: (progress) => seen.push(progress) })
  expect(calls.size).toBe(count)
  const repeated = [...calls.values()].reduce((sum, times) => sum + times - 1, 0)
  expect(repeated).toBeLessThanOrEqual(5 * concurrency * fetchSize)
  const squares = await use.rows(
    'SELECT count(*) AS n FROM %.numbers WHERE square >= 0 ALLOW FILTERING',
  )
  expect(String(squares[0]?.['n'])).toBe(String(count))
  const fractions = seen.map(({ fraction = 0 }) => fraction)
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  expect(fractions.at(-1)).toBe(1)
}, 900_000)

it('begins again if its filter is another one', async () => {
  await fill(200)
  const found: number[] = []
  let least = 100
  const step = async ({ scan }: MigrationContext) => {
    const options = { where: { square: least }, allowFiltering: true, fetchSize: 1 }
    await scan(Numbered, options, ({ id }) => void found.push(id))
    if (least === 100) throw new Error('once')
  }
  await use.keyspace.client.execute(
    `UPDATE ${use.keyspace.name}.numbers SET square = 100 WHERE id = 10`,
  )
  await use.keyspace.client.execute(
    `UPDATE ${use.keyspace.name}.numbers SET square = 121 WHERE id = 11`,
  )
  const db = await use.source([migration('1', [step])])
  await expect(db.migrations.run()).rejects.toThrow('once')
  least = 121
  await db.migrations.run()
  expect(found).toEqual([10, 11])
})

it.each<[string, (context: MigrationContext) => Promise<void>, string]>([
  [
    'a second scan',
    async ({ scan }) => {
      await scan(Numbered, {}, () => undefined)
      await scan(Numbered, {}, () => undefined)
    },
    'scan was called a second time in one step, and the log keeps the progress of one scan; make the second scan a step of its own',
  ],
  [
    'two arguments',
    ({ scan }) => scan(Numbered, (() => undefined) as never, undefined as never),
    'scan takes three arguments: scan(Entity, options, eachRow)',
  ],
  [
    'a state',
    ({ scan }) => scan(Numbered, { resume: {} } as never, () => undefined),
    "scan has no option 'resume' in a step: the run divides the table, keeps the progress and aborts the scan",
  ],
  [
    'no workers',
    ({ scan }) => scan(Numbered, { concurrency: 0 }, () => undefined),
    'scan: concurrency must be a whole number from 1',
  ],
  [
    'an unknown option',
    ({ scan }) => scan(Numbered, { selct: ['id'] } as never, () => undefined),
    "Numbered: scan has no option 'selct'; did you mean 'select'?",
  ],
])('refuses %s', async (_, step, message) => {
  const db = await use.source([migration('1', [step])])
  await expect(db.migrations.run()).rejects.toThrow(`1-m1: step 1 of 1 failed: ${message}`)
})
