import { Client } from 'cassandra-driver'
import {
  BigDecimal,
  ClusteringKey,
  Column,
  DataSource,
  Entity,
  Field,
  PartitionKey,
  StatementError,
  UserDefinedType,
  Uuid,
  ValueError,
  cql,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'
import { connection } from '../server/keyspace'

@UserDefinedType('maker')
class Maker {
  @Field('text') name!: string
  @Field('bigint') since!: bigint
}

@Entity('articles')
class Article {
  @PartitionKey('text') shop!: string
  @ClusteringKey('int') number!: number
  @Column('text') brandName = 'Unknown'
  @Column('double') price = 0
  @Column('bigint') cents?: bigint | null
  @Column('map<text, int>') stock = new Map<string, number>()
  @Column('set<text>') tags = new Set<string>()
  @Column(() => Maker) maker?: Maker | null
  @Column('text', { select: false }) secret?: string | null
}

const { db, keyspace } = useDataSource([Article])
const articles = db.getRepository(Article)

beforeAll(async () => {
  await articles.save(
    [1, 2, 3, 4, 5].map((number) =>
      articles.create({
        shop: 'a',
        number,
        brandName: number < 3 ? 'Acme' : 'Other',
        price: number + 0.5,
        cents: 2n ** 60n + BigInt(number),
        stock: new Map([['here', number]]),
        tags: new Set(['t']),
        secret: 's',
      }),
    ),
  )
})

const table = cql.table(Article)
const column = (property: keyof Article & string) => cql.column(Article, property)

describe('db.query', () => {
  it('gives plain rows with the property types, from all pages', async () => {
    const rows = await db.query<{ number: number; cents: bigint; stock: Map<string, number> }>(
      cql`SELECT number, cents, stock, tags, maker FROM ${table} WHERE ${column('shop')} = ${'a'}`,
      { fetchSize: 2 },
    )
    expect(rows).toHaveLength(5)
    expect(rows[0]).toStrictEqual({
      number: 1,
      cents: 2n ** 60n + 1n,
      stock: new Map([['here', 1]]),
      tags: new Set(['t']),
      maker: null,
    })
  })

  it('names tables and columns as the entity has them, and composes', async () => {
    const conditions = [
      cql`${column('shop')} = ${'a'}`,
      cql`${column('number')} IN ${[1, 2, 4]}`,
      cql`${column('brandName')} = ${'Acme'}`,
    ]
    const rows = await db.query(
      cql`SELECT ${cql.join([column('number'), cql.identifier('brand_name')])} FROM ${table}
          WHERE ${cql.join(conditions, cql` AND `)} LIMIT ${10} ALLOW FILTERING`,
    )
    expect(rows).toEqual([
      { number: 1, brand_name: 'Acme' },
      { number: 2, brand_name: 'Acme' },
    ])
    const listed = cql`SELECT number FROM ${table} WHERE shop = ${'a'} AND number IN (${cql.join([5, 3])})`
    expect(await db.query(listed)).toEqual([{ number: 3 }, { number: 5 }])
    expect(
      await db.query(cql`SELECT number FROM ${table} WHERE shop = ${'a'} AND number IN ${[]}`),
    ).toEqual([])
  })

  it('writes, changes tables, and tells what a conditional write found', async () => {
    const id = 9
    const insert = cql`INSERT INTO ${table} (shop, number, cents, stock, tags, price)
      VALUES (${'b'}, ${id}, ${2n ** 62n}, ${new Map([['x', 1]])}, ${new Set(['u'])}, ${null})`
    expect(await db.query(insert)).toEqual([])
    expect(await articles.findOneBy({ shop: 'b', number: id })).toMatchObject({
      cents: 2n ** 62n,
      stock: new Map([['x', 1]]),
      tags: new Set(['u']),
    })
    const update = cql`UPDATE ${table} SET cents = ${7n} WHERE shop = ${'b'} AND number = ${id}`
    expect(await db.query(cql`${update} IF cents = ${1n}`)).toEqual([
      { '[applied]': false, cents: 2n ** 62n },
    ])
    expect(await db.query(cql`${update} IF cents = ${2n ** 62n}`)).toEqual([{ '[applied]': true }])
    const other = cql.identifier('Other "table"'.replaceAll(/\W/gu, '_'))
    const name = cql`${cql.identifier(keyspace.name)}.${other}`
    expect(await db.query(cql`CREATE TABLE ${name} (id uuid PRIMARY KEY, price decimal)`)).toEqual(
      [],
    )
    const uuid = Uuid.random()
    await db.query(cql`INSERT INTO ${name} (id, price) VALUES (${uuid}, ${'1.50'})`)
    const [row] = await db.query<{ id: Uuid; price: BigDecimal }>(
      cql`SELECT * FROM ${name} WHERE id = ${String(uuid)}`,
    )
    expect(row?.id).toEqual(uuid)
    expect(row?.price).toBeInstanceOf(BigDecimal)
    await db.query(cql`DROP TABLE ${name}`)
  })

  it('takes values with a type that is said', async () => {
    const maker = Object.assign(new Maker(), { name: 'M', since: 5n })
    await db.query(
      cql`UPDATE ${table} SET stock = stock + ${cql.value('map<text, int>', { y: 2 })},
          maker = ${cql.value(Article, 'maker', maker)} WHERE shop = ${'b'} AND number = ${20}`,
    )
    const [row] = await db.query(
      cql`SELECT stock, maker FROM ${table} WHERE shop = ${'b'} AND number = ${20}`,
    )
    expect(row).toEqual({ stock: new Map([['y', 2]]), maker: { name: 'M', since: 5n } })
  })

  it('checks every value against the type that the server wants, before anything is executed', async () => {
    const where = cql`WHERE shop = ${'a'} AND number =`
    const update = (set: ReturnType<typeof cql>) =>
      db.query(cql`UPDATE ${table} SET ${set} ${where} ${1}`)
    await expect(update(cql`cents = ${1.5}`)).rejects.toThrow(
      'query.value 1 (cents): needs a bigint or a whole number; got a fraction',
    )
    await expect(update(cql`cents = ${'x'}`)).rejects.toThrow(ValueError)
    await expect(update(cql`stock = ${['x']}`)).rejects.toThrow(
      'query.value 1 (stock): needs a Map',
    )
    await expect(update(cql`brand_name = ${5}`)).rejects.toThrow(
      'query.value 1 (brand_name): needs a string; got a number',
    )
    await expect(update(cql`maker = ${{ name: 'M' }}`)).rejects.toThrow(
      `value 1 (maker) of the query has a type that is not known here; say it: cql.value('int', value) or cql.value(Entity, 'property', value)`,
    )
    await expect(db.query(cql`SELECT * FROM ${table} ${where} ${1.5}`)).rejects.toThrow(
      'query.value 2 (number): needs a whole number',
    )
    await expect(update(cql`cents = ${cql.value('int', 'x')}`)).rejects.toThrow(
      'query.value 1 (cents): needs a whole number from -2147483648 to 2147483647; got a string',
    )
    expect((await articles.findOneBy({ shop: 'a', number: 1 }))?.cents).toBe(2n ** 60n + 1n)
  })

  it('refuses what is not made by the tag, and what cannot be a marker', async () => {
    const forged = JSON.parse('{"parts":[{"kind":"text","text":"DROP TABLE x"}]}') as never
    await expect(db.query('SELECT * FROM x' as never)).rejects.toThrow(
      'and not as a string: a value in it would become CQL; write each value in the place of its ?',
    )
    await expect(db.query('SELECT * FROM x WHERE id = ?' as never, [1] as never)).rejects.toThrow(
      'a string: a value in it would become CQL; write each value in the place of its ?',
    )
    await expect(articles.query('SELECT 1' as never, [1] as never)).rejects.toThrow(
      'not as a string',
    )
    await expect(db.query(cql`SELECT 1`, [1] as never)).rejects.toThrow(
      'DataSource: the options of db.query must be an object',
    )
    await expect(db.query(forged)).rejects.toThrow('a query is written with the cql tag')
    expect(() => cql('SELECT 1' as never)).toThrow('cql is a tag and takes no string')
    expect(() => cql.join([1, 2], ' AND ' as never)).toThrow(
      'cql.join takes a fragment as its separator',
    )
    await expect(db.query(cql`SELECT * FROM t WHERE id = ${undefined}`)).rejects.toThrow(
      'value 1 of the query is undefined; give a value, or null',
    )
    await expect(db.query(cql`SELECT * FROM ${Article}`)).rejects.toThrow(
      'the table of an entity is ${cql.table(Article)}',
    )
    await expect(db.query(cql`SELECT * FROM ${table} WHERE shop = '${'a'}'`)).rejects.toThrow(
      'a value of the query stands inside quotes or a comment',
    )
    await expect(db.query(cql`SELECT * FROM ${table} WHERE shop = ?`)).rejects.toThrow(
      'the query has a ? of its own; put the value in its place: ${value}',
    )
    await expect(
      db.query(cql`SELECT ${cql.column(Article, 'brandNam' as 'brandName')} FROM ${table}`),
    ).rejects.toThrow(
      `Article.brandNam, named in cql.column, is not a column; did you mean 'brandName'?`,
    )
    await expect(db.query(cql`SELECT ${cql.value('nope', 1)} FROM ${table}`)).rejects.toThrow(
      `cql.value: "nope" is a user-defined type`,
    )
    await expect(db.query(cql`SELECT 1`, { limit: 1 } as never)).rejects.toThrow(
      `DataSource: db.query has no option 'limit'`,
    )
    await expect(db.query(cql`SELECT number, price AS number FROM ${table}`)).rejects.toThrow(
      `the query gives two columns named 'number'; rename one of them with AS`,
    )
    await expect(
      db.query(cql`SELECT nope FROM ${table} WHERE shop = ${'a'}`),
    ).rejects.toMatchObject({
      code: 'EXECUTION',
      kind: 'invalid',
    })
  })

  it('keeps a value that looks like CQL a value', async () => {
    const evil = `x'; DROP TABLE articles; --`
    await db.query(
      cql`INSERT INTO ${table} (shop, number, brand_name) VALUES (${evil}, ${1}, ${'?'})`,
    )
    expect(await articles.findOneBy({ shop: evil, number: 1 })).toMatchObject({ brandName: '?' })
  })

  it('gives the same with a client of yours, without options', async () => {
    const client = new Client(connection())
    const given = await new DataSource({
      client,
      keyspace: keyspace.name,
      entities: [Article],
    }).initialize()
    try {
      const query = cql`SELECT cents, stock, tags FROM ${table} WHERE shop = ${'a'} AND number = ${1}`
      expect(await given.query(query)).toEqual(await db.query(query))
    } finally {
      await client.shutdown()
    }
  })
})

describe('repository.query', () => {
  it('gives entities, whole when all that find reads is there', async () => {
    const [found] = await articles.query(
      cql`SELECT * FROM ${table} WHERE ${column('shop')} = ${'a'} AND ${column('number')} = ${1}`,
    )
    expect(found).toBeInstanceOf(Article)
    expect(found).toEqual({ ...(await articles.findOneBy({ shop: 'a', number: 1 })), secret: 's' })
  })

  it('gives projections of what is selected', async () => {
    const rows = await articles.query(
      cql`SELECT number, brand_name FROM ${table} WHERE shop = ${'a'} LIMIT ${1}`,
      { partial: true },
    )
    expect(rows).toEqual([{ number: 1, brandName: 'Acme' }])
    expect(rows[0]).toBeInstanceOf(Article)
    expect(Object.keys(rows[0] ?? {})).toEqual(['number', 'brandName'])
  })

  it('refuses a result that lacks a column, unless partial entities are asked for', async () => {
    const query = cql`SELECT shop, number, brand_name, cents FROM ${table} WHERE shop = ${'a'}`
    const missing =
      /^the query lacks Article\.\w+(?:, Article\.\w+)*; select all columns of the entity, or pass \{ partial: true \} for entities with only the selected properties$/u
    expect((await failure(() => articles.query(query))).message).toMatch(missing)
    expect((await failure(() => articles.query(query, { partial: false }))).message).toMatch(
      missing,
    )
    const none = cql`SELECT shop FROM ${table} WHERE shop = ${'nobody'}`
    expect((await failure(() => articles.query(none))).message).toMatch(missing)
    expect(await articles.query(none, { partial: true })).toEqual([])
    expect((await failure(() => articles.query(query, { partial: 'yes' } as never))).message).toBe(
      'Article: partial must be true or false',
    )
    expect((await failure(() => db.query(query, { partial: true } as never))).message).toBe(
      `DataSource: db.query has no option 'partial'`,
    )
  })

  it('skips columns that a newer program added, in SELECT * of its own table alone', async () => {
    const { client, name } = keyspace
    await client.execute(`ALTER TABLE ${name}.articles ADD of_the_next_release text`)
    await client.execute(`CREATE TABLE ${name}.elsewhere (shop text PRIMARY KEY, other text)`)
    try {
      for (const directRows of [true, false]) {
        const source = await new DataSource({
          ...connection(),
          keyspace: name,
          entities: [Article],
          directRows,
        }).initialize()
        const repository = source.getRepository(Article)
        const before = await repository.findOneBy({ shop: 'a', number: 1 })
        for (const query of [
          cql`SELECT * FROM ${table} WHERE shop = ${'a'} AND number = ${1}`,
          cql`select  *  from articles WHERE shop = ${'a'} AND number = ${1}`,
        ]) {
          expect(await repository.query(query)).toEqual([{ ...before, secret: 's' }])
        }
        expect(
          (
            await failure(() =>
              repository.query(cql`SELECT of_the_next_release, shop FROM ${table}`, {
                partial: true,
              }),
            )
          ).message,
        ).toContain(`the query gives a column 'of_the_next_release'`)
        expect(
          (await failure(() => repository.query(cql`SELECT * FROM elsewhere`, { partial: true })))
            .message,
        ).toContain(`the query gives a column 'other'`)
        await source.destroy()
      }
    } finally {
      await client.execute(`DROP TABLE ${name}.elsewhere`)
      await client.execute(`ALTER TABLE ${name}.articles DROP of_the_next_release`)
    }
  })

  it('gives nothing for a write', async () => {
    const query = cql`DELETE FROM ${table} WHERE shop = ${'nobody'} AND number = ${1}`
    expect(await articles.query(query)).toEqual([])
  })

  it('never drops a column', async () => {
    const query = (selected: ReturnType<typeof cql>) =>
      articles.query(cql`SELECT ${selected} FROM ${table} WHERE shop = ${'a'}`, { partial: true })
    await expect(query(cql`count(*) AS numbers`)).rejects.toThrow(
      `the query gives a column 'numbers', which no property of Article maps; leave it out, or use db.query() for plain rows; did you mean 'number'?`,
    )
    await expect(query(cql`cents AS price`)).rejects.toThrow(
      `the query gives 'price' as a bigint, and Article.price is a double`,
    )
    await expect(
      articles.query(cql`DELETE FROM ${table} WHERE shop = ${'z'} AND number = ${1} IF EXISTS`),
    ).rejects.toThrow(StatementError)
  })

  it('runs in the keyspace and under the options of with', async () => {
    const elsewhere = articles.with({ keyspace: 'no_such_keyspace' })
    await expect(elsewhere.query(cql`SELECT * FROM ${table}`)).rejects.toThrow('no_such_keyspace')
    await expect(
      articles.query(cql`SELECT * FROM ${table}`, { consistency: 'most' as never }),
    ).rejects.toThrow('Article: consistency must be one of')
  })
})
