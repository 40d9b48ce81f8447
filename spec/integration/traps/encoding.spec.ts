import { Client } from 'cassandra-driver'
import {
  Add,
  Append,
  BigDecimal,
  Column,
  Contains,
  DataSource,
  Entity,
  Field,
  In,
  IsNull,
  PartitionKey,
  Put,
  Remove,
  type Repository,
  UserDefinedType,
  cql,
  frozen,
} from '../../../lib'
import { failure } from '../../server/failure'
import { connection, useKeyspace } from '../../server/keyspace'
import { useTraffic } from '../../server/traffic'

@UserDefinedType('size')
class Size {
  @Field('int') width?: number | null
}

@Entity('parts')
class Part {
  @PartitionKey('int') id!: number
  @Column('map<text, int>') stock?: Map<string, number> | null
  @Column('set<text>') marks?: Set<string> | null
  @Column('list<int>') sizes?: number[] | null
  @Column('frozen<list<int>>') path?: number[] | null
  @Column('frozen<set<int>>') group?: Set<number> | null
  @Column('frozen<map<text, int>>') limits?: Map<string, number> | null
  @Column('bigint') big?: bigint | null
  @Column('varint') huge?: bigint | null
  @Column('decimal') price?: BigDecimal | null
  @Column('int') amount?: number | null
  @Column('float') weight?: number | null
  @Column('boolean') isOpen?: boolean | null
  @Column('date', { as: 'string' }) day?: string | null
  @Column(frozen(() => Size)) size?: Size | null
}

const keyspace = useKeyspace()
const traffic = useTraffic()
/** A client without any `encoding` options, which is what the traps need. */
const client = new Client(connection())
let db: DataSource
let parts: Repository<Part>

beforeAll(async () => {
  db = await new DataSource({
    client,
    keyspace: keyspace.name,
    entities: [Part],
    synchronize: true,
  }).initialize()
  parts = db.getRepository(Part)
})
afterAll(async () => {
  await db.destroy()
  await client.shutdown()
})
beforeEach(() => void traffic.take())

const read = async (id: number) => parts.findOneByOrFail({ id })

describe('A.1 a Map does not wipe a map column', () => {
  it('in save, insert, update, Put and a batch', async () => {
    const stock = new Map([['a', 1]])
    await parts.save({ id: 1, stock })
    expect((await read(1)).stock).toEqual(stock)
    await parts.insert({ id: 2, stock })
    expect((await read(2)).stock).toEqual(stock)
    await parts.update({ id: 1 }, { stock: new Map([['b', 2]]) })
    expect((await read(1)).stock).toEqual(new Map([['b', 2]]))
    await parts.update({ id: 1 }, { stock: Put(new Map([['c', 3]])) })
    expect((await read(1)).stock).toEqual(new Map(Object.entries({ b: 2, c: 3 })))
    await db
      .batch()
      .update(Part, { id: 2 }, { stock: Put(new Map([['z', 9]])) })
      .execute()
    expect((await read(2)).stock).toEqual(new Map(Object.entries({ a: 1, z: 9 })))
    await parts.update({ id: 2 }, { stock: Remove(['z']) }, { if: { amount: IsNull() } })
    expect((await read(2)).stock).toEqual(stock)
  })

  it('in a query written by hand', async () => {
    const table = cql.table(Part)
    await db.query(cql`UPDATE ${table} SET stock = ${new Map([['q', 7]])} WHERE id = ${5}`)
    expect((await read(5)).stock).toEqual(new Map([['q', 7]]))
  })

  it('nor does a Set throw', async () => {
    await parts.save({ id: 3, marks: new Set(['x']) })
    await parts.update({ id: 3 }, { marks: Add(new Set(['y'])), sizes: Append([1]) })
    expect(await read(3)).toMatchObject({ marks: new Set(['x', 'y']), sizes: [1] })
    const found = await parts.find({ where: { marks: Contains('y') }, allowFiltering: true })
    expect(found.map(({ id }) => id)).toEqual([3])
  })
})

