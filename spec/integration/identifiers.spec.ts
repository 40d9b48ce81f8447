import fc from 'fast-check'
import {
  ClusteringKey,
  Column,
  DataSource,
  DeclarationError,
  Entity,
  Index,
  PartitionKey,
  type Repository,
  getEntityMetadata,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'

@Entity('Select')
class Awkward {
  @PartitionKey('int', { name: 'select' }) id!: number
  @ClusteringKey('int', { name: 'Order' }) order!: number
  @Index() @Column('text', { name: 'First Name' }) firstName?: string | null
  @Index() @Column('text', { name: 'a"b' }) quoted?: string | null
  @Index() @Column('text', { name: 'ключ' }) cyrillic?: string | null
  @Index() @Column('map<text, text>', { name: "it's" }) apostrophe?: Map<string, string> | null
  @Column('text', { name: '"' }) quote?: string | null
  @Column('text', { name: 'x; DROP TABLE y --' }) injection?: string | null
  @Column('text', { name: '?' }) marker?: string | null
  @Column('text', { name: '`${x}`\\n' }) template?: string | null
  @Column('text', { name: 'constructor' }) 'hyphen-ated'?: string | null
}

const keyspace = useKeyspace()
const order = `Order_${keyspace.name}`.slice(0, 48)
let db: DataSource
let rows: Repository<Awkward>

beforeAll(async () => {
  db = await new DataSource({
    ...connection(),
    keyspace: order,
    entities: [Awkward],
    createKeyspace: { replication: { class: 'SimpleStrategy', replication_factor: 1 } },
    synchronize: true,
  }).initialize()
  rows = db.getRepository(Awkward)
})
afterAll(async () => {
  await db.client.execute(`DROP KEYSPACE "${order}"`)
  await db.destroy()
})

const whole = (id: number, at: number) =>
  rows.create({
    id,
    order: at,
    firstName: `first ${at}`,
    quoted: 'q',
    cyrillic: 'к',
    apostrophe: new Map([['a', 'b']]),
    quote: '"',
    injection: 'i',
    marker: '?',
    template: 't',
    'hyphen-ated': 'h',
  })

it('writes, reads, filters, orders, updates and deletes under every name', async () => {
  await rows.save([1, 2, 3].map((at) => whole(1, at)))
  expect(await rows.findOneBy({ id: 1, order: 2 })).toEqual(whole(1, 2))
  const backwards = await rows.find({
    where: { id: 1 },
    orderBy: { order: 'desc' },
    select: ['order', 'hyphen-ated', 'template'],
  })
  expect(backwards).toEqual(
    [3, 2, 1].map((at) => ({ order: at, 'hyphen-ated': 'h', template: 't' })),
  )
  expect((await rows.findBy({ firstName: 'first 2' })).map(({ order }) => order)).toEqual([2])
  expect(await rows.countBy({ quoted: 'q' })).toBe(3)
  expect(await rows.countBy({ cyrillic: 'к' })).toBe(3)
  const filtered = { quote: '"', injection: 'i', marker: '?', template: 't', 'hyphen-ated': 'h' }
  expect(await rows.count({ where: filtered, allowFiltering: true })).toBe(3)
  await rows.update({ id: 1, order: 1 }, { injection: 'j', 'hyphen-ated': null, quote: '""' })
  expect(await rows.findOneBy({ id: 1, order: 1 })).toEqual({
    ...whole(1, 1),
    injection: 'j',
    'hyphen-ated': null,
    quote: '""',
  })
  await rows.delete({ id: 1, order: 2 }, { columns: ['quoted', 'cyrillic', 'template'] })
  expect(await rows.findOneBy({ id: 1, order: 2 })).toMatchObject({
    quoted: null,
    cyrillic: null,
    template: null,
  })
  await rows.delete({ id: 1, order: 3 })
  expect(await rows.count()).toBe(2)
  await rows.truncate()
  expect(await rows.exists()).toBe(false)
})

it('finds nothing to do in a schema of such names', async () => {
  expect((await db.schema.plan()).changes).toEqual([])
})

describe('hostile values', () => {
  it.each([
    `'; DROP TABLE x; --`,
    '?',
    ':a',
    `\u0000`,
    `a\u0000b`,
    '"',
    `''`,
    '$$',
    '${id}',
    '%s',
    '\\',
    '\r\n',
    '\u2028',
    '\uFEFF',
    '👩‍👩‍👧‍👦',
    '',
    ' ',
    'null',
  ])('are stored and found as they are: %j', async (value) => {
    await rows.save({ ...whole(2, 1), quote: value, firstName: value } as Awkward)
    expect((await rows.findOneByOrFail({ id: 2, order: 1 })).quote).toBe(value)
    expect((await rows.findBy({ firstName: value })).map(({ id }) => id)).toEqual([2])
    const where = { id: 2, quote: value }
    expect(await rows.count({ where, allowFiltering: true })).toBe(1)
  })

  it('may be a megabyte long', async () => {
    const value = 'é👍x'.repeat(150_000)
    expect(Buffer.byteLength(value)).toBeGreaterThan(1_000_000)
    await rows.save({ id: 3, order: 1, quote: value } as Awkward)
    expect((await rows.findOneByOrFail({ id: 3, order: 1 })).quote).toBe(value)
    const where = { id: 3, quote: value }
    expect(await rows.count({ where, allowFiltering: true })).toBe(1)
  })

  it('come back as they were, whatever they are', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(text, fc.array(text), fc.dictionary(text, text), async (one, list, map) => {
        fc.pre(one.isWellFormed() && [...list, ...Object.keys(map)].every((t) => t.isWellFormed()))
        const apostrophe = new Map([...Object.entries(map), ...list.map((t) => [t, one] as const)])
        // create() makes an empty map one to be written.
        await rows.save(rows.create({ id: 4, order: 1, quote: one, apostrophe }))
        const found = await rows.findOneByOrFail({ id: 4, order: 1 })
        expect(found.quote).toBe(one)
        expect(found.apostrophe).toEqual(apostrophe)
      }),
      { numRuns: 100 },
    )
  })
})

