import {
  And,
  Between,
  ClusteringKey,
  Column,
  ComputedColumn,
  Contains,
  ContainsKey,
  Entity,
  Entry,
  Equal,
  In,
  Index,
  IsNull,
  LessThan,
  LessThanOrEqual,
  Like,
  MoreThan,
  MoreThanOrEqual,
  Not,
  PartitionKey,
  StaticColumn,
  TimeUuid,
} from '../../lib'
import { getEntityMetadata } from '../../lib/metadata/get-entity-metadata'
import { compileBinder } from '../../lib/plan/binder'
import type { SelectRequest } from '../../lib/statement/requests'
import { buildSelect, shapeOfSelect } from '../../lib/statement/select'

@Entity('events')
class Event {
  @PartitionKey('text') tenant!: string
  @PartitionKey('int') day!: number
  @ClusteringKey('int') hour!: number
  @ClusteringKey('text') name!: string
  @StaticColumn('text') note?: string | null
  @Index({ using: 'sai' }) @Column('int') price!: number
  @Index({ using: 'sai' }) @Column('int') size!: number
  @Index({ using: 'org.apache.cassandra.index.sasi.SASIIndex' }) @Column('text') title!: string
  @Index({ on: 'values' })
  @Index({ on: 'keys' })
  @Index({ on: 'entries' })
  @Column('map<text, int>')
  counts!: Map<string, number>
  @Column('bigint') total!: bigint
  @Column('decimal', { as: 'string' }) fee!: string
  @Index({ using: 'sai' }) @Column('vector<float, 2>') near!: number[]
  @Index({ using: 'sai', similarity: 'dot_product' })
  @Column('vector<float, 1>', { select: false })
  far?: number[] | null
  @Column('duration', { as: 'string', select: false }) took?: string | null
  @ComputedColumn({ function: 'writetime', of: 'price' }) pricedAt?: bigint | null
}

@Entity('log')
class Log {
  @PartitionKey('int') id!: number
  @ClusteringKey('text') name!: string
  @ClusteringKey('timeuuid') at!: TimeUuid
  @ClusteringKey('timeuuid', { as: 'string' }) text!: string
}

const event = getEntityMetadata(Event)
const key = { tenant: 'a', day: 1 }
const all =
  '"tenant", "day", "hour", "name", "note", "price", "size", "title", "counts", "total", "fee", "near", ' +
  'writetime("price") AS "priced_at"'

/** The text of a request, and what is bound; bytes as hex. */
function built(request: SelectRequest): readonly [cql: string, ...params: readonly unknown[]] {
  shapeOfSelect(event, request)
  const { cql, markers } = buildSelect(event, 'ks', request)
  const bound = (['generated', 'closures'] as const).map((mode) =>
    compileBinder(
      'Event',
      markers,
      mode,
    )(request).map((param) => (Buffer.isBuffer(param) ? param.toString('hex') : param)),
  )
  expect(bound[1]).toEqual(bound[0])
  return [cql, ...(bound[0] ?? [])]
}

function after(request: SelectRequest): readonly unknown[] {
  const [cql, ...params] = built({ select: ['hour'], ...request })
  const prefix = 'SELECT "hour" FROM "ks"."events" '
  expect(cql.slice(0, prefix.length)).toBe(prefix)
  return [cql.slice(prefix.length), ...params]
}

const refused = (request: SelectRequest) => () => built(request)

