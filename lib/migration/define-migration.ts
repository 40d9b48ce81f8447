import { isFragment } from '../cql/cql-tag'
import { MigrationError } from '../errors/errors'
import { boolean, findMisfit, isObject, text } from '../errors/option-checks'
import type { MigrationDefinition } from './migration'

/** Marks definitions, also those that another copy of the package made. */
const brand = Symbol.for('coodie.migration')

/**
 * Checks a migration and returns it: the default export of a migration file.
 *
 * Throws `MigrationError` for an option that does not exist, and for a step that is not CQL text, a `cql` fragment or a
 * function.
 *
 * ```ts
 * // migrations/20261130120000-brand-of-products.ts
 * defineMigration({
 *   description: 'the brand of products',
 *   up: ['ALTER TABLE products ADD brand text'],
 *   down: ['ALTER TABLE products DROP brand'],
 * })
 * ```
 */
export function defineMigration(definition: MigrationDefinition): MigrationDefinition {
  const reason = findFault(definition)
  if (reason !== undefined) throw new MigrationError(`defineMigration: ${reason}`)
  return Object.freeze(
    Object.defineProperty({ ...definition }, brand, { value: true }),
  ) as MigrationDefinition
}

/** Returns whether `defineMigration` made a value. */
export function isDefinition(value: unknown): value is MigrationDefinition {
  return isObject(value) && (value as { readonly [brand]?: unknown })[brand] === true
}

const checks = new Map(
  Object.entries({
    description: text,
    up: checkSteps,
    down: checkSteps,
    destructive: boolean,
  } satisfies Record<keyof MigrationDefinition, (value: unknown) => string | undefined>),
)

/** Returns what is wrong with a definition; undefined if it is right. */
export function findFault(definition: unknown): string | undefined {
  if (!isObject(definition)) {
    return `expected an object { up, down? }, got ${typeof definition === 'function' ? 'a function' : nameOfKind(definition)}`
  }
  const misfit = findMisfit(definition, checks)
  if (misfit !== undefined) return misfit.reason
  return definition['up'] === undefined ? 'up is missing: an array of steps' : undefined
}

function checkSteps(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'must be an array of steps'
  const wrong = value.findIndex(
    (step) => typeof step !== 'string' && typeof step !== 'function' && !isFragment(step),
  )
  return wrong === -1
    ? undefined
    : `must be an array of steps: CQL text, a cql fragment or a function; step ${wrong + 1} is ${nameOfKind(value[wrong])}`
}

function nameOfKind(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (value instanceof Promise) return 'a promise'
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`
}
