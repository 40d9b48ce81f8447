import fc from 'fast-check'
import {
  And,
  Between,
  ClusteringKey,
  Column,
  Contains,
  Entity,
  In,
  Index,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
  PartitionKey,
  type Repository,
  StatementError,
  StaticColumn,
} from '../../lib'
import { useDataSource } from '../server/data-source'

/*
 * Random filters, answered by the server and by brute force over all rows. A filter may be refused with a
 * StatementError; one that is answered must be answered rightly. More of them: COODIE_FILTERS=3000.
 */

/** A row of both tables; the properties are the same, the indexes are not. */
interface Row {
  p: number
  q: string
  c: number | null
  d: string | null
  st?: number | null
  su?: string | null
  v?: number | null
  t?: string | null
  n?: number | null
  l: Set<number>
}

@Entity('built_in')
class BuiltIn implements Row {
  @PartitionKey('int') p!: number
  @PartitionKey('text') q!: string
  @ClusteringKey('int', { order: 'desc' }) c!: number
  @ClusteringKey('text') d!: string
  @Index() @StaticColumn('int') st?: number | null
  @StaticColumn('text') su?: string | null
  @Index() @Column('int') v?: number | null
  @Index() @Column('text') t?: string | null
  @Column('int') n?: number | null
  @Index() @Column('set<int>') l = new Set<number>()
}

@Entity('attached')
class Attached implements Row {
  @PartitionKey('int') p!: number
  @PartitionKey('text') q!: string
  @ClusteringKey('int') c!: number
  @Index({ using: 'sai' }) @ClusteringKey('text') d!: string
  @Index({ using: 'sai' }) @StaticColumn('int') st?: number | null
  @Index({ using: 'sai' }) @StaticColumn('text') su?: string | null
  @Index({ using: 'sai' }) @Column('int') v?: number | null
  @Index({ using: 'sai' }) @Column('text') t?: string | null
  @Column('int') n?: number | null
  @Index({ using: 'sai' }) @Column('set<int>') l = new Set<number>()
}

const { db } = useDataSource([BuiltIn, Attached])

const numbers = [0, 1, 2, 3] as const
const texts = ['', 'a', 'b'] as const

beforeAll(async () => {
  await db.schema.sync({ waitForIndexes: true })
  const pick = <T>(from: readonly T[], i: number): T | null => from[i % (from.length + 1)] ?? null
  for (const target of [BuiltIn, Attached]) {
    const repository = db.getRepository(target) as unknown as Repository<Row>
    let i = 0
    for (const p of numbers) {
      for (const q of texts.slice(1)) {
        await repository.update({ p, q }, { st: pick(numbers, i + p), su: pick(texts, i) })
        i += 3
        // Some partitions have statics alone.
        if ((p + q.length) % 3 === 0) continue
        for (const c of numbers) {
          for (const d of texts) {
            i += 7
            if (i % 5 === 0) continue
            await repository.save({
              p,
              q,
              c,
              d,
              v: pick(numbers, i),
              t: pick(texts, i >> 1),
              n: pick(numbers, i >> 2),
              l: new Set([i % 4, (i >> 1) % 4].filter((each) => each > 0)),
            })
          }
        }
      }
    }
  }
})

/** A condition: how it is asked, and which values fulfil it. */
interface Asked {
  readonly filter: unknown
  readonly text: string
  readonly holds: (value: unknown) => boolean
}

type Value = number | string

const ordered =
  (compare: (value: Value) => boolean) =>
  (value: unknown): boolean =>
    value !== null && value !== undefined && compare(value as Value)

function scalar(values: readonly Value[]): fc.Arbitrary<Asked> {
  const value = fc.constantFrom(...values)
  return fc.oneof(
    { weight: 4, arbitrary: value.map((v) => ask(v, `${v}`, (x) => x === v)) },
    {
      weight: 2,
      arbitrary: fc
        .uniqueArray(value, { maxLength: 3 })
        .map((vs) => ask(In(vs), `In(${vs.join()})`, (x) => vs.includes(x))),
    },
    value.map((v) => ask(MoreThan(v), `>${v}`, (x) => x > v)),
    value.map((v) => ask(MoreThanOrEqual(v), `>=${v}`, (x) => x >= v)),
    value.map((v) => ask(LessThan(v), `<${v}`, (x) => x < v)),
    value.map((v) => ask(LessThanOrEqual(v), `<=${v}`, (x) => x <= v)),
    fc
      .tuple(value, value)
      .map(([a, b]) => ask(Between(a, b), `Between(${a},${b})`, (x) => x >= a && x <= b)),
    fc
      .tuple(value, value)
      .map(([a, b]) =>
        ask(And(MoreThan(a), LessThan(b)), `And(>${a},<${b})`, (x) => x > a && x < b),
      ),
  )
}

function ask(filter: unknown, text: string, holds: (value: Value) => boolean): Asked {
  return { filter, text, holds: ordered(holds) }
}

const elements: fc.Arbitrary<Asked> = fc.constantFrom(...numbers.slice(1)).map((n) => ({
  filter: Contains(n),
  text: `Contains(${n})`,
  holds: (value) => value instanceof Set && value.has(n),
}))

