import type { types } from 'cassandra-driver'
import {
  Append,
  ClusteringKey,
  Column,
  Entity,
  In,
  PartitionKey,
  StaticColumn,
  ValueError,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { sentBy } from '../server/sent-by'

@Entity({ name: 'plain', defaultTimeToLive: 5000 })
class Plain {
  @PartitionKey('int') id!: number
  @Column('text') a?: string | null
  @Column('text') b?: string | null
}

@Entity('sessions')
class Session {
  @PartitionKey('int') user!: number
  @ClusteringKey('int') id!: number
  @StaticColumn('text', { ttl: 6000 }) code?: string | null
  @Column('text') name?: string | null
  @Column('text', { ttl: 3000 }) token?: string | null
  @Column('text', { ttl: 3000 }) secret?: string | null
  @Column('list<text>', { ttl: 2000 }) log: string[] = []
}

const { db, keyspace } = useDataSource([Plain, Session])
const plain = db.getRepository(Plain)
const sessions = db.getRepository(Session)
let next = 0

async function read(select: string, from: string, where: string): Promise<types.Row> {
  const { rows } = await keyspace.client.execute(
    `SELECT ${select} FROM "${keyspace.name}".${from} WHERE ${where}`,
  )
  const [row] = rows
  if (row === undefined) throw new Error('no row')
  return row
}

/** TTLs in thousands of seconds, rounded up, so that the time that passes does not count. */
const thousands = (row: types.Row, ...names: string[]) =>
  names.map((name) => {
    const ttl: unknown = row[name]
    if (Array.isArray(ttl)) return ttl.map((each) => Math.ceil(Number(each) / 1000))
    return ttl === null ? null : Math.ceil(Number(ttl) / 1000)
  })

describe('the ttl of a write', () => {
  const ttlOf = async (id: number) =>
    thousands(await read('ttl(a) AS a, ttl(b) AS b', 'plain', `id = ${id}`), 'a', 'b')

  it.each([
    ['the table’s default', {}, 5],
    ['undefined: that too', { ttl: undefined }, 5],
    ['seconds', { ttl: 1000 }, 1],
    ['0: none', { ttl: 0 }, null],
    ['null: none', { ttl: null }, null],
  ])('%s', async (_, options, ttl) => {
    const id = ++next
    await plain.save({ id, a: 'x' }, options as { ttl?: number })
    expect(await ttlOf(id)).toEqual([ttl, null])
    await plain.update({ id }, { b: 'y' }, options as { ttl?: number })
    expect(await ttlOf(id)).toEqual([ttl, ttl])
    await plain.insert({ id, a: 'z' }, options as { ttl?: number })
    expect(await ttlOf(id)).toEqual([ttl, ttl])
  })

  it('is one statement, whatever it is', async () => {
    const sent = await sentBy(async () => {
      await plain.save({ id: ++next, a: 'x' }, { ttl: 5 })
      await plain.save({ id: ++next, b: 'x' }, { ttl: null })
      await plain.save({ id: ++next }, { ttl: 0 })
    })
    expect(new Set(sent).size).toBe(1)
  })

  it.each([
    [-1, 'must be a whole number from 0 to 630720000'],
    [1.5, 'must be a whole number from 0 to 630720000'],
    [630_720_001, 'must be a whole number from 0 to 630720000'],
    ['60', 'must be a whole number from 0 to 630720000'],
  ])('is not %p', async (ttl, reason) => {
    const options = { ttl: ttl as number }
    const sent = await sentBy(async () => {
      await expect(plain.save({ id: 1 }, options)).rejects.toThrow(
        new ValueError('Plain', 'ttl', reason),
      )
      await expect(plain.update({ id: 1 }, { a: 'x' }, options)).rejects.toThrow(ValueError)
    })
    expect(sent).toEqual([])
  })

  it('is not an option of a delete', async () => {
    await expect(plain.delete({ id: 1 }, { ttl: 5 } as object)).rejects.toThrow(
      `Plain: delete has no option 'ttl'`,
    )
  })
})

describe('the timestamp of a write', () => {
  const timeOf = async (id: number) =>
    String((await read('writetime(a) AS a', 'plain', `id = ${id}`))['a'])

  it('is microseconds, or a Date', async () => {
    const id = ++next
    await plain.save({ id, a: 'x' }, { timestamp: 1_000_001n })
    expect(await timeOf(id)).toBe('1000001')
    await plain.update({ id }, { a: 'y' }, { timestamp: new Date(5000) })
    expect(await timeOf(id)).toBe('5000000')
    await plain.insert({ id, a: 'late' }, { timestamp: 7n })
    expect((await plain.findOneByOrFail({ id })).a).toBe('y')
    await plain.delete({ id }, { timestamp: 4_999_999n })
    expect(await plain.existsBy({ id })).toBe(true)
    await plain.update({ id }, { b: 'y' }, { timestamp: new Date(6500) })
    await plain.delete({ id }, { timestamp: new Date(6000), columns: ['a'] })
    expect((await plain.findOneByOrFail({ id })).a).toBeNull()
    await plain.remove(plain.create({ id }), { timestamp: new Date(7000) })
    expect(await plain.existsBy({ id })).toBe(false)
  })

  it('goes together with a ttl', async () => {
    const id = ++next
    await plain.save({ id, a: 'x' }, { timestamp: 5n, ttl: 1000 })
    const row = await read('writetime(a) AS at, ttl(a) AS a', 'plain', `id = ${id}`)
    expect(String(row['at'])).toBe('5')
    expect(thousands(row, 'a')).toEqual([1])
  })

  it.each([
    [5, 'must be a bigint of microseconds or a valid Date'],
    [new Date(Number.NaN), 'must be a bigint of microseconds or a valid Date'],
    [null, 'needs a value; leave the option out instead'],
    [2n ** 63n, 'needs a whole number of 64 bits; got one out of range'],
  ])('is not %p', async (timestamp, reason) => {
    const options = { timestamp: timestamp as bigint }
    const error = new ValueError('Plain', 'timestamp', reason)
    await expect(plain.save({ id: 1 }, options)).rejects.toThrow(error)
    await expect(plain.update({ id: 1 }, { a: 'x' }, options)).rejects.toThrow(error)
    await expect(plain.delete({ id: 1 }, options)).rejects.toThrow(error)
  })
})

describe('the ttl of a column', () => {
  const columns = ['code', 'name', 'token', 'secret', 'log']
  const select = columns.map((name) => `ttl("${name}") AS "${name}"`).join(', ')
  const ttlsOf = async (user: number) =>
    thousands(await read(select, 'sessions', `user = ${user} AND id = 1`), ...columns)

  it('concerns that column alone, in an insert', async () => {
    const user = ++next
    const full = { user, id: 1, name: 'x', token: 't', secret: 's', code: 'c', log: ['a'] }
    await sessions.save(full)
    expect(await ttlsOf(user)).toEqual([6, null, 3, 3, [2]])
    expect(await sessions.findOneByOrFail({ user, id: 1 })).toEqual(full)
    await sessions.insert(full, { ttl: 9000 })
    expect(await ttlsOf(user)).toEqual([6, 9, 3, 3, [2]])
  })

  it('and in an update, with change operators too', async () => {
    const user = ++next
    await sessions.update({ user, id: 1 }, { name: 'x', token: 't', log: Append(['a']) })
    expect(await ttlsOf(user)).toEqual([null, null, 3, null, [2]])
    await sessions.update({ user, id: 1 }, { name: 'y', code: 'c' }, { ttl: 8000 })
    expect(await ttlsOf(user)).toEqual([6, 8, 3, null, [2]])
    await sessions.update({ user, id: 1 }, { token: null })
    expect(await ttlsOf(user)).toEqual([6, 8, null, null, [2]])
  })

  it('is written at one time with the others, in one request', async () => {
    const user = ++next
    const sent = await sentBy(() =>
      sessions.save({ user, id: 1, name: 'x', token: 't', log: ['a'] }),
    )
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatch(
      /^BEGIN UNLOGGED BATCH INSERT INTO .*; UPDATE .*; UPDATE .*; APPLY BATCH$/u,
    )
    const times = 'writetime("name") AS "name", writetime("token") AS "token"'
    const { name, token } = await read(times, 'sessions', `user = ${user} AND id = 1`)
    expect(String(name)).toBe(String(token))
    await sessions.save({ user, id: 1, name: 'y', token: 'u', log: [] }, { timestamp: 7n })
    expect(await sessions.findOneByOrFail({ user, id: 1 })).toMatchObject({ name: 'x', token: 't' })
  })

  it('sends one statement where there is nothing to write with a ttl', async () => {
    const user = ++next
    const sent = await sentBy(() => sessions.save({ user, id: 1, name: 'x' } as Session))
    expect(sent).toEqual([
      `INSERT INTO "${keyspace.name}"."sessions" ("user", "id", "name") VALUES (?, ?, ?)`,
    ])
    const updated = await sentBy(() =>
      sessions.update({ user, id: 1 }, { token: 't', secret: 's' }),
    )
    expect(updated).toEqual([
      `UPDATE "${keyspace.name}"."sessions" USING TTL ? SET "token" = ?, "secret" = ? WHERE "user" = ? AND "id" = ?`,
    ])
  })

  it('of statics alone, by the partition key', async () => {
    const user = ++next
    await sessions.save({ user, code: 'c' } as Session)
    expect(
      thousands(await read('ttl(code) AS code', 'sessions', `user = ${user}`), 'code'),
    ).toEqual([6])
    await sessions.update({ user: In([user, ++next]) }, { code: 'd' })
    expect((await sessions.findBy({ user })).map(({ code }) => code)).toEqual(['d'])
  })

  it('goes with a condition', async () => {
    const user = ++next
    const entity = { user, id: 1, name: 'x', token: 't', log: [] }
    expect(await sessions.insert(entity, { ifNotExists: true })).toEqual({ applied: true })
    expect(await ttlsOf(user)).toEqual([null, null, 3, null, null])
    const again = await sessions.insert({ ...entity, name: 'y' }, { ifNotExists: true })
    expect(again).toMatchObject({
      applied: false,
      existing: { user, id: 1, name: 'x', token: 't' },
    })
    const update = { name: 'z', token: 'u' }
    expect(await sessions.update({ user, id: 1 }, update, { if: { name: 'y' } })).toMatchObject({
      applied: false,
      existing: { name: 'x' },
    })
    expect(await sessions.update({ user, id: 1 }, update, { if: { name: 'x' } })).toEqual({
      applied: true,
    })
    expect(await sessions.findOneByOrFail({ user, id: 1 })).toMatchObject(update)
  })

  it('goes into a batch', async () => {
    const user = ++next
    await db
      .batch()
      .insert(Session, { user, id: 1, name: 'x', token: 't', log: [] })
      .update(Session, { user, id: 2 }, { name: 'y', token: 'u' })
      .execute()
    expect(await ttlsOf(user)).toEqual([null, null, 3, null, null])
    expect(await sessions.count({ where: { user } })).toBe(2)
  })

  it('refuses what a plain insert refuses', async () => {
    const sent = await sentBy(async () => {
      await expect(sessions.save({ id: 1, token: 't' } as Session)).rejects.toThrow(
        'Session.user: belongs to the primary key and needs a value',
      )
      await expect(
        sessions.save({ user: 1, id: 1, token: 5 } as unknown as Session),
      ).rejects.toThrow(/^Session\.token: needs a string/u)
      await expect(
        sessions.update({ user: 1, id: 1 }, { token: 't', nam: 'x' } as object),
      ).rejects.toThrow(`Session.nam, named in changes, is not a column; did you mean 'name'?`)
      await expect(sessions.update({ user: 1, id: 1 }, { token: 't', id: 2 })).rejects.toThrow(
        /^Session\.id belongs to the primary key and cannot change/u,
      )
    })
    expect(sent).toEqual([])
  })
})
