import { ClusteringKey, Column, DataSource, Entity, PartitionKey, SchemaError } from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'
import { sentBy } from '../server/sent-by'

// A class that lacks a column of the key of its table: the server would delete whole partitions.
const { name: keyspace, client } = useKeyspace()

@Entity('key_events')
class Event {
  @PartitionKey('int') id!: number
  @Column('text') what?: string | null
}

@Entity('key_events')
class WholeEvent {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') at!: number
  @Column('text') what?: string | null
}

@Entity('key_logs')
class Log {
  @PartitionKey('int') id!: number
  @Column('text') what?: string | null
}

const lacks = (name: string, table: string, column: string, decorator: string) =>
  `${name} does not declare the column '${column}', which is in the primary key of ${keyspace}.${table}: ` +
  `the statement would delete all rows that differ only in it; declare it with ${decorator}`

describe.each([[true], [false]])('with directRows: %s', (directRows) => {
  const db = new DataSource({
    ...connection(),
    keyspace,
    entities: [Event, WholeEvent, Log],
    directRows,
  })
  const [events, logs] = [db.getRepository(Event), db.getRepository(Log)]
  const count = async () =>
    Number((await client.execute(`SELECT count(*) FROM ${keyspace}.key_events`)).rows[0]?.['count'])

  beforeAll(async () => {
    await db.initialize()
    await client.execute(
      `CREATE TABLE IF NOT EXISTS ${keyspace}.key_events (id int, at int, what text, PRIMARY KEY (id, at))`,
    )
    await client.execute(`DROP TABLE IF EXISTS ${keyspace}.key_logs`)
    await client.execute(`CREATE TABLE ${keyspace}.key_logs (id int PRIMARY KEY, what text)`)
    for (const at of [1, 2, 3]) {
      await client.execute(`INSERT INTO ${keyspace}.key_events (id, at) VALUES (1, ${at})`)
    }
  })
  afterAll(() => db.destroy())

  it.each([
    ['remove', () => events.findOneByOrFail({ id: 1 }).then((event) => events.remove(event))],
    ['delete', () => events.delete({ id: 1 })],
    ['delete, concurrently', () => Promise.all([1, 2].map((id) => events.delete({ id })))],
    ['a conditional delete', () => events.delete({ id: 1 }, { ifExists: true })],
    ['a batch', () => db.batch().delete(Event, { id: 1 }).execute()],
    ['a batch of entities', () => db.batch().remove(Event, { id: 1 }).execute()],
  ])('refuses %s', async (_, write) => {
    const error = await failure(write)
    expect(error).toBeInstanceOf(SchemaError)
    expect(error.message).toBe(lacks('Event', 'key_events', 'at', '@ClusteringKey'))
    expect(await count()).toBe(3)
  })

  it('lets columns be deleted, and rows through a class with the whole key', async () => {
    const whole = db.getRepository(WholeEvent)
    await whole.delete({ id: 1, at: 1 }, { columns: ['what'] })
    await whole.delete({ id: 1, at: 4 })
    expect(await sentBy(() => whole.delete({ id: 2 }))).toEqual([
      `DELETE FROM "${keyspace}"."key_events" WHERE "id" = ?`,
    ])
    expect(await count()).toBe(3)
  })

  it('compares again after another process has created the table with another key', async () => {
    await logs.save({ id: 1, what: 'a' })
    await logs.delete({ id: 1 })
    await client.execute(`DROP TABLE ${keyspace}.key_logs`)
    await client.execute(
      `CREATE TABLE ${keyspace}.key_logs (day int, id int, what text, PRIMARY KEY (id, day))`,
    )
    const deletes = async () => {
      for (;;) {
        await logs.delete({ id: 1 })
        await new Promise(setImmediate)
      }
    }
    expect((await failure(deletes)).message).toBe(lacks('Log', 'key_logs', 'day', '@ClusteringKey'))
    await client.execute(`DROP TABLE ${keyspace}.key_logs`)
    await client.execute(
      `CREATE TABLE ${keyspace}.key_logs (day int, id int, what text, PRIMARY KEY ((id, day)))`,
    )
    expect((await failure(() => logs.delete({ id: 1 }))).message).toBe(
      lacks('Log', 'key_logs', 'day', '@PartitionKey'),
    )
  })
})
