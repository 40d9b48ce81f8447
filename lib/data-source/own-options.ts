import { isKeyspaceName, keyspaceNameRule } from '../cql/keyspace-name'
import { executeOptionChecks } from '../driver/execute-options'
import type { LogKind } from '../driver/observe/statement-log'
import { didYouMean } from '../errors/did-you-mean'
import {
  type OptionCheck,
  boolean,
  isObject,
  milliseconds,
  objectOf,
  oneOf,
  quoteNames,
} from '../errors/option-checks'
import { refuseValidation } from '../metadata/validation-options'
import type { OwnOptions, SchemaValidation } from './data-source-options'

const validations = [
  'off',
  'warn',
  'error',
  'strict',
] as const satisfies readonly SchemaValidation[]
const logKinds = ['query', 'slow', 'schema', 'error'] as const satisfies readonly LogKind[]
const strategies = oneOf(['snake_case', 'exact'])
const logKind = oneOf(logKinds)

const minSecret = 16

/** The method that each provider of telemetry must have. */
const providers = { tracerProvider: 'getTracer', meterProvider: 'getMeter' } as const

function hasMethod(value: unknown, method: string): boolean {
  return isObject(value) && typeof value[method] === 'function'
}

/** A value in a list that is not a class, a glob or an instance. */
function describeMember(value: unknown, index: number): string {
  const circle = value === undefined ? ': is its file imported in a circle?' : ''
  return `got ${value === undefined ? 'undefined' : typeof value} at index ${index}${circle}`
}

function listOf(isMember: (value: unknown) => boolean, need: string): OptionCheck {
  return (value) => {
    if (!Array.isArray(value)) return `must be an array of ${need}`
    const wrong = value.findIndex((each) => !isMember(each))
    return wrong === -1
      ? undefined
      : `must be an array of ${need}; ${describeMember(value[wrong], wrong)}`
  }
}

/** The options of a data source beside those of the driver, each with what its value must be. */
export const ownOptionChecks = {
  entities: listOf(
    (each) => typeof each === 'function' || typeof each === 'string',
    'classes or globs of files',
  ),
  // The driver has this option too and would report its own error.
  keyspace: (value) =>
    typeof value === 'function' || isKeyspaceName(value)
      ? undefined
      : `must be ${keyspaceNameRule}`,
  createKeyspace(value) {
    const { replication, ...others } = isObject(value) ? value : {}
    return isObject(replication) &&
      typeof replication['class'] === 'string' &&
      Object.keys(others).length === 0
      ? undefined
      : `must be { replication: { class: 'NetworkTopologyStrategy', datacenter1: 1 } }`
  },
  synchronize: boolean,
  migrations: listOf(
    (each) => typeof each === 'string' || isObject(each),
    'globs of files, or migrations with version, title and up',
  ),
  migrationsTable: (value) =>
    typeof value === 'string' && /^\w{1,48}$/u.test(value)
      ? undefined
      : 'must be the name of a table: letters, digits and _, 48 at most',
  migrationsRun: boolean,
  validateSchema: oneOf(validations),
  namingStrategy: (value) => (typeof value === 'function' ? undefined : strategies(value)),
  logging(value) {
    if (typeof value === 'boolean') return undefined
    if (!Array.isArray(value)) return `must be true, false or an array of ${quoteNames(logKinds)}`
    return value.map(logKind).find((each) => each !== undefined)
  },
  slowQueryThreshold: milliseconds,
  logger: (value) => (hasMethod(value, 'log') ? undefined : 'must have a method log(entry)'),
  telemetry(value) {
    if (typeof value === 'boolean') return undefined
    if (!isObject(value)) return 'must be true, false or { tracerProvider, meterProvider }'
    const wrong = Object.keys(value).find((name) => !Object.hasOwn(providers, name))
    if (wrong !== undefined)
      return `has no option '${wrong}'${didYouMean(wrong, Object.keys(providers))}`
    for (const [name, method] of Object.entries(providers)) {
      if (value[name] !== undefined && !hasMethod(value[name], method)) {
        return `needs an OpenTelemetry provider as ${name}, with a method ${method}`
      }
    }
    return undefined
  },
  directRows: boolean,
  validate: refuseValidation,
  subscribers: listOf(
    (each) => typeof each === 'function' || isObject(each),
    'classes or instances',
  ),
  pageStateSecret: (value) =>
    typeof value === 'string' && value.length >= minSecret
      ? undefined
      : `must be a string of at least ${minSecret} characters`,
  drainTimeout: milliseconds,
  defaults: objectOf(executeOptionChecks),
} as const satisfies Record<keyof OwnOptions, OptionCheck>
