import { Column, Entity, LwtOutcomeUnknownError, type LwtResult, PartitionKey } from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('tallies')
class Tally {
  @PartitionKey('int') id!: number
  @Column('int') count = 0
}

const { db } = useDataSource([Tally])
const tallies = db.getRepository(Tally)

/** The result, or undefined when many rounds on one row were too many and the outcome is unknown. */
async function attempt<T>(write: Promise<LwtResult<T>>): Promise<LwtResult<T> | undefined> {
  try {
    return await write
  } catch (error) {
    expect(error).toBeInstanceOf(LwtOutcomeUnknownError)
    return undefined
  }
}

async function countOf(id: number): Promise<number> {
  const [tally] = await tallies.find({ where: { id }, consistency: 'serial' })
  return Number(tally?.count)
}

it('counts what was applied when fifty loops read, add one and write', async () => {
  await tallies.insert(tallies.create({ id: 1 }))
  let applied = 0
  let unknown = 0
  const loop = async () => {
    let count = await countOf(1)
    for (let i = 0; i < 10; i++) {
      const write = tallies.update({ id: 1 }, { count: count + 1 }, { if: { count } })
      const result = await attempt(write)
      if (result === undefined) {
        unknown++
        count = await countOf(1)
      } else if (result.applied) {
        applied++
        count++
      } else count = Number(result.existing?.count)
    }
  }
  await Promise.all(Array.from({ length: 50 }, loop))
  const count = await countOf(1)
  expect(applied).toBeGreaterThan(0)
  expect(count).toBeGreaterThanOrEqual(applied)
  expect(count).toBeLessThanOrEqual(applied + unknown)
})

it('lets one of fifty concurrent inserts win, and shows it to the others', async () => {
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, count) =>
      attempt(tallies.insert(tallies.create({ id: 2, count }), { ifNotExists: true })),
    ),
  )
  const stored = { id: 2, count: await countOf(2) }
  const winner = results[stored.count]
  expect(winner === undefined || winner.applied).toBe(true)
  results.forEach((result, count) => {
    if (result === undefined || count === stored.count) return
    expect(result).toEqual({ applied: false, existing: stored })
  })
})
