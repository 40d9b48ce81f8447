import {
  Append,
  Add,
  Column,
  Contains,
  ContainsKey,
  DataSource,
  Entity,
  Entry,
  ExecutionError,
  Index,
  PartitionKey,
  Put,
  SetAt,
  getEntityMetadata,
} from '../../../lib'
import { useDataSource } from '../../server/data-source'
import { failure } from '../../server/failure'
import { connection } from '../../server/keyspace'
import { queryable } from '../../server/queryable'
import { useTraffic } from '../../server/traffic'

/** What is stored is a byte longer than the property. */
const marked = { to: (value: string) => `>${value}`, from: (value: string) => value.slice(1) }

@Entity('notes')
class Note {
  @PartitionKey('text') id!: string
  @Index({ using: 'sai' }) @Column('text') title?: string | null
  @Index({ using: 'sai' }) @Column('text', { transformer: marked }) marked?: string | null
  @Index({ using: 'sai' }) @Column('list<text>') lines?: string[] | null
  @Index({ using: 'sai' }) @Column('set<text>', { as: 'array' }) tags?: string[] | null
  @Index({ using: 'sai', on: 'keys', name: 'notes_names_keys' })
  @Index({ using: 'sai', on: 'values', name: 'notes_names_values' })
  @Column('map<text, text>')
  names?: Map<string, string> | null
  @Index({ using: 'StorageAttachedIndex', on: 'entries' })
  @Column('map<text, text>', { as: 'object' })
  attrs?: Record<string, string> | null
  @Index({ using: 'sai', on: 'full' }) @Column('frozen<list<text>>') path?: string[] | null
  @Index({ using: 'sai' }) @Column('list<int>') sizes?: number[] | null
  @Index() @Column('text') classic?: string | null
  @Index() @Column('set<text>') classics?: Set<string> | null
  @Column('text') free?: string | null
}

const { db, keyspace } = useDataSource([Note])
const notes = db.getRepository(Note)
const traffic = useTraffic()

beforeAll(async () => {
  await queryable(keyspace, 9)
})
beforeEach(() => void traffic.take())

const long = (bytes: number) => 'x'.repeat(bytes)
const found = async (where: object) =>
  (await notes.findBy(where)).map(({ id }) => id.slice(0, 10)).sort()

describe('A.4 a value that its index would leave out', () => {
  const sai =
    'its storage-attached index leaves out what is longer than 8192, so that it would be stored ' +
    'and never be found; shorten it, or take the index away'
  const secondary = 'its index takes 65534 at most; shorten it, or take the index away'

  it('is refused from one byte above the limit on, and found up to it', async () => {
    const most = {
      title: long(8192),
      marked: long(8191),
      lines: ['a', long(8192)],
      tags: [long(8192)],
      names: new Map([[long(8192), `y${long(8191)}`]]),
      attrs: { a: long(8185) },
      path: [long(8184)],
      classic: long(65_534),
      classics: new Set([long(65_534)]),
      free: long(100_000),
    }
    await notes.save({ id: 'most', ...most })
    for (const where of [
      { title: most.title },
      { marked: most.marked },
      { lines: Contains(long(8192)) },
      { tags: Contains(long(8192)) },
      { names: ContainsKey(long(8192)) },
      { names: Contains(`y${long(8191)}`) },
      { attrs: Entry('a', long(8185)) },
      { path: [long(8184)] },
      { classic: long(65_534) },
      { classics: Contains(long(65_534)) },
    ]) {
      expect(await found(where)).toEqual(['most'])
    }
  })

  it.each<[property: keyof Note, value: unknown, reason: string]>([
    ['title', long(8193), `is 8193 bytes long; ${sai}`],
    ['title', 'é'.repeat(4097), `is 8194 bytes long; ${sai}`],
    ['marked', long(8192), `is 8193 bytes long; ${sai}`],
    ['lines', ['a', long(8193)], `has an element that is 8193 bytes long; ${sai}`],
    ['tags', [long(9000)], `has an element that is 9000 bytes long; ${sai}`],
    ['names', new Map([[long(8193), 'a']]), `has a key that is 8193 bytes long; ${sai}`],
    ['names', new Map([['a', long(8193)]]), `has an element that is 8193 bytes long; ${sai}`],
    ['attrs', { a: long(8186) }, `has an entry that is 8193 bytes long; ${sai}`],
    ['path', [long(8185)], `is 8193 bytes long; ${sai}`],
    ['classic', long(65_535), `is 65535 bytes long; ${secondary}`],
    ['classics', new Set([long(65_535)]), `has an element that is 65535 bytes long; ${secondary}`],
    ['id', long(65_536), 'is 65536 bytes long; a primary key takes 65535'],
  ])('%s is refused in every write, before it is sent', async (property, value, reason) => {
    const row = { id: 'more', [property]: value } as Note
    for (const write of [
      () => notes.save(row),
      () => notes.insert(row),
      () => notes.insert(row, { ifNotExists: true }),
      () => db.batch().save(Note, row),
      ...(property === 'id' ? [] : [() => notes.update({ id: 'more' }, { [property]: value })]),
    ]) {
      const error = await failure(write)
      expect(error.code).toBe('VALUE')
      expect(error.message).toBe(`Note.${property}: ${reason}`)
    }
    expect(traffic.take()).toEqual([])
  })

  it.each<[name: string, change: object, message: string]>([
    ['Append', { lines: Append([long(8193)]) }, 'Note.lines: has an element that is 8193 bytes'],
    ['Add', { tags: Add([long(8193)]) }, 'Note.tags: has an element that is 8193 bytes'],
    ['SetAt', { lines: SetAt(0, long(8193)) }, 'Note.lines: is 8193 bytes long'],
    ['Put', { attrs: Put({ [long(8000)]: long(187) }) }, 'Note.attrs: has an entry that is 8193'],
    ['Put of a key', { names: Put(new Map([[long(8193), 'a']])) }, 'Note.names: has a key that'],
  ])('%s refuses it', async (_, change, message) => {
    const error = await failure(() => notes.update({ id: 'more' }, change))
    expect(error.code).toBe('VALUE')
    expect(error.message).toContain(message)
    expect(traffic.take()).toEqual([])
  })

  it('is of no concern where the type bounds it, or nothing indexes it', async () => {
    await notes.save({ id: 'numbers', sizes: Array.from({ length: 9000 }, (_, i) => i) })
    expect(await found({ sizes: Contains(8999) })).toEqual(['numbers'])
    await notes.save({ id: long(65_535), free: long(70_000) })
    expect((await notes.findOneByOrFail({ id: long(65_535) })).free).toHaveLength(70_000)
  })

  it('may be long where the index holds words of it', () => {
    @Entity('articles')
    class Article {
      @PartitionKey('int') id!: number
      @Index({ using: 'sai', options: { index_analyzer: 'standard' } })
      @Column('text')
      body?: string | null
    }
    const { codec } = getEntityMetadata(Article).byProperty['body'] as { codec: { check: unknown } }
    expect((codec.check as (value: string) => string)(long(100_000))).toHaveLength(100_000)
  })
})

