import { Column, DataSource, Entity, In, MoreThan, PartitionKey, ClusteringKey } from '../../lib'
import { codeGeneration } from '../../lib/plan/compile'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'

@Entity('readings')
class Reading {
  @PartitionKey('text') sensor!: string
  @ClusteringKey('int') at!: number
  @Column('double') value?: number | null
  @Column('map<text, int>') counts = new Map<string, number>()
  @Column('text', { select: false }) hidden: string | null = 'initial'
  readonly #secret = 7

  get secret(): number {
    return this.#secret
  }
}

const keyspace = useKeyspace()
const before = process.env['COODIE_CODE_GENERATION']

beforeAll(() =>
  keyspace.client.execute(
    `CREATE TABLE ${keyspace.name}.readings (sensor text, at int, value double, counts map<text, int>, hidden text, PRIMARY KEY (sensor, at))`,
  ),
)
afterEach(() => {
  if (before === undefined) delete process.env['COODIE_CODE_GENERATION']
  else process.env['COODIE_CODE_GENERATION'] = before
})

/** What a user sees of all that is compiled: binders of every statement, readers whole and in part, refusals. */
async function everything(): Promise<unknown> {
  const db = await new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [Reading],
  }).initialize()
  try {
    const readings = db.getRepository(Reading)
    await readings.truncate()
    const one = (at: number, value: number | null | undefined) =>
      readings.create({ sensor: 's', at, ...(value === undefined ? {} : { value }), hidden: 'h' })
    await readings.save([one(1, 1.5), one(2, null), one(3, undefined)], {
      ttl: 1000,
      timestamp: 5n,
    })
    await readings.update(
      { sensor: 's', at: 2 },
      { counts: new Map([['a', 1]]) },
      { timestamp: 6n },
    )
    await readings.delete({ sensor: 's', at: MoreThan(2) }, { timestamp: new Date() })
    const found = await readings.find({ where: { sensor: In(['s', 't']), at: MoreThan(0) } })
    return {
      found,
      secrets: found.map(({ secret }) => secret),
      isWhole: found.every((each) => each instanceof Reading && Object.hasOwn(each, 'hidden')),
      part: await readings.find({ select: ['at', 'hidden'], limit: 1 }),
      count: await readings.count(),
      nothing: await readings.findBy({ sensor: In([]) }),
      page: (await readings.findPage({ fetchSize: 1 })).items,
      refusals: await Promise.all(
        [
          () => readings.save({ sensor: 's' } as Reading),
          () => readings.save({ sensor: 's', at: 1.5 } as Reading),
          () => readings.save({ sensor: null, at: 1 } as never),
          () => readings.findBy({ sensor: In([null]) } as never),
          () => readings.find({ where: { sensor: 's', at: MoreThan(undefined) } } as never),
          () => readings.update({ sensor: 's', at: 1 }, { value: 'x' } as never),
        ].map(async (call) => (await failure(call)).message),
      ),
    }
  } finally {
    await db.destroy()
  }
}

it('gives the same from generated functions as from closures', async () => {
  delete process.env['COODIE_CODE_GENERATION']
  expect(codeGeneration()).toBe('generated')
  const generated = await everything()
  process.env['COODIE_CODE_GENERATION'] = '0'
  expect(codeGeneration()).toBe('closures')
  expect(await everything()).toEqual(generated)
  expect(generated).toMatchObject({
    found: [
      { sensor: 's', at: 1, value: 1.5, counts: new Map(), hidden: undefined },
      { sensor: 's', at: 2, value: null, counts: new Map([['a', 1]]), hidden: undefined },
    ],
    secrets: [7, 7],
    isWhole: true,
    part: [{ at: 1, hidden: 'h' }],
    count: 2,
    nothing: [],
  })
})