const asked = {
  p: scalar(numbers),
  q: scalar(texts.slice(1)),
  c: scalar(numbers),
  d: scalar(texts),
  st: scalar(numbers),
  su: scalar(texts),
  v: scalar(numbers),
  t: scalar(texts),
  n: scalar(numbers),
  l: elements,
} satisfies Record<keyof Row, fc.Arbitrary<Asked>>

type Filter = Readonly<Record<string, Asked>>

function some(properties: readonly (keyof Row)[], maxLength: number): fc.Arbitrary<Filter> {
  return fc
    .tuple(fc.record(asked), fc.subarray([...properties], { maxLength }))
    .map(([all, kept]) => Object.fromEntries(kept.map((property) => [property, all[property]])))
}

const filters = some(Object.keys(asked) as (keyof Row)[], 4)

/** The properties that are compared with the values of a row that is there: other filters find next to nothing. */
const aims: fc.Arbitrary<readonly (keyof Row)[]> = fc.oneof(
  fc.constant([]),
  fc.subarray(['p', 'q', 'c', 'd', 'st', 'su', 'v', 't'] as (keyof Row)[], { maxLength: 3 }),
  fc
    .subarray(['c', 'd', 'st', 'su', 'v', 't'] as (keyof Row)[], { maxLength: 3 })
    .map((others) => ['p', 'q', ...others] as (keyof Row)[]),
)

function aimedAt(row: Row | undefined, properties: readonly (keyof Row)[]): Filter {
  const values = properties.map((property) => [property, row?.[property]] as const)
  return Object.fromEntries(
    values
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([property, value]) => [property, ask(value, String(value), (x) => x === value)]),
  )
}

const reads = fc.record({
  table: fc.constantFrom(BuiltIn, Attached),
  given: filters,
  aim: fc.nat(),
  aimed: aims,
  fetchSize: fc.constantFrom(2, 3, 5000),
  limit: fc.constantFrom(1, 2, 5, 1000),
  groupBy: fc.constantFrom(['p', 'q'], ['p', 'q', 'c']) as fc.Arbitrary<(keyof Row)[]>,
})

const keyOf = ({ p, q, c, d }: Row) => [p, q, c, d].join('/')
const sorted = (rows: readonly Row[]) => rows.map(keyOf).sort()

function isIn(found: readonly Row[], all: readonly Row[]): boolean {
  const keys = new Set(all.map(keyOf))
  return (
    found.every((row) => keys.has(keyOf(row))) && new Set(found.map(keyOf)).size === found.length
  )
}

let answered = 0
let refused = 0

/** The answer of a read, or undefined if it is refused. */
async function answer<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof StatementError) return undefined
    throw error
  }
}

it('answers random filters as brute force does', async () => {
  const rows = new Map<unknown, readonly Row[]>()
  for (const target of [BuiltIn, Attached]) rows.set(target, await db.getRepository(target).find())
  await fc.assert(
    fc.asyncProperty(reads, async ({ table, given, aim, aimed, fetchSize, limit, groupBy }) => {
      const repository = db.getRepository(table) as unknown as Repository<Row>
      const all = rows.get(table) ?? []
      const filter = {
        ...(aimed.length > 2 ? {} : given),
        ...aimedAt(all[aim % all.length], aimed),
      }
      const where = Object.fromEntries(
        Object.entries(filter).map(([property, { filter: value }]) => [property, value]),
      )
      const expected = all.filter((row) =>
        Object.entries(filter).every(([property, { holds }]) => holds(row[property as keyof Row])),
      )
      const read = { where, allowFiltering: true, fetchSize }
      const told = `${table.name} ${Object.entries(filter)
        .map(([property, { text }]) => `${property} ${text}`)
        .join(' AND ')}, pages of ${fetchSize}, limit ${limit}`
      const found = await answer(() => repository.find(read))
      if (found === undefined) {
        refused++
        return
      }
      answered++
      expect([told, sorted(found)]).toEqual([told, sorted(expected)])
      const few = (await answer(() => repository.find({ ...read, limit }))) ?? []
      expect([told, few.length, isIn(few, expected)]).toEqual([
        told,
        Math.min(limit, expected.length),
        true,
      ])
      expect([told, await repository.count({ where, allowFiltering: true })]).toEqual([
        told,
        expected.length,
      ])
      expect([told, await repository.exists({ where, allowFiltering: true })]).toEqual([
        told,
        expected.length > 0,
      ])
      const groups = await answer(() => repository.find({ ...read, groupBy }))
      if (groups !== undefined) {
        const groupOf = (row: Row) => groupBy.map((property) => row[property]).join('/')
        expect([told, groups.map(groupOf).sort(), isIn(groups, expected)]).toEqual([
          told,
          [...new Set(expected.map(groupOf))].sort(),
          true,
        ])
      }
    }),
    { numRuns: Number(process.env['COODIE_FILTERS'] ?? 150), verbose: 1 },
  )
  expect(answered).toBeGreaterThan(refused / 4)
}, 1_200_000)
