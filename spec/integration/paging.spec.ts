import { Client, type QueryOptions } from 'cassandra-driver'
import fc from 'fast-check'
import {
  ClusteringKey,
  Column,
  DataSource,
  Entity,
  type FindPageOptions,
  In,
  LessThan,
  MoreThan,
  type Page,
  PartitionKey,
  type Repository,
  StatementError,
  param,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'
import { useTraffic } from '../server/traffic'

@Entity('events')
class Event {
  @PartitionKey('int') stream!: number
  @ClusteringKey('int') at!: number
  @Column('int') kind!: number
  @Column('text') note?: string | null
}

/** The same columns under another name. */
@Entity('others')
class Other {
  @PartitionKey('int') stream!: number
  @ClusteringKey('int') at!: number
  @Column('int') kind!: number
  @Column('text') note?: string | null
}

const keyspace = useKeyspace()
const traffic = useTraffic()
let db: DataSource
let events: Repository<Event>

const options = () => ({ ...connection(), keyspace: keyspace.name, entities: [Event, Other] })

/** 2,500 rows in one partition; one row each in every tenth of 500 more; exactly 300 in another. */
beforeAll(async () => {
  db = await new DataSource({ ...options(), synchronize: true }).initialize()
  events = db.getRepository(Event)
  const of = (stream: number, count: number) =>
    Array.from({ length: count }, (_, at) => events.create({ stream, at, kind: at % 1000 }))
  const sparse = Array.from({ length: 50 }, (_, i) =>
    events.create({ stream: 1000 + i * 10, at: 0, kind: 5000 }),
  )
  await events.save([...of(1, 2500), ...of(2, 300), ...sparse], { concurrency: 128 })
})
afterAll(() => db.destroy())
beforeEach(() => void traffic.take())

const all2500 = Array.from({ length: 2500 }, (_, at) => at)

/** All pages of a read. */
async function walk(read: FindPageOptions<Event>): Promise<Event[][]> {
  const pages: Event[][] = []
  let pageState: string | null = null
  do {
    const page: { items: Event[]; pageState: string | null } = await events.findPage({
      ...read,
      pageState,
    })
    pages.push(page.items)
    pageState = page.pageState
  } while (pageState !== null)
  return pages
}

describe('find', () => {
  it('returns the rows of all pages', async () => {
    const found = await events.find({ where: { stream: 1 }, fetchSize: 100 })
    expect(found.map(({ at }) => at)).toEqual(all2500)
    expect(traffic.take().length).toBeGreaterThanOrEqual(25)
  })

  it('keeps a limit over pages', async () => {
    const found = await events.find({ where: { stream: 1 }, fetchSize: 100, limit: 250 })
    expect(found.map(({ at }) => at)).toEqual(all2500.slice(0, 250))
    expect(traffic.take().length).toBeLessThanOrEqual(3)
  })

  it('finds the few rows of many partitions, and the few that a filter leaves', async () => {
    const streams = Array.from({ length: 500 }, (_, i) => 1000 + i)
    const sparse = await events.find({ where: { stream: In(streams) }, fetchSize: 7 })
    expect(sparse.map(({ stream }) => stream).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, i) => 1000 + i * 10),
    )
    const filtered = { where: { kind: 999 }, allowFiltering: true, fetchSize: 1 } as const
    const expected = [999, 1999]
    expect((await events.find(filtered)).map(({ at }) => at)).toEqual(expected)
    const streamed: number[] = []
    for await (const { at } of events.stream(filtered)) streamed.push(at)
    expect(streamed).toEqual(expected)
  })
})

