import { DataSource, Entity, PartitionKey } from '../../lib'
import { Session } from '../../lib/driver/session'
import { StatementLog } from '../../lib/driver/observe/statement-log'
import { ExecutionError } from '../../lib/errors/errors'
import { CassandraServer } from '../../lib/testing'
import { failure } from '../server/failure'

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
