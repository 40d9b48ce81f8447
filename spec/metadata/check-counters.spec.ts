import {
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  Index,
  PartitionKey,
  StaticColumn,
  getEntityMetadata,
} from '../../lib'
import { problemsOf } from './problems-of'

it('knows counters, in the order of the columns', () => {
  @Entity()
  class Hits {
    @CounterColumn() views!: bigint
    @CounterColumn({ as: 'number', name: 'n', select: false }) visitors!: number
    @CounterColumn({ as: 'string' }) clicks!: string
    @PartitionKey('text') page!: string
    @ClusteringKey('int') day!: number
  }
  const { hasCounters, columns } = getEntityMetadata(Hits)
  expect(hasCounters).toBe(true)
  expect(
    columns.map(({ name, kind, codec, selected }) => [name, kind, codec.form, selected]),
  ).toEqual([
    ['page', 'partitionKey', 'native', true],
    ['day', 'clustering', 'native', true],
    ['views', 'counter', 'native', true],
    ['n', 'counter', 'number', false],
    ['clicks', 'counter', 'string', true],
  ])
})

it('tells all that a table of counters cannot have', () => {
  @Entity({ defaultTimeToLive: 60 })
  class Hits {
    @PartitionKey('text') page!: string
    @Index() @ClusteringKey('int') day!: number
    @CounterColumn({ default: 1n, ttl: 5 } as object) views!: bigint
    @Column('text') note!: string
    @StaticColumn('text') owner!: string
  }
  const apart =
    `is not a counter, and a table with counters ('views') has no other columns outside its key; ` +
    'move it to another class'
  expect(problemsOf(Hits)).toEqual([
    "Hits.views: 'default' is not an option of @CounterColumn(): the value is set by the server or the repository",
    "Hits.views: 'ttl' is not an option of @CounterColumn(): only columns of @Column() and @StaticColumn() can expire alone",
    `Hits.note: ${apart}`,
    `Hits.owner: ${apart}`,
    'Hits.day: has an @Index(), which a table of counters cannot have; leave it out',
    'Hits: has counters, which never expire; leave defaultTimeToLive out',
  ])
})

it('takes a counter from its own decorator only, and only on a bigint', () => {
  @Entity()
  class Hits {
    @PartitionKey('text') page!: string
    // @ts-expect-error a counter is declared with @CounterColumn()
    @Column('counter') views!: bigint
    // @ts-expect-error a counter is a bigint
    @CounterColumn() clicks!: number
  }
  expect(problemsOf(Hits)).toEqual(
    expect.arrayContaining([
      'Hits.views: a counter is declared with @CounterColumn()',
      "Hits.clicks: is annotated as Number, which a counter is not; write { as: 'number' }",
    ]),
  )
})

describe('the ttl of a column', () => {
  it('is a whole number of seconds, and not of a key', () => {
    @Entity()
    class Session {
      // @ts-expect-error a key has no ttl
      @PartitionKey('int', { ttl: 5 }) id!: number
      @Column('text', { ttl: -1 }) a!: string
      @Column('text', { ttl: 1.5 }) b!: string
      @Column('text', { ttl: 630_720_001 }) c!: string
    }
    const range =
      "the option 'ttl' of @Column() must be a whole number of seconds from 0 to 630720000"
    expect(problemsOf(Session)).toEqual([
      "Session.id: 'ttl' is not an option of @PartitionKey(): only columns of @Column() and @StaticColumn() can expire alone",
      `Session.a: ${range}`,
      `Session.b: ${range}`,
      `Session.c: ${range}`,
    ])
  })

  it('may be 0, for never', () => {
    @Entity()
    class Session {
      @PartitionKey('int') id!: number
      @Column('text', { ttl: 0 }) kept!: string
      @Column('text') name!: string
    }
    const { hasOwnTtls, columns } = getEntityMetadata(Session)
    expect(hasOwnTtls).toBe(true)
    expect(columns.map(({ ttl }) => ttl)).toEqual([undefined, 0, undefined])
  })
})