describe('what is read', () => {
  it('reads all columns but those with select: false, and the computed ones', () => {
    expect(built({})).toEqual([`SELECT ${all} FROM "ks"."events"`])
  })

  it('reads what is selected, in the order of the entity', () => {
    expect(built({ select: ['pricedAt', 'took', 'tenant', 'tenant'] })).toEqual([
      'SELECT "tenant", "took", writetime("price") AS "priced_at" FROM "ks"."events"',
    ])
  })

  it('counts and aggregates, cast so that nothing wraps, under names of its own', () => {
    const aggregate = (kind: 'sum' | 'average' | 'minimum' | 'maximum', property: string) =>
      built({ aggregate: { kind, property } })[0]
    expect(built({ aggregate: { kind: 'count' } })).toEqual([
      'SELECT count(*) AS "count" FROM "ks"."events"',
    ])
    expect(aggregate('sum', 'price')).toBe(
      'SELECT sum(CAST("price" AS varint)) AS "value", max("price") AS "typed" FROM "ks"."events"',
    )
    expect(aggregate('sum', 'fee')).toBe('SELECT sum("fee") AS "value" FROM "ks"."events"')
    expect(aggregate('average', 'total')).toBe(
      'SELECT sum(CAST("total" AS varint)) AS "value", count("total") AS "count", max("total") AS "typed" FROM "ks"."events"',
    )
    expect(aggregate('minimum', 'title')).toBe('SELECT min("title") AS "value" FROM "ks"."events"')
    expect(aggregate('maximum', 'price')).toBe('SELECT max("price") AS "value" FROM "ks"."events"')
  })

  it('refuses aggregates of columns that have none', () => {
    expect(refused({ aggregate: { kind: 'sum', property: 'title' } })).toThrow(
      'Event.title is a text and has no sum; only numbers have one',
    )
    expect(refused({ aggregate: { kind: 'average', property: 'counts' } })).toThrow(
      'Event.counts is a map<text, int> and has no average; only numbers have one',
    )
    expect(refused({ aggregate: { kind: 'minimum', property: 'took' } })).toThrow(
      'Event.took is a duration and has no minimum; only scalars with an order have one',
    )
    expect(refused({ aggregate: { kind: 'maximum', property: 'prize' } })).toThrow(
      `Event.prize, named in maximum, is not a column; did you mean 'price'?`,
    )
  })

  it('reads the partitions, each once', () => {
    expect(built({ select: ['day', 'tenant', 'note'], distinct: true })[0]).toBe(
      'SELECT DISTINCT "tenant", "day", "note" FROM "ks"."events"',
    )
  })

  it('refuses names that are none, and options of another kind', () => {
    expect(refused({ select: [] })).toThrow('select must name at least one property')
    expect(refused({ select: ['prce'] })).toThrow(
      `Event.prce, named in select, is not a column; did you mean 'price'?`,
    )
    expect(refused({ distinct: 'yes' as never })).toThrow('distinct must be true or false')
    expect(refused({ allowFiltering: 1 as never })).toThrow('allowFiltering must be true or false')
  })

  it('refuses computed columns everywhere but in select', () => {
    const message = (clause: string) =>
      `Event.pricedAt, named in ${clause}, is computed: it can be selected, and nothing else; leave it out`
    expect(refused({ where: { pricedAt: 1n } })).toThrow(message('where'))
    expect(refused({ orderBy: { pricedAt: 'asc' } })).toThrow(message('orderBy'))
    expect(refused({ groupBy: ['pricedAt'] })).toThrow(message('groupBy'))
  })
})

