import type { ConnectionConfig } from '../index'
import { CommandError } from './command-error'

type Environment = Readonly<Record<string, string | undefined>>

/** What the environment says in place of the configuration. */
export function overridesOf(environment: Environment): Readonly<Record<string, unknown>> {
  const value = (name: string) => environment[`CASSANDRA_${name}`] || undefined
  const points = value('CONTACT_POINTS')
  const username = value('USERNAME')
  const password = value('PASSWORD')
  if ((username === undefined) !== (password === undefined)) {
    throw new CommandError(2, 'CASSANDRA_USERNAME and CASSANDRA_PASSWORD go together; set both')
  }
  const overrides = {
    contactPoints: points?.split(',').map((each) => each.trim()),
    localDataCenter: value('LOCAL_DATACENTER'),
    keyspace: value('KEYSPACE'),
    credentials: username === undefined ? undefined : { username, password },
  }
  return Object.fromEntries(Object.entries(overrides).filter(([, each]) => each !== undefined))
}

/** The options of a connection under the environment. */
export function withEnvironment(
  connection: ConnectionConfig,
  environment: Environment,
): ConnectionConfig {
  const overrides = overridesOf(environment)
  const names = Object.keys(overrides)
  if (connection.client !== undefined && names.length > 0) {
    throw new CommandError(
      2,
      `the configuration brings its own client, which ${names.join(', ')} of the environment cannot change; ` +
        'unset the CASSANDRA_ variables',
    )
  }
  return { ...connection, ...overrides }
}