describe('A.2 what is empty is not sent as null', () => {
  it('in an IN, which then finds nothing', async () => {
    expect(await parts.findBy({ id: In([]) })).toEqual([])
    expect(traffic.take()).toEqual([])
    expect(await db.query(cql`SELECT id FROM ${cql.table(Part)} WHERE id IN ${[]}`)).toEqual([])
  })

  it('in frozen collections, which read back empty, beside null ones', async () => {
    await parts.save({ id: 10, path: [], group: new Set<number>(), limits: new Map() })
    expect(await read(10)).toMatchObject({ path: [], group: new Set<number>(), limits: new Map() })
    await parts.save({ id: 11, path: null, group: null, limits: null })
    expect(await read(11)).toMatchObject({ path: null, group: null, limits: null })
  })

  it('in other collections, which have no null', async () => {
    await parts.save({ id: 12, sizes: [], marks: new Set<string>(), stock: new Map() })
    expect(await read(12)).toMatchObject({ sizes: [], marks: new Set(), stock: new Map() })
  })
})

describe('A.3 nothing is changed on its way to the server', () => {
  it.each<[property: keyof Part, value: unknown, message: string]>([
    [
      'big',
      '9223372036854775808',
      'Part.big: needs a whole number of 64 bits; got one out of range',
    ],
    ['big', 'x', 'Part.big: needs'],
    ['big', Number.NaN, 'Part.big: needs'],
    ['big', 1.5, 'Part.big: needs'],
    ['price', 'NaN', 'Part.price: needs'],
    ['price', Number.NaN, 'Part.price: needs'],
    ['amount', 1.7, 'Part.amount: '],
    ['amount', true, 'Part.amount: needs'],
    ['amount', '1', 'Part.amount: needs'],
    ['sizes', [1.9], 'Part.sizes: element 0 '],
    ['isOpen', 'false', 'Part.isOpen: needs'],
    ['isOpen', 0, 'Part.isOpen: needs'],
    ['day', '2020-02-30', 'Part.day: '],
    ['weight', 1e39, 'Part.weight: '],
    ['size', { width: 1, Width: 2 }, `'Width'`],
    ['size', { wdth: 1 }, `did you mean 'width'?`],
  ])('%s: %p is refused', async (property, value, message) => {
    const writes = [
      () => parts.save({ id: 20, [property]: value }),
      () => parts.insert({ id: 20, [property]: value }),
      () => parts.update({ id: 20 }, { [property]: value }),
      () => parts.update({ id: 20 }, { amount: 1 }, { if: { [property]: value } }),
      () => db.batch().save(Part, { id: 20, [property]: value }),
    ]
    for (const write of writes) {
      const error = await failure(write)
      expect(error.code).toBe('VALUE')
      expect(error.message).toContain(message)
    }
    expect(traffic.take()).toEqual([])
  })

  it.each<[property: keyof Part, given: unknown, stored: unknown]>([
    ['big', 2n ** 62n, 2n ** 62n],
    ['big', -5, -5n],
    ['big', '9223372036854775807', 2n ** 63n - 1n],
    ['huge', 2n ** 80n, 2n ** 80n],
    ['huge', 7, 7n],
    ['price', BigDecimal.fromString('1.10'), BigDecimal.fromString('1.10')],
    ['price', '1e3', BigDecimal.fromString('1000')],
    ['price', 1e21, BigDecimal.fromString('1000000000000000000000')],
    ['amount', 5n, 5],
  ])('%s: %p is stored as it is', async (property, given, stored) => {
    await parts.save({ id: 21, [property]: given } as Part)
    const value: unknown = (await read(21))[property]
    if (stored instanceof BigDecimal) {
      expect((value as BigDecimal).compare(stored)).toBe(0)
    } else expect(value).toEqual(stored)
  })
})