describe('WHERE', () => {
  it('takes In of one element for =, where an index serves that', () => {
    expect(after({ where: { ...key, size: In([3]) } })).toEqual([
      'WHERE "tenant" = ? AND "day" = ? AND "size" = ?',
      'a',
      1,
      3,
    ])
    expect(after({ where: { ...key, note: In(['x']) }, allowFiltering: true })[0]).toBe(
      'WHERE "tenant" = ? AND "day" = ? AND "note" IN ? ALLOW FILTERING',
    )
    expect(shapeOfSelect(event, { where: { size: In([1]) } })).not.toBe(
      shapeOfSelect(event, { where: { size: In([1, 2]) } }),
    )
    expect(refused({ where: { ...key, size: In([null]) } })).toThrow(
      'Event.size: null in a where would not filter; give a value',
    )
  })

  it('has a relation for every operator, in the order of the columns', () => {
    expect(
      after({ where: { name: LessThan('c'), hour: Equal(2), day: In([1, 2]), tenant: 'a' } }),
    ).toEqual([
      'WHERE "tenant" = ? AND "day" IN ? AND "hour" = ? AND "name" < ?',
      'a',
      '0000000200000004000000010000000400000002',
      2,
      'c',
    ])
    expect(after({ where: { ...key, hour: Between(1, 9) } })).toEqual([
      'WHERE "tenant" = ? AND "day" = ? AND "hour" >= ? AND "hour" <= ?',
      'a',
      1,
      1,
      9,
    ])
    expect(after({ where: { ...key, hour: And(MoreThan(1), LessThanOrEqual(9)) } })).toEqual([
      'WHERE "tenant" = ? AND "day" = ? AND "hour" > ? AND "hour" <= ?',
      'a',
      1,
      1,
      9,
    ])
    expect(after({ where: { price: MoreThanOrEqual(1), size: 2 } })).toEqual([
      'WHERE "price" >= ? AND "size" = ?',
      1,
      2,
    ])
  })

  it('asks collections for values, keys and entries, and text for patterns', () => {
    expect(after({ where: { counts: Contains(5) } })).toEqual(['WHERE "counts" CONTAINS ?', 5])
    expect(after({ where: { counts: ContainsKey('k') } })).toEqual([
      'WHERE "counts" CONTAINS KEY ?',
      'k',
    ])
    expect(after({ where: { counts: Entry('k', 5) } })).toEqual(['WHERE "counts"[?] = ?', 'k', 5])
    expect(
      after({ where: { counts: And(Contains(1), Contains(2)) }, allowFiltering: true }),
    ).toEqual(['WHERE "counts" CONTAINS ? AND "counts" CONTAINS ? ALLOW FILTERING', 1, 2])
    expect(after({ where: { title: Like('A%') } })).toEqual(['WHERE "title" LIKE ?', 'A%'])
  })

  it('refuses what would not filter, and what WHERE does not have', () => {
    expect(refused({ where: { tenant: null } })).toThrow(
      'Event.tenant: null in a where would not filter; give a value, or leave the property out',
    )
    expect(refused({ where: { tenant: undefined } })).toThrow(
      'undefined in a where would not filter',
    )
    expect(refused({ where: { price: MoreThan(null) } })).toThrow(
      'Event.price: null in a where would not filter; give a value',
    )
    expect(refused({ where: { ...key, hour: In([1, null]) } })).toThrow(
      'Event.hour: In() has null at index 1; every element needs a value',
    )
    expect(refused({ where: { price: Not(1) } })).toThrow(
      `Event.price: Not() exists only in the 'if' of a write`,
    )
    expect(refused({ where: { price: IsNull() } })).toThrow(
      `Event.price: IsNull() exists only in the 'if' of a write`,
    )
    expect(refused({ where: [] })).toThrow('Event: where must be an object, got an array')
    expect(refused({ where: { prise: 1 } })).toThrow(
      `Event.prise, named in where, is not a column; did you mean 'price'?`,
    )
  })
})

describe('token', () => {
  const bytes = (value: bigint) => BigInt.asUintN(64, value).toString(16).padStart(16, '0')

  it('is that of the whole partition key, bound as 64 bits', () => {
    expect(after({ token: MoreThan(-5n) })).toEqual([
      'WHERE token("tenant", "day") > ?',
      bytes(-5n),
    ])
    expect(after({ token: Between(0n, 2n ** 63n - 1n) })).toEqual([
      'WHERE token("tenant", "day") >= ? AND token("tenant", "day") <= ?',
      bytes(0n),
      bytes(2n ** 63n - 1n),
    ])
    expect(after({ token: And(MoreThan(0n), LessThan(9n)) })).toEqual([
      'WHERE token("tenant", "day") > ? AND token("tenant", "day") < ?',
      bytes(0n),
      bytes(9n),
    ])
    expect(after({ token: 7n })).toEqual(['WHERE token("tenant", "day") = ?', bytes(7n)])
  })

  it('refuses other comparisons and values', () => {
    expect(refused({ token: In([1n]) })).toThrow(
      'Event: token takes a bigint, Equal(), MoreThan(), MoreThanOrEqual(), LessThan(), LessThanOrEqual(), Between() or And(); ' +
        'Cassandra compares tokens in no other way',
    )
    expect(refused({ token: Not(1n) })).toThrow(`Event.token: Not() exists only in the 'if'`)
    expect(refused({ token: undefined })).toThrow(
      'Event: token is undefined and would not filter; leave it out to read without it',
    )
    expect(refused({ token: null })).toThrow('Event: token is null and would not filter')
    expect(refused({ token: MoreThan(2n ** 63n) })).toThrow(
      'Event.token: needs a whole number of 64 bits',
    )
    expect(refused({ token: MoreThan(null) })).toThrow(
      'Event.token: null in a where would not filter',
    )
  })
})

