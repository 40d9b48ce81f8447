import {
  type BigDecimal,
  ClusteringKey,
  Column,
  Entity,
  Field,
  InetAddress,
  PartitionKey,
  TimeUuid,
  UserDefinedType,
  Uuid,
  cql,
  frozen,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'

@UserDefinedType('album')
class Album {
  @Field('text') name?: string | null
  @Field('set<text>') writers?: Set<string> | null
  @Field('list<int>') years?: number[] | null
  @Field('map<text, int>') ranks?: Map<string, number> | null
  @Field('set<uuid>') ids?: Set<Uuid> | null
}

@Entity('playlists')
class Playlist {
  @PartitionKey('int') id!: number
  @ClusteringKey(frozen(() => Album)) album!: Album
  @Column('text') song?: string | null
  @Column(frozen(() => Album)) other?: Album | null
}

@Entity({ name: 'tracked', trackChanges: true })
class Tracked {
  @PartitionKey('int') id!: number
  @Column(frozen(() => Album)) other?: Album | null
  @Column('list<int>') numbers: number[] = []
  @Column('text') note?: string | null
}

@Entity('tuples')
class Tuples {
  @PartitionKey('int') id!: number
  @ClusteringKey('frozen<tuple<text, set<text>>>') key!: [string | null, Set<string> | null]
  @Column('frozen<list<frozen<set<text>>>>') sets?: Set<string>[] | null
  @Column('text') note?: string | null
}

@Entity('visits')
class Visit {
  @PartitionKey('inet', { as: 'string' }) ip!: string
  @Column('inet') via?: InetAddress | null
  @Column('list<inet>') hops: InetAddress[] = []
}

@Entity('empties')
class Empties {
  @PartitionKey('int') id!: number
  @Column('list<bigint>') bigints: bigint[] = []
  @Column('list<int>') ints: number[] = []
  @Column('set<timestamp>') times = new Set<Date>()
  @Column('map<text, timestamp>') moments = new Map<string, Date>()
  @Column('frozen<tuple<int, decimal>>') pair?: [number | null, BigDecimal | null] | null
  @Column('uuid') one?: Uuid | null
  @Column('timeuuid', { as: 'string' }) two?: string | null
  @Column('boolean') three?: boolean | null
  @Column('varint', { as: 'number' }) four?: number | null
  @Column('inet') five?: InetAddress | null
}

const source = useDataSource([Playlist, Tracked, Tuples, Visit, Empties])
const ofEntity = <E extends object>(entity: new () => E) => source.db.getRepository(entity)
const run = (text: string) => source.db.client.execute(text)

it('reads what is missing inside of types and tuples as null, and finds the row by what it read', async () => {
  const playlists = ofEntity(Playlist)
  await run(
    `INSERT INTO playlists (id, album, song, other) VALUES (1, {name: 'x'}, 'first', {name: 'x'})`,
  )
  const read = await playlists.findOneByOrFail({ id: 1 })
  const nothing = { writers: null, years: null, ranks: null, ids: null }
  expect(read.album).toEqual({ name: 'x', ...nothing })
  expect(await playlists.existsBy({ id: 1, album: read.album })).toBe(true)
  read.song = 'changed'
  await playlists.save(read)
  expect(await playlists.count()).toBe(1)
  const { applied } = await playlists.update(
    { id: 1, album: read.album },
    { song: 'z' },
    { if: { other: read.other as Album } },
  )
  expect(applied).toBe(true)
  await playlists.remove(read)
  expect(await playlists.count()).toBe(0)
  await run(`INSERT INTO tuples (id, key, sets) VALUES (1, ('a', null), [{}])`)
  const [tuple] = await ofEntity(Tuples).find()
  expect(tuple).toEqual({ id: 1, key: ['a', null], sets: [new Set()], note: null })
  await ofEntity(Tuples).remove(tuple as Tuples)
})

it('keeps a null collection apart from an empty one', async () => {
  const tuples = ofEntity(Tuples)
  await tuples.insert({ id: 2, key: ['a', null], note: 'null' })
  await tuples.insert({ id: 2, key: ['a', new Set<string>()], note: 'empty' })
  expect((await tuples.findBy({ id: 2 })).map(({ key, note }) => [key[1], note])).toEqual([
    [null, 'null'],
    [new Set(), 'empty'],
  ])
})

it('sends sets and maps in the order of the server, each element once, inside of types and tuples', async () => {
  const playlists = ofEntity(Playlist)
  await run(
    `INSERT INTO playlists (id, album, song) VALUES (3, {name: 'x', writers: {'b', 'a'}, ranks: {'z': 1, 'y': 2}}, 'cql')`,
  )
  const album = {
    name: 'x',
    writers: new Set(['b', 'a']),
    ranks: new Map([
      ['z', 1],
      ['y', 2],
    ]),
  } as Album
  expect((await playlists.findOneBy({ id: 3, album }))?.song).toBe('cql')
  await playlists.save(playlists.create({ id: 3, album, song: 'coodie' }))
  expect(await playlists.findBy({ id: 3 })).toHaveLength(1)
  const [a, b] = [0, 1].map(() => Uuid.fromString('6a1c9c1e-8f0e-4b1c-9a50-000000000001')) as [
    Uuid,
    Uuid,
  ]
  await playlists.insert({ id: 4, album: { ids: new Set([a, b]) } })
  const [row] = (await run(`SELECT album FROM playlists WHERE id = 4`)).rows
  const { ids } = (row as Record<string, { ids: Iterable<unknown> }>)['album'] ?? { ids: [] }
  expect([...ids]).toHaveLength(1)
  const tuples = ofEntity(Tuples)
  await run(`INSERT INTO tuples (id, key, note) VALUES (3, ('t', {'b', 'a'}), 'cql')`)
  expect((await tuples.findOneBy({ id: 3, key: ['t', new Set(['b', 'a'])] }))?.note).toBe('cql')
  const sets = [new Set(['b', 'a'])]
  const { applied } = await tuples.update(
    { id: 3, key: ['t', new Set(['b', 'a'])] },
    { sets },
    { ifExists: true },
  )
  expect(applied).toBe(true)
  const again = await tuples.update(
    { id: 3, key: ['t', new Set(['a', 'b'])] },
    { note: 'same' },
    { if: { sets: [new Set(['a', 'b'])] } },
  )
  expect(again.applied).toBe(true)
})

it('sends and reads IPv4-mapped addresses as IPv4 addresses', async () => {
  const visits = ofEntity(Visit)
  const ip = '::ffff:10.0.0.1'
  const address = InetAddress.fromString('::ffff:a00:1')
  await visits.save(visits.create({ ip, via: address, hops: [address] }))
  expect(await visits.countBy({ ip: '10.0.0.1' })).toBe(1)
  expect(await visits.countBy({ ip })).toBe(1)
  const rows = await source.db.query(
    cql`SELECT * FROM ${cql.table(Visit)} WHERE ip = '::ffff:10.0.0.1'`,
  )
  expect(rows).toHaveLength(1)
  const [visit] = await visits.find()
  expect(visit?.ip).toBe('10.0.0.1')
  expect([visit?.via, ...(visit?.hops ?? [])].map(String)).toEqual(['10.0.0.1', '10.0.0.1'])
})

it('reads values of no bytes as null, in elements and in columns', async () => {
  const empties = ofEntity(Empties)
  await run(
    `INSERT INTO empties (id, bigints, ints, times, moments, pair, one, two, three, four, five) VALUES (1, ` +
      `[blob_as_bigint(0x)], [blob_as_int(0x), 2], {blob_as_timestamp(0x)}, {'a': blob_as_timestamp(0x)}, ` +
      `(blob_as_int(0x), blob_as_decimal(0x)), blob_as_uuid(0x), blob_as_timeuuid(0x), blob_as_boolean(0x), ` +
      `blob_as_varint(0x), blob_as_inet(0x))`,
  )
  const read = await empties.findOneByOrFail({ id: 1 })
  const expected = {
    id: 1,
    bigints: [null],
    ints: [null, 2],
    times: new Set([null]),
    moments: new Map([['a', null]]),
    pair: [null, null],
    one: null,
    two: null,
    three: null,
    four: null,
    five: null,
  }
  expect(read).toEqual(expected)
  expect(await source.db.query(cql`SELECT ints, moments FROM ${cql.table(Empties)}`)).toEqual([
    { ints: [null, 2], moments: new Map([['a', null]]) },
  ])
  expect(empties.toPlain(read)).toMatchObject({ bigints: [null], ints: [null, 2] })
  expect((await failure(() => empties.save(read))).message).toContain(
    'Empties.bigints: was read with a part of no bytes, which is null and which Cassandra does not take back; ' +
      'give it a value, or take it out',
  )
  const message = 'Empties.ints: element 0 is null; a collection holds no null'
  expect(
    (await failure(() => empties.update({ id: 1 }, { ints: [null, 2] as number[] }))).message,
  ).toContain(message)
})

it('tracks what was read with nulls', async () => {
  const tracked = ofEntity(Tracked)
  await run(
    `INSERT INTO tracked (id, other, numbers, note) VALUES (1, {name: 'x'}, [blob_as_int(0x)], 'n')`,
  )
  const read = await tracked.findOneByOrFail({ id: 1 })
  expect(tracked.changes(read)).toEqual({})
  read.note = 'm'
  await tracked.save(read)
  if (read.other) read.other.name = 'y'
  await tracked.save(read)
  const again = await tracked.findOneByOrFail({ id: 1 })
  expect([again.note, again.other?.name, again.other?.writers, again.numbers]).toEqual([
    'm',
    'y',
    null,
    [null],
  ])
})

it('gives the least and the greatest timeuuid of a millisecond', async () => {
  const date = new Date('2026-01-01T00:00:00.500Z')
  const [row] = (
    await source.db.client.execute(
      'SELECT minTimeuuid(?) AS least, maxTimeuuid(?) AS greatest FROM system.local',
      [date, date],
      { prepare: true, hints: ['timestamp', 'timestamp'] },
    )
  ).rows
  expect([TimeUuid.min(date), TimeUuid.max(date)].map(String)).toEqual(
    [row?.['least'], row?.['greatest']].map(String),
  )
})
