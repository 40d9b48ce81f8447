import { ClusteringKey, Column, Entity, In, PartitionKey, StaticColumn } from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('measures')
class Measure {
  @PartitionKey('text') sensor!: string
  @PartitionKey('int') day!: number
  @ClusteringKey('int') hour!: number
  @ClusteringKey('int') minute!: number
  @StaticColumn('text') unit?: string | null
  @Column('double') value!: number
}

const { db } = useDataSource([Measure])
const measures = db.getRepository(Measure)

beforeAll(async () => {
  await measures.save(
    ['s1', 's2'].flatMap((sensor) =>
      [1, 2].flatMap((hour) =>
        [0, 30].map((minute) =>
          measures.create({ sensor, day: 1, hour, minute, unit: 'K', value: hour * 100 + minute }),
        ),
      ),
    ),
  )
})

const where = { sensor: 's1', day: 1 }

it('reads each partition once', async () => {
  const rows = await measures.find({ select: ['sensor', 'day', 'unit'], distinct: true })
  expect(rows.map(({ sensor }) => sensor).sort()).toEqual(['s1', 's2'])
  expect(rows[0]).toBeInstanceOf(Measure)
  expect(Object.keys(rows[0] ?? {})).toEqual(['sensor', 'day', 'unit'])
  expect(
    await measures.find({
      where: { sensor: In(['s1', 's2', 's3']), day: 1 },
      select: ['sensor', 'day'],
      distinct: true,
      limit: 5,
    }),
  ).toHaveLength(2)
  const streamed: string[] = []
  for await (const { sensor } of measures.stream({
    select: ['sensor', 'day'],
    distinct: true,
    fetchSize: 1,
  })) {
    streamed.push(sensor)
  }
  expect(streamed.sort()).toEqual(['s1', 's2'])
})

it('reads the first row of each group', async () => {
  const values = (rows: readonly Measure[]) => rows.map(({ value }) => value)
  expect(values(await measures.find({ where, groupBy: ['sensor', 'day', 'hour'] }))).toEqual([
    100, 200,
  ])
  expect(values(await measures.find({ where, groupBy: ['hour'], limit: 1 }))).toEqual([100])
  expect(values(await measures.find({ groupBy: ['sensor', 'day'] }))).toEqual([100, 100])
  const one = await measures.findOne({ where, groupBy: ['hour'], orderBy: { hour: 'desc' } })
  expect(one?.hour).toBe(2)
})

it('refuses what the server refuses, before it is asked', async () => {
  await expect(measures.find({ distinct: true })).rejects.toThrow('Measure: ')
  await expect(measures.find({ distinct: true, select: ['sensor'] })).rejects.toThrow('day')
  await expect(
    measures.find({ distinct: true, select: ['sensor', 'day', 'value'] }),
  ).rejects.toThrow('value')
  await expect(measures.find({ groupBy: ['value'] })).rejects.toThrow('value')
  await expect(measures.find({ groupBy: ['hour'] })).rejects.toThrow('Measure: ')
  await expect(measures.find({ groupBy: [] })).rejects.toThrow(
    'groupBy must be an array with at least one property of the primary key',
  )
  await expect(measures.count({ distinct: true } as never)).rejects.toThrow(
    `Measure: count has no option 'distinct'`,
  )
})
