import type { DataSourceOptions, OwnOptions } from './data-source-options'
import type { ClientOptions, DriverClient } from './driver/session'
import { StatementError } from './errors/errors'
import { didYouMean } from './errors/nearest'

const ownNames = [
  'entities',
  'keyspace',
  'createKeyspace',
  'synchronize',
  'namingStrategy',
  'logging',
  'slowQueryThreshold',
  'logger',
  'defaults',
] as const satisfies readonly (keyof OwnOptions)[]

const clientNames = [
  'contactPoints',
  'localDataCenter',
  'keyspace',
  'authProvider',
  'credentials',
  'cloud',
  'encoding',
  'isMetadataSyncEnabled',
  'maxPrepared',
  'metrics',
  'policies',
  'pooling',
  'prepareOnAllHosts',
  'profiles',
  'protocolOptions',
  'promiseFactory',
  'queryOptions',
  'refreshSchemaDelay',
  'rePrepareOnUp',
  'requestTracker',
  'socketOptions',
  'sslOptions',
  'applicationName',
  'applicationVersion',
  'id',
  'monitorReporting',
] as const

/** Our own options from those of the driver's client. Throws `StatementError` for what neither has. */
export function separateOptions(options: DataSourceOptions): {
  readonly own: OwnOptions
  readonly client: DriverClient | ClientOptions
} {
  const own: Record<string, unknown> = {}
  const client: Record<string, unknown> = {}
  const known: readonly string[] = [...ownNames, ...clientNames, 'client']
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) {
      throw new StatementError(`DataSource has no option '${name}'${didYouMean(name, known)}`)
    }
    if ((ownNames as readonly string[]).includes(name)) own[name] = value
    if ((clientNames as readonly string[]).includes(name)) client[name] = value
  }
  if (!Array.isArray(own['entities'])) {
    throw new StatementError('DataSource needs entities: an array of classes')
  }
  if (options.client === undefined) return { own: own as unknown as OwnOptions, client }
  const both = Object.keys(client).filter((name) => name !== 'keyspace')
  if (both.length > 0) {
    throw new StatementError(
      `DataSource has a client of yours, so '${both[0]}' would not be used; give it to the client`,
    )
  }
  return { own: own as unknown as OwnOptions, client: options.client }
}
