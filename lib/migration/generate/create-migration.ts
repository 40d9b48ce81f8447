import { type OptionCheck, checkThat, findMisfit, oneOf } from '../../errors/option-checks'
import { MigrationError } from '../../errors/errors'
import { cqlSource, typeScriptSource } from './migration-source'
import { type WrittenMigration, writeMigration } from './write-migration'

/** The options of `create` and `generate`. */
export interface WriteMigrationOptions {
  /** The purpose of the migration; its words make the name of the file: `'Prices in cents'`. */
  readonly title: string
  /** The directory of the file; default: that of the first glob of `migrations`, else `migrations`. */
  readonly directory?: string | undefined
  /** `'ts'` (default) or `'cql'`. */
  readonly format?: 'ts' | 'cql' | undefined
}

const notEmpty = checkThat<string>(
  (value) => typeof value === 'string' && value.trim() !== '',
  'must be a text that is not empty',
)

const checks = new Map(
  Object.entries({
    title: notEmpty,
    directory: notEmpty,
    format: oneOf(['ts', 'cql']),
  } satisfies Record<keyof WriteMigrationOptions, OptionCheck>),
)

/** Throws `MigrationError` for options that a method does not have, and for values that an option cannot have. */
export function requireWriteOptions(
  method: 'create' | 'generate',
  options: WriteMigrationOptions,
): void {
  const misfit = findMisfit(options, checks)
  if (misfit !== undefined) {
    throw new MigrationError(`${method}${misfit.isUnknown ? '' : ':'} ${misfit.reason}`)
  }
  if (options.title === undefined) throw new MigrationError(`${method}: title is missing`)
}

const advice = {
  ts: [
    'A step is one statement of CQL, or a function: async ({ repository, scan, execute }) => { … }',
    'Remove `down` if the migration cannot be reverted.',
  ],
  cql: [
    'Each statement ends with a semicolon.',
    'Remove the line of migrate:down if the migration cannot be reverted.',
  ],
} as const

/** Writes a migration without steps. */
export async function createMigration(
  { title, format = 'ts', directory }: WriteMigrationOptions,
  defaultDirectory: string,
): Promise<WrittenMigration> {
  const parts = {
    description: title.trim(),
    destructive: false,
    up: [],
    down: [],
    comments: advice[format],
  }
  const content = format === 'ts' ? typeScriptSource(parts) : cqlSource(parts)
  return writeMigration({ title, directory: directory ?? defaultDirectory, format, content })
}

/** Returns the directory of the first glob, else `migrations`. */
export function directoryOf(globs: readonly unknown[]): string {
  const glob = globs.find((each) => typeof each === 'string')
  if (glob === undefined) return 'migrations'
  const parts = glob.split('/')
  const dynamic = parts.findIndex((part) => /[*?{}[\]()!+@]/u.test(part))
  return (
    parts.slice(0, dynamic === -1 ? -1 : dynamic).join('/') || (glob.startsWith('/') ? '/' : '.')
  )
}