describe('stream', () => {
  it('gives every row once', async () => {
    const seen: number[] = []
    for await (const { at } of events.stream({ where: { stream: 1 }, fetchSize: 100 })) {
      seen.push(at)
    }
    expect(seen).toEqual(all2500)
  })

  it('sends nothing before it is asked, and no second page when the consumer stops at ten', async () => {
    const stream = events.stream({ where: { stream: 1 }, fetchSize: 100 })
    expect(traffic.take()).toEqual([])
    let count = 0
    for await (const event of stream) {
      expect(event).toBeInstanceOf(Event)
      if (++count === 10) break
    }
    expect(traffic.take().length).toBe(1)
  })

  it('fetches the next page only when it is asked for its first row', async () => {
    const iterator = events.stream({ where: { stream: 1 }, fetchSize: 100 })[Symbol.asyncIterator]()
    for (let i = 0; i < 100; i++) await iterator.next()
    expect(traffic.take().length).toBe(1)
    await iterator.next()
    expect(traffic.take().length).toBe(1)
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined })
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
    expect(traffic.take()).toEqual([])
  })

  it('passes on what its consumer throws, and stops', async () => {
    const consume = async () => {
      for await (const { at } of events.stream({ where: { stream: 1 }, fetchSize: 100 })) {
        if (at === 5) throw new RangeError('enough')
      }
    }
    await expect(consume()).rejects.toThrow(new RangeError('enough'))
    expect(traffic.take().length).toBe(1)
  })

  it('reads anew each time it is iterated', async () => {
    const stream = events.stream({ where: { stream: 2 }, fetchSize: 200 })
    for (const _ of [1, 2]) {
      const seen: number[] = []
      for await (const { at } of stream) seen.push(at)
      expect(seen).toEqual(all2500.slice(0, 300))
    }
    const [a, b] = [stream[Symbol.asyncIterator](), stream[Symbol.asyncIterator]()]
    expect((await a.next()).value).toMatchObject({ at: 0 })
    expect((await a.next()).value).toMatchObject({ at: 1 })
    expect((await b.next()).value).toMatchObject({ at: 0 })
  })

  it('keeps a limit over pages', async () => {
    let count = 0
    for await (const _ of events.stream({ where: { stream: 1 }, fetchSize: 100, limit: 250 })) {
      count++
    }
    expect(count).toBe(250)
  })
})

/** A server may answer with a page that is empty but not the last: through this client every other page is. */
function sparseClient(): Client {
  const client = new Client(connection())
  const execute = client.execute.bind(client)
  let last: unknown
  client.execute = (async (query: string, params: unknown[], options: QueryOptions) => {
    const result = await execute(query, params, options)
    const { pageState } = options
    if (pageState === undefined || pageState === last) return result
    last = pageState
    return Object.assign(result, { rows: [], rowLength: 0, pageState: String(pageState) })
  }) as typeof client.execute
  return client
}

describe('an empty page in the middle', () => {
  const client = sparseClient()
  let sparse: DataSource
  beforeAll(async () => {
    sparse = await new DataSource({
      client,
      keyspace: keyspace.name,
      entities: [Event],
    }).initialize()
  })
  afterAll(async () => {
    await sparse.destroy()
    await client.shutdown()
  })

  it('ends neither find, stream nor findPage', async () => {
    const repository = sparse.getRepository(Event)
    const read = { where: { stream: 2 }, fetchSize: 100 }
    expect((await repository.find(read)).length).toBe(300)
    let count = 0
    for await (const _ of repository.stream(read)) count++
    expect(count).toBe(300)
    const sizes: number[] = []
    let pageState: string | null = null
    do {
      const page: { items: Event[]; pageState: string | null } = await repository.findPage({
        ...read,
        pageState,
      })
      sizes.push(page.items.length)
      pageState = page.pageState
    } while (pageState !== null)
    expect(sizes).toContain(0)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(300)
  })
})

