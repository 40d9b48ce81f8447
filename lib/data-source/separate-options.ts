import type { DataSourceOptions, OwnOptions } from './data-source-options'
import type { ClientOptions, DriverClient } from '../driver/session'
import { StatementError } from '../errors/errors'
import { didYouMean } from '../errors/did-you-mean'
import { requireOptionValues } from './require-option-values'

const ownNames = [
  'entities',
  'keyspace',
  'createKeyspace',
  'synchronize',
  'validateSchema',
  'namingStrategy',
  'logging',
  'slowQueryThreshold',
  'logger',
  'telemetry',
  'defaults',
  'validate',
  'directRows',
  'subscribers',
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
  if (typeof options !== 'object' || options === null) {
    throw new StatementError(
      'DataSource needs options: { contactPoints, localDataCenter, entities }',
    )
  }
  const own: Record<string, unknown> = {}
  const connection: Record<string, unknown> = {}
  const known: readonly string[] = [...ownNames, ...clientNames, 'client']
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) {
      throw new StatementError(`DataSource has no option '${name}'${didYouMean(name, known)}`)
    }
    if (value === undefined) continue
    if ((ownNames as readonly string[]).includes(name)) own[name] = value
    if ((clientNames as readonly string[]).includes(name)) connection[name] = value
  }
  requireOptionValues(own)
  // It is asked on each call, and the driver would take it for a name.
  if (typeof own.keyspace === 'function') delete connection['keyspace']
  const { client } = options
  if (client === undefined) return { own, client: connection }
  if (typeof (client as Partial<DriverClient> | null)?.execute !== 'function') {
    throw new StatementError(
      'the client given to the DataSource is none of the driver; give connection options in its place',
    )
  }
  const both = Object.keys(connection).filter((name) => name !== 'keyspace')
  if (both.length > 0) {
    throw new StatementError(
      `DataSource has a client of yours, so '${both[0]}' would not be used; give it to the client`,
    )
  }
  return { own, client }
}
