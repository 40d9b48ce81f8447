import type { ClientOptions, DriverClient } from '../driver/session'
import { StatementError } from '../errors/errors'
import { type OptionCheck, findMisfit, texts } from '../errors/option-checks'
import type { DataSourceOptions, OwnOptions } from './data-source-options'
import { ownOptionChecks } from './own-options'

/** The options of the driver's client, whose values the driver checks. */
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

/** The driver would take a text for an array of letters. */
function neededTexts(example: string): OptionCheck {
  return (value) => {
    const need = texts(value)
    return need && `${need}; write ${example}`
  }
}

const known = new Map<string, OptionCheck | undefined>([
  ...clientNames.map((name) => [name, undefined] as const),
  ['contactPoints', neededTexts("['127.0.0.1']")],
  ['client', undefined],
  ...Object.entries(ownOptionChecks),
])

/**
 * Separates the options of coodie from those of the driver's client. Throws `StatementError` for an option that neither
 * has, and for a value that an option of coodie cannot have.
 */
export function separateOptions(options: DataSourceOptions): {
  readonly own: OwnOptions
  readonly client: DriverClient | ClientOptions
} {
  if (typeof options !== 'object' || options === null) {
    throw new StatementError(
      'DataSource needs options: { contactPoints, localDataCenter, entities }',
    )
  }
  const misfit = findMisfit(options, known, 'dataSource')
  if (misfit !== undefined) {
    throw new StatementError(`DataSource${misfit.isUnknown ? '' : ':'} ${misfit.reason}`)
  }
  if (options.entities === undefined) {
    throw new StatementError('DataSource needs entities: an array of classes')
  }
  const own = pick(options, Object.keys(ownOptionChecks)) as unknown as OwnOptions
  const connection = pick(options, clientNames)
  // A keyspace function is asked on each call; the driver would take it for a name.
  if (typeof own.keyspace === 'function') delete connection['keyspace']
  const { client } = options
  if (client === undefined) return { own, client: connection }
  if (typeof (client as Partial<DriverClient> | null)?.execute !== 'function') {
    throw new StatementError(
      'DataSource: client is not a Client of cassandra-driver; pass connection options instead',
    )
  }
  const both = Object.keys(connection).find((name) => name !== 'keyspace')
  if (both !== undefined) {
    throw new StatementError(
      `DataSource has a client, so '${both}' would not be used; give that option to the client`,
    )
  }
  return { own, client }
}

/** The options of these names that are not undefined. */
function pick(options: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => value !== undefined && names.includes(name)),
  )
}
