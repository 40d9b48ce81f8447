import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CoodieError, MigrationError } from '../../errors/errors'
import { firstLine } from '../../errors/first-line'
import { defaultExportOf, loadModule } from '../../loader/load-module'
import { ensureTypeScript } from '../../loader/load-typescript'
import {
  buildMigration,
  compareVersions,
  nameMigration,
  normalizeVersion,
} from '../build-migration'
import { isDefinition } from '../define-migration'
import type { InPlaceMigration, Migration, MigrationDefinition } from '../migration'
import { type MigrationFile, findFiles } from './find-files'
import { parseScript } from './parse-script'

/**
 * Loads the migrations of globs, and those given in place, ordered by version. Throws `MigrationError` that names the
 * files if a name has no version, if two migrations have one version, or if a file exports something else.
 */
export async function loadMigrations(
  given: readonly (string | InPlaceMigration)[],
): Promise<readonly Migration[]> {
  const inPlace = given.filter((each) => typeof each !== 'string').map(buildInPlace)
  const files = findFiles(given.filter((each) => typeof each === 'string'))
  requireOneOfEach([...inPlace, ...files])
  const loaded: Migration[] = []
  // One after the other, so that the first file that cannot be loaded is always the same.
  for (const file of files) loaded.push(await loadFile(file))
  return [...inPlace, ...loaded].sort((a, b) => compareVersions(a.version, b.version))
}

function buildInPlace(given: InPlaceMigration): Migration {
  const { version, title, ...definition } = given
  if (typeof version !== 'string' || !/^\d+$/u.test(version)) {
    throw new MigrationError(
      `migration '${String(title)}': version must be digits as text, for example '20261130120000'`,
    )
  }
  if (typeof title !== 'string' || title === '') {
    throw new MigrationError(
      `migration ${version}: title must be a text, for example 'add-brand'`,
      {
        version,
      },
    )
  }
  return buildMigration(definition, { version, title, file: undefined, content: undefined })
}

type Named = Pick<Migration, 'version' | 'title' | 'file'>

function requireOneOfEach(migrations: readonly Named[]): void {
  const byVersion = new Map<string, string[]>()
  for (const each of migrations) {
    const version = normalizeVersion(each.version)
    byVersion.set(version, [...(byVersion.get(version) ?? []), nameMigration(each)])
  }
  const twice = [...byVersion].filter(([, names]) => names.length > 1)
  if (twice.length === 0) return
  const lines = twice.map(([version, names]) => `version ${version}: ${names.join(', ')}`)
  throw new MigrationError(
    `several migrations have one version; give each its own (${lines.join('; ')})`,
    twice.length === 1 ? { version: twice[0]?.[0] } : {},
  )
}

async function loadFile({ file, version, title }: MigrationFile): Promise<Migration> {
  const content = await readFile(file, 'utf8')
  try {
    const definition = file.endsWith('.cql')
      ? parseScript(content)
      : definitionOf(await loadProgram(file, content))
    return buildMigration(definition, { version, title, file, content })
  } catch (error) {
    throw named(error, file, normalizeVersion(version))
  }
}

async function loadProgram(file: string, content: string): Promise<unknown> {
  if (file.endsWith('.ts')) ensureTypeScript(dirname(file))
  // An edited file is loaded again.
  return loadModule(file, createHash('sha256').update(content).digest('hex'))
}

function definitionOf(module: unknown): MigrationDefinition {
  const exported = defaultExportOf(module)
  if (isDefinition(exported)) return exported
  throw new MigrationError(`the default export is ${kindOf(exported, module)}; ${remedy}`)
}

const remedy = 'write: export default defineMigration({ up: [ … ] })'

function kindOf(exported: unknown, module: unknown): string {
  if (exported === undefined || exported === null || exported === module) return 'missing'
  if (exported instanceof Promise) return 'a promise'
  if (typeof exported === 'function') return 'a function'
  return typeof exported === 'object' ? 'an object of another kind' : `a ${typeof exported}`
}

/** Returns an error that names the file and the version. */
function named(error: unknown, file: string, version: string): MigrationError {
  if (error instanceof MigrationError && error.file !== undefined) return error
  const message =
    error instanceof CoodieError ? error.message : `cannot load the file: ${firstLine(error)}`
  const details = error instanceof MigrationError ? { step: error.step } : {}
  return new MigrationError(message.includes(file) ? message : `${file}: ${message}`, {
    ...details,
    version,
    file,
    cause: error,
  })
}
