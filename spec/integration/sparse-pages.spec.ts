import { Client, type QueryOptions } from 'cassandra-driver'
import {
  ClusteringKey,
  Column,
  DataSource,
  Entity,
  type FindOptions,
  In,
  MoreThan,
  type Page,
  PartitionKey,
  StaticColumn,
  cql,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'
import { useTraffic } from '../server/traffic'

@Entity('sparse')
class Sparse {
  @PartitionKey('int') stream!: number
  @ClusteringKey('int') at!: number
  @StaticColumn('text') owner?: string | null
  @Column('int') kind?: number | null
}

const { db, keyspace } = useDataSource([Sparse])
const sparse = db.getRepository(Sparse)
const traffic = useTraffic()

/** Partitions by what is in them: thirty of each, in turn. */
const contents = ['rows', 'statics', 'deleted', 'nothing'] as const
const streams = Array.from({ length: 120 }, (_, i) => i)
const contentOf = (stream: number) => contents[stream % contents.length]
/** One row in fifty of the wide partition is of this kind. */
const rare = 7
const wide = 1000

beforeAll(async () => {
  const rows: object[] = []
  for (const stream of streams) {
    const content = contentOf(stream)
    if (content === 'statics') rows.push({ stream, owner: 'nobody' })
    if (content === 'rows') rows.push({ stream, at: 0, kind: 1 }, { stream, at: 1, kind: 2 })
    if (content === 'deleted') for (const at of [0, 1, 2]) rows.push({ stream, at, kind: 3 })
  }
  for (let at = 0; at < 500; at++) {
    rows.push({ stream: wide, at, kind: at % 50 === 49 ? rare : 0 })
  }
  await sparse.save(rows as Sparse[], { concurrency: 64 })
  for (const stream of streams) {
    if (contentOf(stream) !== 'deleted') continue
    await (stream % 8 < 4
      ? sparse.delete({ stream })
      : sparse.delete({ stream, at: In([0, 1, 2]) }))
  }
})
beforeEach(() => void traffic.take())

const keyOf = ({ stream, at }: Pick<Sparse, 'stream' | 'at'>) => `${stream}/${String(at)}`
const of = (content: (typeof contents)[number]) =>
  streams.filter((each) => contentOf(each) === content)
const rowKeys = of('rows').flatMap((stream) => [`${stream}/0`, `${stream}/1`])
const staticKeys = of('statics').map((stream) => `${stream}/null`)
const rareKeys = Array.from({ length: 10 }, (_, i) => `${wide}/${i * 50 + 49}`)
const wideKeys = Array.from({ length: 500 }, (_, at) => `${wide}/${at}`)

type Read = Pick<FindOptions<Sparse>, 'where' | 'allowFiltering' | 'perPartitionLimit' | 'limit'>
type Case = readonly [name: string, read: Read, keys: readonly string[]]

const cases: readonly Case[] = [
  ['everything', {}, [...rowKeys, ...staticKeys, ...wideKeys]],
  ['In over sparse partitions', { where: { stream: In(streams) } }, [...rowKeys, ...staticKeys]],
  ['In over partitions of statics', { where: { stream: In(of('statics')) } }, staticKeys],
  [
    'In over partitions without a row',
    { where: { stream: In([...of('deleted'), ...of('nothing')]) } },
    [],
  ],
  [
    'a clustering key in sparse partitions, which leaves statics out',
    { where: { stream: In(streams), at: 1 } },
    of('rows').map((stream) => `${stream}/1`),
  ],
  [
    'a filter in a wide partition',
    { where: { stream: wide, kind: rare }, allowFiltering: true },
    rareKeys,
  ],
  ['a filter over the table', { where: { kind: rare }, allowFiltering: true }, rareKeys],
  ['a filter on statics', { where: { owner: 'nobody' }, allowFiltering: true }, staticKeys],
  ['a filter that nothing passes', { where: { kind: 99 }, allowFiltering: true }, []],
  [
    'the first row of each partition',
    { where: { stream: In(streams) }, perPartitionLimit: 1 },
    [...of('rows').map((stream) => `${stream}/0`), ...staticKeys],
  ],
  ['nothing at the end of a partition', { where: { stream: wide, at: MoreThan(499) } }, []],
]

/** The sizes of its pages, and all keys. */
async function walk(read: Read, fetchSize: number): Promise<{ sizes: number[]; keys: string[] }> {
  const sizes: number[] = []
  const keys: string[] = []
  let pageState: string | null = null
  do {
    const page: Page<Sparse> = await sparse.findPage({ ...read, fetchSize, pageState })
    sizes.push(page.items.length)
    keys.push(...page.items.map(keyOf))
    pageState = page.pageState
  } while (pageState !== null)
  return { sizes, keys }
}

async function streamed(read: Read, fetchSize: number): Promise<string[]> {
  const keys: string[] = []
  for await (const each of sparse.stream({ ...read, fetchSize })) keys.push(keyOf(each))
  return keys
}

describe.each([2, 10, 50])('in pages of %p', (fetchSize) => {
  it.each(cases)('find, stream and findPage give every row once: %s', async (_, read, keys) => {
    const sorted = [...keys].sort()
    expect((await sparse.find({ ...read, fetchSize })).map(keyOf).sort()).toEqual(sorted)
    expect((await streamed(read, fetchSize)).sort()).toEqual(sorted)
    expect((await walk(read, fetchSize)).keys.sort()).toEqual(sorted)
  })
})

it('a last page may be empty, and ends the read', async () => {
  // The server tells of a page after the last row whenever the rows fill whole pages.
  const read = { where: { stream: wide } }
  const { sizes, keys } = await walk(read, 100)
  expect(sizes).toEqual([100, 100, 100, 100, 100, 0])
  expect(keys).toEqual(wideKeys)
  traffic.take()
  expect(await streamed(read, 100)).toEqual(wideKeys)
  expect(traffic.take()).toHaveLength(6)
  expect(await sparse.find({ ...read, fetchSize: 100 })).toHaveLength(500)
  expect(await walk({ where: { stream: 2 } }, 1)).toEqual({ sizes: [0], keys: [] })
})

it('a limit is kept over sparse pages', async () => {
  const read = { where: { stream: In(streams) }, limit: 37 }
  expect(await sparse.find({ ...read, fetchSize: 5 })).toHaveLength(37)
  expect(await streamed(read, 5)).toHaveLength(37)
  expect((await walk(read, 5)).keys).toHaveLength(37)
})

it('partitions, and queries written by hand, have all their pages', async () => {
  const partitions = await sparse.find({ select: ['stream'], distinct: true, fetchSize: 3 })
  const expected = [...of('rows'), ...of('statics'), wide].sort((a, b) => a - b)
  expect(partitions.map(({ stream }) => stream).sort((a, b) => a - b)).toEqual(expected)
  expect(await sparse.count()).toBe(60 + 30 + 500)
  const text = cql`SELECT stream, at FROM ${cql.table(Sparse)} WHERE kind = ${rare} ALLOW FILTERING`
  const rows = await db.query<{ stream: number; at: number }>(text, { fetchSize: 2 })
  expect(rows.map(keyOf)).toEqual(rareKeys)
  const parts = await sparse.query(text, { fetchSize: 2, partial: true })
  expect(parts.map((part) => keyOf(part as Sparse))).toEqual(rareKeys)
})

describe('a server that answers with empty pages, at the beginning, between and at the end', () => {
  /** States that no server gives, as hexadecimal digits. */
  const first = 'aa'
  const last = 'ee'

  /** Through this client every read begins with a page without rows, and ends with another. */
  function emptyingClient(): Client {
    const client = new Client(connection())
    const execute = client.execute.bind(client)
    client.execute = (async (query: string, params: unknown[], options: QueryOptions) => {
      const { pageState, ...others } = options ?? {}
      const isFirst = pageState === undefined
      const isLast = pageState === last
      const isOurs = pageState === first || isFirst || isLast
      const result = await execute(query, params, isOurs ? others : options)
      if (!query.startsWith('SELECT')) return result
      if (isFirst || isLast) {
        return Object.assign(result, { rows: [], rowLength: 0, pageState: isFirst ? first : null })
      }
      return Object.assign(result, { pageState: result.pageState ?? last })
    }) as typeof client.execute
    return client
  }

  const client = emptyingClient()
  let emptied: DataSource
  beforeAll(async () => {
    emptied = await new DataSource({
      client,
      keyspace: keyspace.name,
      entities: [Sparse],
    }).initialize()
  })
  afterAll(async () => {
    await emptied.destroy()
    await client.shutdown()
  })

  it('ends no read early', async () => {
    const repository = emptied.getRepository(Sparse)
    const read = { where: { stream: wide }, fetchSize: 100 }
    expect((await repository.find(read)).map(keyOf)).toEqual(wideKeys)
    const seen: string[] = []
    for await (const each of repository.stream(read)) seen.push(keyOf(each))
    expect(seen).toEqual(wideKeys)
    const sizes: number[] = []
    let pageState: string | null = null
    do {
      const page: Page<Sparse> = await repository.findPage({ ...read, pageState })
      sizes.push(page.items.length)
      pageState = page.pageState
    } while (pageState !== null)
    expect(sizes).toEqual([0, 100, 100, 100, 100, 100, 0, 0])
  })

  it('nor those that want one row, or a number', async () => {
    const repository = emptied.getRepository(Sparse)
    expect(await repository.findOneBy({ stream: wide, at: 3 })).toMatchObject({ at: 3 })
    expect(await repository.findSingle({ where: { stream: wide, at: 3 } })).toMatchObject({ at: 3 })
    expect(await repository.existsBy({ stream: wide })).toBe(true)
    expect(await repository.countBy({ stream: wide })).toBe(500)
    expect(await repository.maximum('at', { stream: wide })).toBe(499)
    const rows = await emptied.query(
      cql`SELECT at FROM ${cql.table(Sparse)} WHERE stream = ${wide}`,
      { fetchSize: 100 },
    )
    expect(rows).toHaveLength(500)
    const scanned: string[] = []
    for await (const each of repository.scan({ allowFiltering: true, where: { kind: rare } })) {
      scanned.push(keyOf(each))
    }
    expect(scanned).toEqual(rareKeys)
  })
})