describe('tuple', () => {
  const where = key
  const columns = ['hour', 'name']

  it('compares clustering columns as one, each value by its own column', () => {
    expect(after({ where, tuple: { columns, is: MoreThan([1, 'b']) } })).toEqual([
      'WHERE "tenant" = ? AND "day" = ? AND ("hour", "name") > (?, ?)',
      'a',
      1,
      1,
      'b',
    ])
    expect(after({ where, tuple: { columns, is: Between([1, 'b'], [2, 'c']) } })).toEqual([
      'WHERE "tenant" = ? AND "day" = ? AND ("hour", "name") >= (?, ?) AND ("hour", "name") <= (?, ?)',
      'a',
      1,
      1,
      'b',
      2,
      'c',
    ])
    expect(after({ where, tuple: { columns, is: [1, 'b'] } })[0]).toBe(
      'WHERE "tenant" = ? AND "day" = ? AND ("hour", "name") = (?, ?)',
    )
  })

  it('is one of a list, whatever its length', () => {
    const tuple = (hour: string, name: string) => `0000000e00000004${hour}00000002${name}`
    expect(
      after({
        where,
        tuple: {
          columns,
          is: In([
            [1, 'ab'],
            [2, 'cd'],
          ]),
        },
      }),
    ).toEqual([
      'WHERE "tenant" = ? AND "day" = ? AND ("hour", "name") IN ?',
      'a',
      1,
      `00000002${tuple('00000001', '6162')}${tuple('00000002', '6364')}`,
    ])
    expect(shapeOfSelect(event, { where, tuple: { columns, is: In([]) } })).toBe(
      shapeOfSelect(event, { where, tuple: { columns, is: In([[1, 'a']]) } }),
    )
  })

  const log = getEntityMetadata(Log)
  const date = new Date(1_767_225_600_000)
  const bounds = (tuple: object) => {
    const { cql, markers } = buildSelect(log, 'ks', { where: { id: 1 }, tuple })
    return [
      cql.slice(cql.indexOf('AND ')),
      ...compileBinder('Log', markers, 'generated')({ tuple, where: { id: 1 } }).slice(1),
    ]
  }

  it.each([
    ['>', MoreThan, TimeUuid.max(date)],
    ['>=', MoreThanOrEqual, TimeUuid.min(date)],
    ['<', LessThan, TimeUuid.min(date)],
    ['<=', LessThanOrEqual, TimeUuid.max(date)],
  ])('takes a Date as the last bound of %s, for the whole millisecond', (sign, bound, at) => {
    expect(bounds({ columns: ['name', 'at'], is: bound(['a', date]) })).toEqual([
      `AND ("name", "at") ${sign} (?, ?)`,
      'a',
      at.getBuffer(),
    ])
    expect(bounds({ columns: ['name', 'at', 'text'], is: bound(['a', at, date]) })).toEqual([
      `AND ("name", "at", "text") ${sign} (?, ?, ?)`,
      'a',
      at.getBuffer(),
      at.getBuffer(),
    ])
  })

  it('takes Dates as the ends of Between', () => {
    const is = Between(['a', date], ['b', date])
    expect(bounds({ columns: ['name', 'at'], is })).toEqual([
      'AND ("name", "at") >= (?, ?) AND ("name", "at") <= (?, ?)',
      'a',
      TimeUuid.min(date).getBuffer(),
      'b',
      TimeUuid.max(date).getBuffer(),
    ])
  })

  it('refuses a Date before the last column, and one that is no bound', () => {
    const columns = ['name', 'at', 'text']
    const refusedDate = (is: unknown) => expect(() => bounds({ columns, is }))
    refusedDate(MoreThan(['a', date, date])).toThrow(
      'Log.at: a Date stands for its whole millisecond only in the last column of a tuple; ' +
        'give a timeuuid, such as TimeUuid.min(date) or TimeUuid.max(date)',
    )
    const other = 'needs a timeuuid or its text of 36 characters; got a value of class Date'
    refusedDate(['a', TimeUuid.min(date), date]).toThrow(`Log.text: ${other}`)
    refusedDate(['a', date, TimeUuid.min(date)]).toThrow(`Log.at: ${other}`)
    refusedDate(In([['a', date, date]])).toThrow(`Log.tuple: element 0 of In(), 'at', ${other}`)
  })

  it('refuses what does not fit its columns', () => {
    expect(refused({ where, tuple: { columns, is: MoreThan([1]) } })).toThrow(
      'Event: tuple compares 2 columns and needs an array of 2 values, got 1',
    )
    expect(
      refused({ where, tuple: { columns, is: And(MoreThan([1, 'a']), LessThan([1, 'a', 2])) } }),
    ).toThrow('Event: tuple compares 2 columns and needs an array of 2 values, got 3')
    expect(refused({ where, tuple: { columns, is: 5 } })).toThrow('needs an array of 2 values')
    expect(refused({ where, tuple: { columns, is: MoreThan([1, null]) } })).toThrow(
      'Event.name: null in a where would not filter; give a value',
    )
    expect(refused({ where, tuple: { columns, is: MoreThan([1.5, 'a']) } })).toThrow(
      'Event.hour: needs a whole number from -2147483648 to 2147483647; got a fraction',
    )
    expect(refused({ where, tuple: { columns, is: In([[1, 'a'], [2]]) } })).toThrow(
      'Event.tuple: element 1 of In() needs to be an array of 2 values, one for each column',
    )
    expect(refused({ where, tuple: { columns, is: In('x' as never) } })).toThrow(
      'Event.tuple: In() takes an array of arrays',
    )
    expect(refused({ where, tuple: { columns, is: In([['x', 'a']]) } })).toThrow(
      `Event.tuple: element 0 of In(), 'hour', needs a whole number`,
    )
    expect(refused({ where, tuple: { columns, is: In([[1, null]]) } })).toThrow(
      `Event.tuple: element 0 of In(), 'name', is null and would not filter`,
    )
    expect(refused({ where, tuple: { columns, is: Contains(1) } })).toThrow(
      'Event: tuple takes an array, Equal(), In(), MoreThan()',
    )
    expect(refused({ where, tuple: { columns } })).toThrow(
      'Event: tuple takes { columns, is }, and is is undefined',
    )
    expect(refused({ where, tuple: { columns, is: [1, 'a'], si: 1 } })).toThrow(
      `Event: tuple takes { columns, is }, and no 'si'`,
    )
    expect(refused({ where, tuple: { columns: [], is: [] } })).toThrow(
      'Event: tuple needs columns, an array of properties',
    )
    expect(refused({ where, tuple: { columns: ['hours'], is: [1] } })).toThrow(
      `Event.hours, named in tuple, is not a column; did you mean 'hour'?`,
    )
  })
})

