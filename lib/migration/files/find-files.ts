import { basename } from 'node:path'
import { globSync } from 'tinyglobby'
import { MigrationError } from '../../errors/errors'

/** A file of a migration, with the parts of its name. */
export interface MigrationFile {
  /** The absolute path. */
  readonly file: string
  readonly version: string
  readonly title: string
}

const migrationName = /^(?<version>\d+)-(?<title>.+)\.(?:ts|js|mjs|cjs|cql)$/u
const declarations = /\.d\.[cm]?ts$/u

/**
 * Returns the files of migrations that globs match, each once. Files of other extensions and declarations of types are
 * left out. Throws `MigrationError` if the name of a file has no version or no title.
 */
export function findFiles(globs: readonly string[]): readonly MigrationFile[] {
  const found = globs.flatMap((glob) =>
    globSync(glob, { absolute: true, ignore: '**/node_modules/**' }),
  )
  const paths = [...new Set(found)]
    .filter((path) => /\.(?:ts|[cm]?js|cql)$/u.test(path) && !declarations.test(path))
    .sort()
  const files = paths.flatMap((path) => readName(path) ?? [])
  const nameless = paths.filter((path) => readName(path) === undefined)
  if (nameless.length === 0) return files
  throw new MigrationError(
    `${nameless.join(', ')}: the name of a migration is <digits>-<title>, for example ` +
      '20261130120000-add-brand.ts; rename the file, or leave it out of the globs',
    nameless.length === 1 ? { file: nameless[0] } : {},
  )
}

function readName(file: string): MigrationFile | undefined {
  const { version, title } = migrationName.exec(basename(file))?.groups ?? {}
  return version === undefined || title === undefined ? undefined : { file, version, title }
}