describe('column names', () => {
  it('may be anything', async () => {
    const name = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 30 })
      .filter((text) => text.isWellFormed() && text !== '__proto__' && text !== 'id')
    const names = [...new Set(fc.sample(name, { numRuns: 60, seed: 42 }))]
    class Arbitrary {
      id!: number
    }
    PartitionKey('int')(Arbitrary.prototype, 'id')
    for (const [i, each] of names.entries()) {
      const decorate = Column('text', { name: each }) as (target: object, key: string) => void
      decorate(Arbitrary.prototype, `p${i}`)
    }
    Entity('arbitrary')(Arbitrary)
    const other = await new DataSource({
      ...connection(),
      keyspace: keyspace.name,
      entities: [Arbitrary],
      synchronize: true,
    }).initialize()
    try {
      const repository = other.getRepository(
        Arbitrary as unknown as new () => Record<string, unknown>,
      )
      const values = Object.fromEntries(names.map((each, i) => [`p${i}`, each]))
      await repository.save({ id: 1, ...values })
      expect({ ...(await repository.findOneBy({ id: 1 })) }).toEqual({ id: 1, ...values })
      const { rows: columns } = await keyspace.client.execute(
        'SELECT column_name FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?',
        [keyspace.name, 'arbitrary'],
        { prepare: true },
      )
      expect(new Set(columns.map((row) => row['column_name'] as string))).toEqual(
        new Set(['id', ...names]),
      )
      expect((await other.schema.plan()).changes).toEqual([])
    } finally {
      await other.destroy()
    }
  })
})

describe('names that Cassandra does not take', () => {
  const problem = async (options: Parameters<typeof Entity>[0]) => {
    class Bad {
      id!: number
    }
    PartitionKey('int')(Bad.prototype, 'id')
    ;(Entity as (given: unknown) => (target: object) => void)(options)(Bad)
    const error = await failure(() => getEntityMetadata(Bad))
    expect(error).toBeInstanceOf(DeclarationError)
    return error.message
  }
  const onlySome = 'can have letters, digits and _ only'

  it.each(['my-table', 'a b', 'таблица', 'a"b', 'x;y', 'a.b'])('as table %j', async (name) => {
    expect(await problem({ name })).toBe(`Bad: the table name '${name}' ${onlySome}`)
  })

  it('as keyspace, or too long', async () => {
    expect(await problem({ keyspace: 'a-b' })).toBe(`Bad: the keyspace name 'a-b' ${onlySome}`)
    expect(await problem({ keyspace: 'k'.repeat(49) })).toBe(
      'Bad: the keyspace name has 49 characters; the limit is 48',
    )
    expect(await problem({ name: 't'.repeat(223) })).toBe(
      'Bad: the table name has 223 characters; the limit is 222',
    )
  })

  it('in with({ keyspace })', async () => {
    for (const bad of ['a-b', '', 'k'.repeat(49), 7, null, undefined, 'x"; DROP']) {
      const error = await failure(() => rows.with({ keyspace: bad as string }).find())
      expect(error).toMatchObject({ code: 'STATEMENT' })
      expect(error.message).toMatch(/^Awkward: keyspace must be the name of a keyspace/u)
    }
  })
})