describe('nearest', () => {
  it('selects the similarity and orders by it, by the function of the index', () => {
    expect(
      built({ select: ['hour'], nearest: { property: 'near', vector: [1, 0] }, limit: 5 }),
    ).toEqual([
      'SELECT "hour", similarity_cosine("near", ?) AS "similarity" FROM "ks"."events" ' +
        'ORDER BY "near" ANN OF ? LIMIT ?',
      '3f80000000000000',
      '3f80000000000000',
      5,
    ])
    expect(
      built({
        select: ['hour'],
        where: { price: MoreThan(1) },
        nearest: { property: 'far', vector: [2] },
        limit: 1000,
      }),
    ).toEqual([
      'SELECT "hour", similarity_dot_product("far", ?) AS "similarity" FROM "ks"."events" ' +
        'WHERE "price" > ? ORDER BY "far" ANN OF ? LIMIT ?',
      '40000000',
      1,
      '40000000',
      1000,
    ])
    const page = { select: ['hour'], nearest: { property: 'near', vector: [1, 0] }, limit: 5 }
    expect(buildSelect(event, 'ks', page).isPageable).toBe(false)
  })

  it('refuses what cannot be compared', () => {
    const nearest = (property: string, vector: unknown) =>
      refused({ nearest: { property, vector }, limit: 5 })
    expect(nearest('near', [0, 0])).toThrow('Event.near: is a zero vector')
    expect(nearest('near', [1])).toThrow('Event.near: needs an array of 2; got one of 1')
    expect(nearest('near', null)).toThrow('Event.near: needs a vector to find the nearest of')
    expect(nearest('price', [1])).toThrow('Event.price is a int; findNearest() compares vectors')
  })
})

