import {
  Column,
  DataSource,
  type DataSourceOptions,
  Entity,
  Field,
  Index,
  PartitionKey,
  UserDefinedType,
} from '../../lib'
import type { Credentials } from '../../lib/driver/probe'
import { Session } from '../../lib/driver/session'
import { StatementLog } from '../../lib/driver/observe/statement-log'
import { ExecutionError } from '../../lib/errors/errors'
import { CassandraServer } from '../../lib/testing'
import { failure } from '../server/failure'

@Entity('letters')
class Letter {
  @PartitionKey('int') id!: number
  @Column('text') text?: string | null
}

@UserDefinedType('address')
class Address {
  @Field('text') street!: string
}

/** The same table with a type, a column and an index more. */
@Entity('letters')
class LetterWithMore extends Letter {
  @Index() @Column('text') brand?: string | null
  @Column(() => Address) to?: Address | null
}

@Entity('stamps')
class Stamp {
  @PartitionKey('int') id!: number
}

const off = new StatementLog()
let server: CassandraServer

beforeAll(async () => {
  // The server of the run lets anybody in: this file needs one of its own, unless users are given for that one.
  const given = process.env['CASSANDRA_CONTACT_POINTS']
  if (process.env['CASSANDRA_USERNAME'] === undefined) {
    delete process.env['CASSANDRA_CONTACT_POINTS']
  }
  try {
    server = await CassandraServer.start({ authentication: true })
  } finally {
    if (given !== undefined) process.env['CASSANDRA_CONTACT_POINTS'] = given
  }
}, 120_000)

afterAll(async () => {
  await server?.stop()
})

const connection = () => ({
  contactPoints: server.contactPoints,
  localDataCenter: server.localDataCenter,
})

async function refusal(credentials: object): Promise<unknown> {
  const opening = Session.open({ ...connection(), ...credentials }, off)
  const error = await opening.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ExecutionError)
  return error
}

const remedy = 'give the DataSource the right credentials: { username, password }'

it('lets in who gives the right password', async () => {
  const { credentials } = server
  if (credentials === undefined) throw new Error('the server lets anybody in')
  const session = await Session.open({ ...connection(), credentials }, off)
  await session.ping()
  await session.shutdown()
})

it('refuses a wrong password in one error that does not repeat it', async () => {
  const credentials = { username: String(server.credentials?.username), password: 'wr0ng' }
  const error = await refusal({ credentials })
  expect(error).toMatchObject({
    kind: 'unauthorized',
    message: expect.stringMatching(/^the server refused the login: /u),
  })
  expect((error as Error).message.endsWith(remedy)).toBe(true)
  expect((error as Error).message).not.toContain('wr0ng')
})

it('asks for credentials where none were given', async () => {
  const error = await refusal({})
  expect(error).toMatchObject({ kind: 'unauthorized' })
  expect((error as Error).message.endsWith(remedy)).toBe(true)
})

it('says the same through a data source', async () => {
  @Entity('products')
  class Product {
    @PartitionKey('int') id!: number
  }
  const credentials = { username: String(server.credentials?.username), password: 'wr0ng' }
  const db = new DataSource({ ...connection(), credentials, entities: [Product] })
  const error = await failure(() => db.initialize())
  expect(error).toMatchObject({ code: 'EXECUTION', kind: 'unauthorized' })
  expect(error.message.endsWith(remedy)).toBe(true)
  expect(error.message).not.toContain('wr0ng')
})

/** The permissions of the table in docs/security.md: what each role can do, and the least that it was granted. */
describe('a role', () => {
  const createKeyspace = { replication: { class: 'SimpleStrategy', replication_factor: 1 } }
  const sources: DataSource[] = []
  afterAll(() => Promise.all(sources.map((db) => db.destroy())))

  const open = async (credentials: Credentials, more: Partial<DataSourceOptions> = {}) => {
    const entities = [Letter]
    const options = { ...connection(), credentials, keyspace: 'letters', entities, ...more }
    const db = await new DataSource(options).initialize()
    sources.push(db)
    return db
  }

  let owner: DataSource
  beforeAll(async () => {
    if (server.credentials === undefined) throw new Error('the server lets anybody in')
    owner = await open(server.credentials, { createKeyspace, synchronize: true })
  }, 60_000)

  /** A role that may do only this, and what it sees of the letters. */
  const roleWith = async (name: string, ...grants: readonly string[]) => {
    const credentials = { username: name, password: 'letters' }
    await owner.client.execute(`CREATE ROLE ${name} WITH PASSWORD = 'letters' AND LOGIN = true`)
    for (const grant of grants) await owner.client.execute(`GRANT ${grant} TO ${name}`)
    const db = await open(credentials)
    return { db, letters: db.getRepository(Letter) }
  }
  /** The schema is compared with the defaults of the server, which stand there. */
  const settingsGrant = 'SELECT ON TABLE system_views.settings'
  const unauthorized = { code: 'EXECUTION', kind: 'unauthorized' }

  it('with SELECT reads, scans, pages and compares the schema', async () => {
    const { db, letters } = await roleWith(
      'reader',
      'SELECT ON TABLE letters.letters',
      settingsGrant,
    )
    expect(await letters.find()).toEqual([])
    expect((await letters.findPage({ fetchSize: 10 })).items).toEqual([])
    for await (const letter of letters.scan()) throw new Error(`nobody wrote ${letter.id}`)
    expect(await db.schema.validate()).toEqual([])
    expect((await db.schema.plan()).changes).toEqual([])
    await db.ping()
    expect(await failure(() => letters.save(letters.create({ id: 1 })))).toMatchObject(unauthorized)
  })

  it('with MODIFY writes, without conditions', async () => {
    const { db, letters } = await roleWith('writer', 'MODIFY ON TABLE letters.letters')
    await letters.save(letters.create({ id: 1, text: 'a' }))
    await letters.update({ id: 1 }, { text: 'b' })
    await db
      .batch()
      .insert(Letter, letters.create({ id: 2 }))
      .execute()
    await letters.delete({ id: 2 })
    await letters.truncate()
    expect(await failure(() => letters.find())).toMatchObject(unauthorized)
    const conditional = () => letters.insert(letters.create({ id: 3 }), { ifNotExists: true })
    expect(await failure(conditional)).toMatchObject(unauthorized)
  })

  it('with SELECT and MODIFY writes on conditions', async () => {
    const { letters } = await roleWith(
      'locker',
      'SELECT ON TABLE letters.letters',
      'MODIFY ON TABLE letters.letters',
    )
    const letter = letters.create({ id: 4 })
    expect(await letters.insert(letter, { ifNotExists: true })).toMatchObject({ applied: true })
  })

  it('with CREATE and ALTER on the keyspace syncs the schema, and drops nothing', async () => {
    await roleWith(
      'builder',
      'CREATE ON KEYSPACE letters',
      'ALTER ON KEYSPACE letters',
      settingsGrant,
    )
    const credentials = { username: 'builder', password: 'letters' }
    const db = await open(credentials, { entities: [LetterWithMore, Stamp] })
    expect((await db.schema.sync()).length).toBeGreaterThan(2)
    expect((await db.schema.plan()).changes).toEqual([])
    expect(await failure(() => db.schema.drop())).toMatchObject(unauthorized)
    const elsewhere = open(credentials, { keyspace: 'elsewhere', createKeyspace })
    expect(await failure(() => elsewhere)).toMatchObject(unauthorized)
  })
})
