import { isKeyspaceName, keyspaceNameRule } from '../cql/keyspace-name'
import type { OwnOptions, SchemaValidation } from './data-source-options'
import { executeOptionNames } from '../driver/execute-options'
import type { LogKind } from '../driver/observe/statement-log'
import { StatementError } from '../errors/errors'
import { didYouMean } from '../errors/did-you-mean'
import { refuseValidation } from '../metadata/validation-options'

type Needs = (value: unknown) => string | undefined

const validations = ['off', 'warn', 'error'] as const satisfies readonly SchemaValidation[]
const logKinds = ['query', 'slow', 'schema', 'error'] as const satisfies readonly LogKind[]

/** What each provider of telemetry must be able to do. */
const providers = { tracerProvider: 'getTracer', meterProvider: 'getMeter' } as const

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function list(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ')
}

function oneOf(names: readonly string[]): Needs {
  return (value) =>
    typeof value === 'string' && names.includes(value)
      ? undefined
      : `must be one of ${list(names)}${typeof value === 'string' ? didYouMean(value, names) : ''}`
}

function boolean(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'must be true or false'
}

/** What the value of each option must be. */
const needs = {
  entities(value) {
    if (!Array.isArray(value)) return 'must be an array of classes'
    const wrong = value.findIndex((each) => typeof each !== 'function' && typeof each !== 'string')
    return wrong === -1
      ? undefined
      : `must be classes or globs of files, and at index ${wrong} there is ${String(value[wrong])}` +
          `${value[wrong] === undefined ? ': is it imported in a circle?' : ''}`
  },
  // The driver's own option too, so what is not a name would come back as its error.
  keyspace: (value) =>
    typeof value === 'function' || isKeyspaceName(value)
      ? undefined
      : `must be ${keyspaceNameRule}`,
  createKeyspace: (value) =>
    isObject(value) &&
    'replication' in value &&
    isObject(value.replication) &&
    typeof (value.replication as { class?: unknown }).class === 'string' &&
    Object.keys(value).length === 1
      ? undefined
      : `must be { replication: { class: 'NetworkTopologyStrategy', datacenter1: 1 } }`,
  synchronize: boolean,
  validateSchema: oneOf(validations),
  namingStrategy: (value) =>
    typeof value === 'function' ? undefined : oneOf(['snake_case', 'exact'])(value),
  logging(value) {
    if (typeof value === 'boolean') return undefined
    if (!Array.isArray(value)) return `must be true, false or an array of ${list(logKinds)}`
    return value.map(oneOf(logKinds)).find((each) => each !== undefined)
  },
  slowQueryThreshold: (value) =>
    typeof value === 'number' && value >= 0 ? undefined : 'must be milliseconds from 0',
  logger: (value) =>
    isObject(value) && typeof (value as { log?: unknown }).log === 'function'
      ? undefined
      : 'must have a method log(entry)',
  telemetry(value) {
    if (typeof value === 'boolean') return undefined
    if (!isObject(value)) return 'must be true, false or { tracerProvider, meterProvider }'
    const wrong = Object.keys(value).find((name) => !Object.hasOwn(providers, name))
    if (wrong !== undefined)
      return `has no option '${wrong}'${didYouMean(wrong, Object.keys(providers))}`
    for (const [name, method] of Object.entries(providers)) {
      const provider = (value as Record<string, unknown>)[name]
      if (provider === undefined) continue
      if (typeof (provider as Record<string, unknown> | null)?.[method] !== 'function') {
        return `needs a provider of OpenTelemetry as ${name}, with a method ${method}`
      }
    }
    return undefined
  },
  directRows: boolean,
  validate: refuseValidation,
  subscribers(value) {
    if (!Array.isArray(value)) return 'must be an array of classes or instances'
    const wrong = value.findIndex((each) => typeof each !== 'function' && !isObject(each))
    return wrong === -1
      ? undefined
      : `must be classes or instances, and at index ${wrong} there is ${typeof value[wrong]}` +
          `${value[wrong] === undefined ? ': is it imported in a circle?' : ''}`
  },
  defaults(value) {
    if (!isObject(value)) return 'must be an object'
    const wrong = Object.keys(value).find(
      (name) => !(executeOptionNames as readonly string[]).includes(name),
    )
    return wrong === undefined
      ? undefined
      : `has no option '${wrong}'${didYouMean(wrong, executeOptionNames)}`
  },
} as const satisfies Record<keyof OwnOptions, Needs>

/** Refuses values that an option does not take. Throws `StatementError` naming the option. */
export function requireOptionValues(
  own: Readonly<Record<string, unknown>>,
): asserts own is Readonly<Record<string, unknown>> & OwnOptions {
  if (own['entities'] === undefined) {
    throw new StatementError('DataSource needs entities: an array of classes')
  }
  for (const [name, value] of Object.entries(own)) {
    const reason = needs[name as keyof OwnOptions](value)
    if (reason !== undefined) throw new StatementError(`DataSource: ${name} ${reason}`)
  }
}