describe('clauses after WHERE', () => {
  it('stand in the order of CQL', () => {
    expect(
      after({
        allowFiltering: true,
        limit: 5,
        perPartitionLimit: 2,
        orderBy: { hour: 'desc' },
        groupBy: ['tenant', 'day', 'hour'],
        where: key,
      }),
    ).toEqual([
      'WHERE "tenant" = ? AND "day" = ? GROUP BY "tenant", "day", "hour" ORDER BY "hour" DESC ' +
        'PER PARTITION LIMIT ? LIMIT ? ALLOW FILTERING',
      'a',
      1,
      2,
      5,
    ])
  })

  it('refuses what they do not take', () => {
    expect(refused({ groupBy: [] })).toThrow('groupBy must be an array with at least one property')
    expect(refused({ groupBy: ['dy'] })).toThrow(
      `named in groupBy, is not a column; did you mean 'day'?`,
    )
    expect(refused({ orderBy: { hour: 'down' } })).toThrow(
      `Event.hour: orderBy takes 'asc' or 'desc'`,
    )
    expect(refused({ limit: 0 })).toThrow(
      'Event.limit: must be a whole number from 1 to 2147483647',
    )
    expect(refused({ limit: 1.5 })).toThrow('Event.limit: must be a whole number from 1')
    expect(refused({ perPartitionLimit: '2' as never })).toThrow(
      'Event.perPartitionLimit: must be a whole',
    )
    expect(refused({ limit: null as never })).toThrow(
      'Event.limit: needs a value; leave the option out instead',
    )
  })
})

describe('the key of a plan', () => {
  const shape = (request: SelectRequest) => shapeOfSelect(event, request)

  it('is the same whatever the values and the order of the properties', () => {
    expect(shape({ where: { tenant: 'a', day: In([1]) }, limit: 1 })).toBe(
      shape({ where: { day: In([1, 2, 3]), tenant: 'b' }, limit: 100 }),
    )
    expect(shape({ token: MoreThan(1n) })).toBe(shape({ token: MoreThan(2n) }))
    expect(shape({ distinct: false, allowFiltering: false })).toBe(shape({}))
  })

  it('is another one for every other text', () => {
    const requests: SelectRequest[] = [
      {},
      { limit: 1 },
      { perPartitionLimit: 1 },
      { allowFiltering: true },
      { distinct: true },
      { select: ['hour'] },
      { select: ['pricedAt'] },
      { groupBy: ['tenant'] },
      { groupBy: ['tenant', 'day'] },
      { orderBy: { hour: 'asc' } },
      { orderBy: { hour: 'desc' } },
      { orderBy: { hour: 'desc', name: 'asc' } },
      { where: {} },
      { where: { tenant: 'a' } },
      { where: { tenant: In(['a']) } },
      { where: { price: MoreThan(1) } },
      { where: { price: Between(1, 2) } },
      { where: { counts: Contains(1) } },
      { where: { counts: ContainsKey('a') } },
      { where: { counts: Entry('a', 1) } },
      { nearest: { property: 'near', vector: [1, 1] } },
      { nearest: { property: 'far', vector: [1] } },
      { token: 1n },
      { token: MoreThan(1n) },
      { token: Between(1n, 2n) },
      { tuple: { columns: ['hour'], is: [1] } },
      { tuple: { columns: ['hour', 'name'], is: [1, 'a'] } },
      { tuple: { columns: ['hour', 'name'], is: MoreThan([1, 'a']) } },
      { tuple: { columns: ['hour', 'name'], is: In([[1, 'a']]) } },
      { aggregate: { kind: 'count' } },
      { aggregate: { kind: 'sum', property: 'price' } },
      { aggregate: { kind: 'sum', property: 'size' } },
      { aggregate: { kind: 'average', property: 'price' } },
      { aggregate: { kind: 'minimum', property: 'price' } },
      { aggregate: { kind: 'maximum', property: 'price' } },
    ]
    const shapes = requests.map(shape)
    expect(new Set(shapes).size).toBe(requests.length)
  })
})