describe('A.18 an index that is still building', () => {
  @Entity('late')
  class Late {
    @PartitionKey('int') id!: number
    @Index({ using: 'sai' }) @Column('text') sai?: string | null
    @Index() @Column('text') classic?: string | null
  }

  it.each(['sai', 'classic'] as const)('is what a query with it says: %s', async (property) => {
    const late = await new DataSource({
      ...connection(),
      keyspace: keyspace.name,
      entities: [Late],
      synchronize: true,
    }).initialize()
    try {
      const repository = late.getRepository(Late)
      const rows = Array.from({ length: 2000 }, (_, id) => ({ id, sai: 'v', classic: 'v' }))
      await repository.save(rows, { concurrency: 128 })
      const index = `late_${property}_idx`
      const said = new Set<string>()
      // How long it builds is the server's affair; two thousand rows are enough to see it at the first try.
      for (let tries = 0; said.size === 0 && tries < 20; tries++) {
        await keyspace.client.execute(`DROP INDEX ${keyspace.name}.${index}`)
        await keyspace.client.execute(
          property === 'sai'
            ? `CREATE INDEX ${index} ON ${keyspace.name}.late (sai) USING 'sai'`
            : `CREATE INDEX ${index} ON ${keyspace.name}.late (classic)`,
        )
        for (;;) {
          try {
            expect(await repository.findBy({ [property]: 'v' })).toHaveLength(2000)
            break
          } catch (error) {
            expect(error).toBeInstanceOf(ExecutionError)
            expect(error).toMatchObject({ kind: 'server' })
            said.add((error as Error).message.split(':')[0] ?? '')
          }
        }
      }
      expect([...said]).toEqual(['a replica failed to read; an index may still be building'])
    } finally {
      await late.destroy()
    }
  })
})

it('A.31 a column that a storage-attached index does not take is told by its declaration', () => {
  @Entity('odd')
  class Odd {
    @PartitionKey('int') id!: number
    @Index({ using: 'sai' }) @Column('text', { name: 'a b' }) text?: string | null
    @Index() @Column('text', { name: 'c d' }) classic?: string | null
  }
  expect(() => getEntityMetadata(Odd)).toThrow(
    "Odd.text: has the column name 'a b', and a storage-attached index takes letters, digits and _ only; " +
      'give the column another name, or the index another class',
  )
  expect(() => getEntityMetadata(Odd)).not.toThrow('Odd.classic')
})
