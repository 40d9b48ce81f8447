import { createHash } from 'node:crypto'
import { isFragment } from '../cql/cql-tag'
import { MigrationError } from '../errors/errors'
import { splitStatements } from '../cql/split-statements'
import { findFault } from './define-migration'
import { classify } from './statement-kind'
import type { Migration, MigrationDefinition, MigrationStep, Step } from './migration'

/** The identity of a migration. */
export interface MigrationSource {
  /** The version as it is written, with or without leading zeros. */
  readonly version: string
  readonly title: string
  /** The absolute path of the file; undefined for a migration in the options. */
  readonly file: string | undefined
  /** The content of the file. */
  readonly content: string | undefined
}

/**
 * Checks a definition and returns its migration. Throws `MigrationError` that names the file for a fault of the
 * definition, and for a step of text that is not exactly one statement.
 */
export function buildMigration(
  definition: MigrationDefinition,
  { version: written, title, file, content }: MigrationSource,
): Migration {
  const version = normalizeVersion(written)
  const fault = findFault(definition)
  if (fault !== undefined) {
    throw new MigrationError(`${nameMigration({ version, title, file })}: ${fault}`, {
      version,
      file,
    })
  }
  const { description, up, down, destructive = false } = definition
  const build = (direction: 'up' | 'down') => (step: MigrationStep, i: number) => {
    const [reason, built] = buildStep(step)
    if (built !== undefined) return built
    throw new MigrationError(
      `${nameMigration({ version, title, file })}: step ${i + 1} of ${direction} ${reason}`,
      { version, file, step: i + 1, ...(typeof step === 'string' ? { statement: step } : {}) },
    )
  }
  const built = { up: up.map(build('up')), down: down?.map(build('down')) }
  return Object.freeze({
    version,
    title,
    file,
    description,
    ...built,
    destructive,
    checksum: content === undefined ? checksumInPlace(built, destructive) : sha256('file', content),
  })
}

/** Returns a version without leading zeros. */
export function normalizeVersion(digits: string): string {
  return BigInt(digits).toString()
}

/** Orders versions as numbers. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [BigInt(a), BigInt(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

/** The file of a migration; without a file, its version and title: `20261130120000-prices-in-cents`. */
export function nameMigration({
  version,
  title,
  file,
}: Pick<Migration, 'version' | 'title' | 'file'>): string {
  return file ?? `${version}-${title}`
}

type Built = readonly [reason: undefined, step: Step] | readonly [reason: string, step?: undefined]

function buildStep(step: MigrationStep): Built {
  if (typeof step === 'function') {
    return [undefined, { kind: 'function', run: step, checksum: sha256('function', String(step)) }]
  }
  if (isFragment(step)) {
    const parts = step.parts.map((part) => ({
      ...part,
      ...('entity' in part ? { entity: part.entity.name } : {}),
    }))
    const checksum = sha256('fragment', JSON.stringify(parts, printable))
    return [undefined, { kind: 'fragment', fragment: step, checksum }]
  }
  const statements = splitStatements(step)
  const [statement] = statements
  if (statement === undefined) return ['has no statement']
  if (statements.length > 1) {
    return [
      `has ${statements.length} statements, and a step is one; make each statement a step of its own`,
    ]
  }
  const cql = statement
  if (classify(cql).isUse) {
    return ['is USE, which would change the keyspace of the connection; name the keyspace instead']
  }
  return [undefined, { kind: 'text', cql, checksum: sha256('text', cql) }]
}

/** The values of a fragment as JSON can hold them. */
function printable(_: string, value: unknown): unknown {
  return typeof value === 'bigint' || typeof value === 'function' ? String(value) : value
}

/**
 * The checksum of a migration without a file. The source of a function depends on the compiler of the program, so
 * functions count only by their places.
 */
function checksumInPlace(
  { up, down }: { readonly up: readonly Step[]; readonly down: readonly Step[] | undefined },
  destructive: boolean,
): string {
  const sums = (steps: readonly Step[] | undefined) =>
    steps?.map(({ kind, checksum }) => (kind === 'function' ? 'function' : checksum)) ?? null
  return sha256('steps', JSON.stringify([sums(up), sums(down), destructive]))
}

function sha256(kind: string, content: string): string {
  const hash = createHash('sha256')
  if (kind !== 'file') hash.update(`${kind}\0`)
  return hash.update(content).digest('hex')
}
