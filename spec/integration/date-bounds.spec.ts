import {
  And,
  Between,
  ClusteringKey,
  Column,
  Entity,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
  PartitionKey,
  TimeUuid,
  ValueError,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'

@Entity('log')
class Log {
  @PartitionKey('int') id!: number
  @ClusteringKey('timeuuid') at!: TimeUuid
  @Column('text') what?: string | null
  @Column('timeuuid') changed?: TimeUuid | null
}

@Entity('backwards')
class Backwards {
  @PartitionKey('int') id!: number
  @ClusteringKey('timeuuid', { order: 'desc' }) at!: TimeUuid
}

const { db } = useDataSource([Log, Backwards])
const log = db.getRepository(Log)
const backwards = db.getRepository(Backwards)
const time = Date.parse('2026-01-01T00:00:00.500Z')
const date = new Date(time)

beforeAll(async () => {
  for (const offset of [-1, 0, 1]) {
    for (const ticks of [0, 5000, 9999]) {
      const at = TimeUuid.fromDate(new Date(time + offset), ticks)
      await log.insert({ id: 1, at, what: `${offset} ${ticks}`, changed: at })
      await backwards.insert({ id: 1, at })
    }
  }
})

const whole = (...offsets: number[]) =>
  offsets.flatMap((offset) => [0, 5000, 9999].map((ticks) => `${offset} ${ticks}`))

it.each([
  ['MoreThan', MoreThan(date), whole(1)],
  ['MoreThanOrEqual', MoreThanOrEqual(date), whole(0, 1)],
  ['LessThan', LessThan(date), whole(-1)],
  ['LessThanOrEqual', LessThanOrEqual(date), whole(-1, 0)],
  ['Between', Between(date, date), whole(0)],
  ['And', And(MoreThanOrEqual(new Date(time - 1)), LessThan(date)), whole(-1)],
] as const)('%s includes or excludes the whole millisecond of a Date', async (_, at, expected) => {
  const found = await log.findBy({ id: 1, at })
  expect(found.map(({ what }) => what)).toEqual(expected)
  expect(await backwards.findBy({ id: 1, at })).toHaveLength(expected.length)
})

it('takes a Date in the if of a write', async () => {
  const [first] = await log.find({ where: { id: 1 }, limit: 1 })
  const key = { id: 1, at: first?.at as TimeUuid }
  const before = await log.update(key, { what: '-1 0' }, { if: { changed: LessThan(date) } })
  const after = await log.update(key, { what: '-1 0' }, { if: { changed: MoreThanOrEqual(date) } })
  expect([before.applied, after.applied]).toEqual([true, false])
})

it('refuses a Date that a timeuuid cannot hold, and one that is no bound', async () => {
  const error = await failure(() => log.findBy({ id: 1, at: MoreThan(new Date(Number.NaN)) }))
  expect(error).toBeInstanceOf(ValueError)
  expect(error.message).toBe(
    'Log.at: needs a timeuuid or a Date that a timeuuid can hold; got another Date',
  )
  expect((await failure(() => log.findBy({ id: 1, at: date as never }))).message).toBe(
    'Log.at: needs a timeuuid or its text of 36 characters; got a value of class Date',
  )
})
