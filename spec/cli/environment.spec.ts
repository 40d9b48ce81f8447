import type { ConnectionConfig } from '../../lib'
import { CommandError } from '../../lib/cli/command-error'
import { withEnvironment } from '../../lib/cli/environment'

const connection: ConnectionConfig = {
  contactPoints: ['10.0.0.1'],
  localDataCenter: 'dc1',
  keyspace: 'shop',
  credentials: { username: 'file', password: 'of the file' },
  entities: [],
}

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

it('overrides the file, and keeps the rest of it', () => {
  const environment = {
    CASSANDRA_CONTACT_POINTS: '10.0.0.2, 10.0.0.3:9043',
    CASSANDRA_USERNAME: 'user',
    CASSANDRA_PASSWORD: 'se:cret, with a comma',
    CASSANDRA_KEYSPACE: '',
  }
  expect(withEnvironment(connection, environment)).toEqual({
    ...connection,
    contactPoints: ['10.0.0.2', '10.0.0.3:9043'],
    credentials: { username: 'user', password: 'se:cret, with a comma' },
  })
  expect(withEnvironment(connection, {})).toEqual(connection)
})

it('is refused with half of the credentials, and beside a client', () => {
  const half = thrownBy(() => withEnvironment(connection, { CASSANDRA_PASSWORD: 'secret' }))
  expect(half).toBeInstanceOf(CommandError)
  expect(half).toMatchObject({
    exitCode: 2,
    message: 'set both CASSANDRA_USERNAME and CASSANDRA_PASSWORD, or neither',
  })
  const client = {} as NonNullable<ConnectionConfig['client']>
  const both = thrownBy(() =>
    withEnvironment({ client, entities: [] }, { CASSANDRA_KEYSPACE: 'other' }),
  )
  expect(both).toMatchObject({
    exitCode: 2,
    message:
      'environment variables cannot override keyspace, because the configuration gives a client; ' +
      'unset the CASSANDRA_ variables',
  })
})