describe('findPage', () => {
  it('walks 2,500 rows in pages of a hundred, each row once', async () => {
    const pages = await walk({ where: { stream: 1 }, fetchSize: 100 })
    expect([25, 26]).toContain(pages.length)
    expect(pages.flat().map(({ at }) => at)).toEqual(all2500)
    expect(pages.slice(0, 25).every(({ length }) => length === 100)).toBe(true)
  })

  it.each([1, 99, 100, 150, 299, 300, 301, 5000])(
    'ends cleanly over 300 rows in pages of %p',
    async (fetchSize) => {
      const where = fetchSize === 1 ? { stream: 2, at: LessThan(3) } : { stream: 2 }
      const pages = await walk({ where, fetchSize })
      expect(pages.flat().map(({ at }) => at)).toEqual(all2500.slice(0, fetchSize === 1 ? 3 : 300))
      expect(pages.slice(0, -1).every(({ length }) => length > 0)).toBe(true)
    },
  )

  it('keeps a limit over pages', async () => {
    const pages = await walk({ where: { stream: 1 }, fetchSize: 100, limit: 250 })
    expect(pages.flat().map(({ at }) => at)).toEqual(all2500.slice(0, 250))
  })

  it('walks backwards, and over a whole table', async () => {
    const where = { stream: 2 }
    const backwards = await walk({ where, fetchSize: 70, orderBy: { at: 'desc' } })
    expect(backwards.flat().map(({ at }) => at)).toEqual(
      all2500.slice(0, 300).sort((a, b) => b - a),
    )
    const everything = await walk({ fetchSize: 500 })
    expect(new Set(everything.flat().map(({ stream, at }) => `${stream}/${at}`)).size).toBe(2850)
    expect(everything.flat().length).toBe(2850)
  })

  it('may change the size of its pages and its consistency on the way', async () => {
    const where = { stream: 2 }
    const first = await events.findPage({ where, fetchSize: 100 })
    const { pageState } = first
    const second = await events.findPage({ where, fetchSize: 250, consistency: 'all', pageState })
    expect([...first.items, ...second.items].map(({ at }) => at)).toEqual(all2500.slice(0, 300))
    expect(second.pageState).toBeNull()
  })

  it('neither begins anew nor passes its limit, whatever the sizes of its pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }), { minLength: 1 }),
        fc.boolean(),
        async (limit, sizes, isPrepared) => {
          const query = isPrepared
            ? events.prepare({ where: { stream: param('stream') }, limit: param('limit') })
            : undefined
          const found: number[] = []
          let pageState: string | null = null
          let page = 0
          do {
            const fetchSize = sizes[page++ % sizes.length]
            const size = fetchSize === undefined ? {} : { fetchSize }
            const { items, pageState: next }: Page<Event> =
              query === undefined
                ? await events.findPage({ where: { stream: 1 }, limit, pageState, ...size })
                : await query.findPage({ stream: 1, limit }, { pageState, ...size })
            found.push(...items.map(({ at }) => at))
            pageState = next
          } while (pageState !== null)
          expect(found).toEqual(all2500.slice(0, limit))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('answers an empty In with an empty last page, without asking', async () => {
    expect(await events.findPage({ where: { stream: In([]) } })).toEqual({
      items: [],
      pageState: null,
    })
    expect(traffic.take()).toEqual([])
  })
})

describe('a page state', () => {
  const read = { where: { stream: 1, at: MoreThan(10) }, fetchSize: 100 } as const
  let pageState: string

  beforeAll(async () => {
    pageState = String((await events.findPage(read)).pageState)
  })

  it('goes on where the page before ended', async () => {
    const { items } = await events.findPage({ ...read, pageState })
    expect(items.map(({ at }) => at)).toEqual(all2500.slice(111, 211))
  })

  it.each<[string, FindPageOptions<Event, keyof Event>]>([
    ['other values', { where: { stream: 2, at: MoreThan(10) } }],
    ['another value of the range', { where: { stream: 1, at: MoreThan(11) } }],
    ['another operator', { where: { stream: 1, at: LessThan(10) } }],
    ['another filter', { where: { stream: 1 } }],
    ['no filter', {}],
    ['a select', { ...read, select: ['at'] }],
    ['another order', { ...read, orderBy: { at: 'desc' } }],
    ['a limit', { ...read, limit: 1000 }],
    ['a perPartitionLimit', { ...read, perPartitionLimit: 1000 }],
    ['allowFiltering', { ...read, allowFiltering: true }],
  ])('is refused with %s', async (_, other) => {
    const error = await failure(() => events.findPage({ ...other, fetchSize: 100, pageState }))
    expect(error).toBeInstanceOf(StatementError)
    expect(error.message).toBe(
      'Event: the pageState belongs to another read; ' +
        'the filter, its values, select, orderBy and limits must be the same on every page',
    )
    expect(traffic.take()).toEqual([])
  })

  it('is refused with another limit', async () => {
    const page = await events.findPage({ ...read, limit: 1000 })
    const error = await failure(() =>
      events.findPage({ ...read, limit: 1001, pageState: page.pageState }),
    )
    expect(error.message).toContain('belongs to another read')
  })

  it('is refused for another entity and in another keyspace', async () => {
    const others = db.getRepository(Other)
    const other = await failure(() => others.findPage({ ...read, pageState }))
    expect(other.message).toMatch(/^Other: the pageState belongs to another read/u)
    const elsewhere = events.with({ keyspace: 'elsewhere' })
    const error = await failure(() => elsewhere.findPage({ ...read, pageState }))
    expect(error.message).toMatch(/^Event: the pageState belongs to another read/u)
    expect(traffic.take()).toEqual([])
  })

  it.each<[string, (good: string) => unknown]>([
    ['garbage', () => 'garbage'],
    ['an empty text', () => ''],
    ['a number', () => 7],
    ['an object', () => ({ toString: () => pageState })],
    ['a truncated one', (good) => good.slice(0, 20)],
    ['half of one', (good) => good.slice(0, good.length / 2)],
    ['all but its end', (good) => good.slice(0, -4)],
    ['one with something behind it', (good) => `${good}AAAA`],
    ['one with a changed end', (good) => `${good.slice(0, -8)}AAAAAAAA`],
    ['one with a changed beginning', (good) => `AAAA${good.slice(4)}`],
    ['base64 in another alphabet', (good) => `${good}==`],
    ['one of the driver', () => '0010' + '00'.repeat(40)],
  ])('is refused when it is %s', async (_, forge) => {
    const error = await failure(() =>
      events.findPage({ ...read, pageState: forge(pageState) as string }),
    )
    expect(error).toBeInstanceOf(StatementError)
    expect(error.message).toMatch(/^Event: the pageState /u)
    expect(error.message).not.toContain(pageState)
    expect(traffic.take()).toEqual([])
  })

  it('says so', async () => {
    const error = await failure(() => events.findPage({ ...read, pageState: 'garbage' }))
    expect(error.message).toBe(
      'Event: the pageState does not come from findPage(); leave it out for the first page',
    )
  })

  it('is signed with a secret, and refused without', async () => {
    const open = (pageStateSecret: string) =>
      new DataSource({ ...options(), pageStateSecret }).initialize()
    const sources = await Promise.all(
      ['the same sixteen', 'the same sixteen', 'another sixteen!'].map(open),
    )
    const [first, second, other] = sources
    const read = { where: { stream: 2 }, fetchSize: 100 }
    const pageOf = (source: DataSource | undefined, pageState: string | null = null) =>
      (source ?? db).getRepository(Event).findPage({ ...read, pageState })
    const { pageState } = await pageOf(first)
    expect((await pageOf(second, pageState)).items[0]?.at).toBe(100)
    const unsigned = (await pageOf(db)).pageState
    traffic.take()
    for (const [source, token] of [
      [other, pageState],
      [first, unsigned],
    ] as const) {
      expect((await failure(() => pageOf(source, token))).message).toBe(
        'Event: the pageState was not signed with the pageStateSecret of this DataSource, or was changed; ' +
          'leave it out for the first page',
      )
    }
    expect((await failure(() => pageOf(db, pageState))).message).toContain(
      'the pageState does not come from findPage()',
    )
    expect(traffic.take()).toEqual([])
    await Promise.all(sources.map((each) => each.destroy()))
  })

  it('serves another data source', async () => {
    const second = await new DataSource(options()).initialize()
    try {
      const { items } = await second.getRepository(Event).findPage({ ...read, pageState })
      expect(items[0]?.at).toBe(111)
    } finally {
      await second.destroy()
    }
  })

  it('serves another copy of the package, as another process would be', async () => {
    await jest.isolateModulesAsync(async () => {
      const copy = jest.requireActual<typeof import('../../lib')>('../../lib')
      expect(copy.DataSource).not.toBe(DataSource)
      const second = await new copy.DataSource(options()).initialize()
      try {
        const { items } = await second.getRepository(Event).findPage({ ...read, pageState })
        expect(items[0]?.at).toBe(111)
      } finally {
        await second.destroy()
      }
    })
  })
})
