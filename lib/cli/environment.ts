import type { ConnectionConfig } from '../index'
import { CommandError } from './command-error'

type Environment = Readonly<Record<string, string | undefined>>

/** Returns the options that environment variables give; they override the configuration. */
export function overridesOf(environment: Environment): Readonly<Record<string, unknown>> {
  const value = (name: string) => environment[`CASSANDRA_${name}`] || undefined
  const points = value('CONTACT_POINTS')
  const username = value('USERNAME')
  const password = value('PASSWORD')
  if ((username === undefined) !== (password === undefined)) {
    throw new CommandError(2, 'set both CASSANDRA_USERNAME and CASSANDRA_PASSWORD, or neither')
  }
  const overrides = {
    contactPoints: points?.split(',').map((each) => each.trim()),
    localDataCenter: value('LOCAL_DATACENTER'),
    keyspace: value('KEYSPACE'),
    credentials: username === undefined ? undefined : { username, password },
  }
  return Object.fromEntries(Object.entries(overrides).filter(([, each]) => each !== undefined))
}

/** Returns the options of a connection, overridden by environment variables. Throws `CommandError` if the connection has a client. */
export function withEnvironment(
  connection: ConnectionConfig,
  environment: Environment,
): ConnectionConfig {
  const overrides = overridesOf(environment)
  const names = Object.keys(overrides)
  if (connection.client !== undefined && names.length > 0) {
    throw new CommandError(
      2,
      `environment variables cannot override ${names.join(', ')}, because the configuration gives a client; ` +
        'unset the CASSANDRA_ variables',
    )
  }
  return { ...connection, ...overrides }
}
