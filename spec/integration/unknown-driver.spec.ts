import { Column, DataSource, Entity, Field, PartitionKey, UserDefinedType, frozen } from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'

// A driver whose connections look otherwise: its requests cannot be compared when they are sent, but before.
const { name: keyspace, client } = useKeyspace()
const warnings: string[] = []

@UserDefinedType('pair')
class Pair {
  @Field('text') first?: string | null
  @Field('text') last?: string | null
}

@Entity('prices')
class Price {
  @PartitionKey('int') id!: number
  @Column('int') amount?: number | null
  @Column(frozen(() => Pair)) pair?: Pair | null
}

const db = new DataSource({
  ...connection(),
  keyspace,
  entities: [Price],
  synchronize: true,
  logger: { log: () => undefined, warn: (message) => void warnings.push(message) },
})
const prices = db.getRepository(Price)

beforeAll(async () => {
  type Send = (this: object, ...given: unknown[]) => unknown
  const { connection: control } = (
    client as unknown as { controlConnection: { connection: object } }
  ).controlConnection
  const { prototype } = control.constructor as unknown as { prototype: { sendStream: Send } }
  const original = prototype.sendStream
  // One parameter more than in the known version.
  prototype.sendStream = function (request, options, callback, more) {
    return original.call(this, request, options, callback, more)
  }
  expect(prototype.sendStream).toHaveLength(4)
  await db.initialize()
})
afterAll(() => db.destroy())

it('writes and reads, and says that rows cost more', async () => {
  const price = prices.create({ id: 1, amount: 5, pair: { first: 'a', last: 'b' } })
  await prices.save(price)
  expect(await prices.findOneBy({ id: 1 })).toEqual(price)
  expect(warnings.join('\n')).toContain('this version of cassandra-driver is unknown')
})

it('follows a type that another process creates again with another order of fields', async () => {
  await client.execute(`DROP TABLE ${keyspace}.prices`)
  await client.execute(`DROP TYPE ${keyspace}.pair`)
  await client.execute(`CREATE TYPE ${keyspace}.pair (last text, first text)`)
  await client.execute(
    `CREATE TABLE ${keyspace}.prices (id int PRIMARY KEY, amount int, pair frozen<pair>)`,
  )
  const price = prices.create({ id: 2, amount: 5, pair: { first: 'a', last: 'b' } })
  await prices.save(price)
  const { rows } = await client.execute(`SELECT pair FROM ${keyspace}.prices WHERE id = 2`)
  expect(rows[0]?.['pair']).toMatchObject({ first: 'a', last: 'b' })
})

it('refuses a column of another type before anything is sent', async () => {
  await client.execute(`DROP TABLE ${keyspace}.prices`)
  await client.execute(
    `CREATE TABLE ${keyspace}.prices (id int PRIMARY KEY, amount bigint, pair frozen<pair>)`,
  )
  for (const write of [
    () => prices.save({ id: 3, amount: 5 }),
    () => prices.update({ id: 3 }, { amount: 5 }),
    () => prices.update({ id: 3 }, { amount: 5 }, { if: { amount: 4 } }),
    () => db.batch().insert(Price, { id: 3, amount: 5 }).execute(),
  ]) {
    expect((await failure(write)).message).toBe(
      'Price.amount is declared as int and is bigint in the table',
    )
  }
  expect((await client.execute(`SELECT id FROM ${keyspace}.prices`)).rows).toEqual([])
})
