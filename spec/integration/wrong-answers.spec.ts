import {
  And,
  BigDecimal,
  ClusteringKey,
  Column,
  Entity,
  In,
  Index,
  LessThan,
  MoreThan,
  PartitionKey,
  StaticColumn,
  param,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'
import { sentBy } from '../server/sent-by'

const SASI = 'org.apache.cassandra.index.sasi.SASIIndex'

@Entity('rows')
class Row {
  @PartitionKey('int') p!: number
  @ClusteringKey('int') c!: number
  @Index() @StaticColumn('text') state?: string | null
  @Index({ using: 'sai' }) @StaticColumn('text') attached?: string | null
  @Column('int') v?: number | null
}

@Entity('titles')
class Title {
  @PartitionKey('int') id!: number
  @Index({ using: SASI }) @Column('text') title?: string | null
  @Index({ using: SASI }) @Column('blob') bytes?: Buffer | null
}

@Entity('prices')
class Price {
  @PartitionKey('decimal') amount!: BigDecimal
  @Column('int') n?: number | null
}

@Entity('price_lists')
class PriceList {
  @PartitionKey('int') id!: number
  @PartitionKey('frozen<list<decimal>>') amounts!: BigDecimal[]
  @Column('int') n?: number | null
}

const { db, keyspace } = useDataSource([Row, Title, Price, PriceList])
const rows = db.getRepository(Row)
const titles = db.getRepository(Title)

beforeAll(async () => {
  await db.schema.sync({ waitForIndexes: true })
  for (const c of [1, 2, 3])
    await rows.save(rows.create({ p: 1, c, state: 'open', attached: 'open', v: c }))
  await titles.save([
    titles.create({ id: 1, title: '', bytes: Buffer.alloc(0) }),
    titles.create({ id: 2, title: 'a', bytes: Buffer.from('a') }),
  ])
})

describe('a built-in index on a static column beside a clustering condition', () => {
  it('is answered wrongly by the server', async () => {
    const select = `SELECT c FROM ${keyspace.name}.rows WHERE p = 1 AND c = 2 AND state = 'open'`
    expect((await keyspace.client.execute(select)).rows).toEqual([])
  })

  it.each([
    ['findBy', () => rows.findBy({ p: 1, c: 2, state: 'open' })],
    ['a range', () => rows.findBy({ p: 1, c: And(MoreThan(1), LessThan(3)), state: 'open' })],
    ['a list', () => rows.findBy({ p: 1, c: In([1, 3]), state: In(['open']) })],
    [
      'a tuple',
      () => rows.find({ where: { p: 1, state: 'open' }, tuple: { columns: ['c'], is: [1] } }),
    ],
    [
      'filtering',
      () => rows.find({ where: { p: 1, c: 2, state: 'open', v: 2 }, allowFiltering: true }),
    ],
    ['count', () => rows.countBy({ p: 1, c: 2, state: 'open' })],
    ['exists', () => rows.existsBy({ p: 1, c: 2, state: 'open' })],
    ['prepare', () => rows.prepare({ where: { p: 1, c: param('c'), state: 'open' } })],
  ])('is refused: %s', async (_, read) => {
    const sent = await sentBy(async () => {
      expect((await failure(read as () => unknown)).message).toBe(
        `Row: Cassandra finds no rows by the index on the static column 'state' beside a condition on 'c'; ` +
          `leave 'state' out of where and compare it in the results, or declare @Index({ using: 'sai' }) on 'state' instead`,
      )
    })
    expect(sent).toEqual([])
  })

  it('comes in one page, since the server loses the rows of further pages', async () => {
    const where = { p: 1, state: 'open' }
    expect((await rows.find({ where, fetchSize: 1 })).map(({ c }) => c)).toEqual([1, 2, 3])
    expect((await rows.findPage({ where, fetchSize: 1 })).items).toHaveLength(3)
  })

  it('is right without one of them, and by a storage-attached index', async () => {
    expect(await rows.countBy({ p: 1, state: 'open' })).toBe(3)
    expect(await rows.countBy({ p: 1, c: 2 })).toBe(1)
    expect(await rows.countBy({ p: 1, c: 2, attached: 'open' })).toBe(1)
    expect(await rows.count({ where: { c: 2, state: 'open' }, allowFiltering: true })).toBe(1)
  })
})

describe('a SASI index and an empty value', () => {
  it('is answered wrongly by the server', async () => {
    const select = `SELECT id FROM ${keyspace.name}.titles WHERE title = ''`
    expect((await keyspace.client.execute(select)).rows).toEqual([])
  })

  it.each([
    ['title', { title: '' }],
    ['title', { title: In(['']) }],
    ['title', { id: 1, title: '' }],
    ['bytes', { bytes: Buffer.alloc(0) }],
  ])('is refused: %s', async (property, where) => {
    const error = await failure(() => titles.find({ where, allowFiltering: true }))
    expect(error.message).toBe(
      `Title.${property}: is empty, and Cassandra finds no empty values by a SASI index; filter the results, ` +
        `or declare @Index({ using: 'sai' }) instead`,
    )
  })

  it('is right with other values, and where the server filters', async () => {
    expect((await titles.findBy({ title: 'a' })).map(({ id }) => id)).toEqual([2])
    expect(
      (await titles.find({ where: { title: In(['', 'b']) }, allowFiltering: true })).map(
        ({ id }) => id,
      ),
    ).toEqual([1])
  })
})

describe('two equal decimals of other digits in an IN of the partition key', () => {
  const prices = db.getRepository(Price)
  const decimal = (text: string) => BigDecimal.fromString(text)
  const both = () => In([decimal('1.0'), decimal('1.00')])
  const reason =
    'In() has two decimals that are equal but written with different digits: they are two partition keys, and ' +
    'Cassandra would find only one of them; use one request for each'

  it('is answered wrongly by the server', async () => {
    await prices.save(['1.0', '1.00'].map((text) => ({ amount: decimal(text), n: 1 })))
    expect(await prices.count()).toBe(2)
    const select = `SELECT n FROM ${keyspace.name}.prices WHERE amount IN (1.0, 1.00)`
    expect((await keyspace.client.execute(select)).rows).toHaveLength(1)
  })

  it('is refused', async () => {
    const sent = await sentBy(async () => {
      for (const write of [
        () => prices.findBy({ amount: both() }),
        () => prices.countBy({ amount: both() }),
        () => prices.update({ amount: both() }, { n: 2 }),
        () => prices.delete({ amount: both() }),
        () => db.batch().delete(Price, { amount: both() }).execute(),
      ]) {
        expect((await failure(write)).message).toBe(`Price.amount: ${reason}`)
      }
      const lists = db.getRepository(PriceList)
      const amounts = In([[decimal('1.0')], [decimal('1.00')]])
      expect((await failure(() => lists.findBy({ id: 1, amounts }))).message).toBe(
        `PriceList.amounts: ${reason}`,
      )
    })
    expect(sent).toEqual([])
  })

  it('is right with decimals that differ, or are the same', async () => {
    expect(await prices.findBy({ amount: In([decimal('1.0'), decimal('2.00')]) })).toHaveLength(1)
    expect(await prices.findBy({ amount: In([decimal('1.0'), decimal('1.0')]) })).toHaveLength(1)
  })
})
