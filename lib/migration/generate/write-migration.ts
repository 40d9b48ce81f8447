import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { MigrationError } from '../../errors/errors'
import { firstLine } from '../../errors/first-line'
import { normalizeVersion } from '../build-migration'

/** A migration that was written. */
export interface WrittenMigration {
  /** The version: the time in UTC as `YYYYMMDDHHMMSS`. */
  readonly version: string
  /** The title as it is in the name of the file. */
  readonly title: string
  /** The absolute path of the file. */
  readonly file: string
}

/** The parts of a file that is written. */
export interface MigrationText {
  readonly title: string
  readonly directory: string
  readonly format: 'ts' | 'cql'
  readonly content: string
}

/**
 * Writes a migration into a directory, which is made if it does not exist. The version is later than that of every
 * file that is there, also if another process writes one at the same time. Never overwrites a file.
 */
export async function writeMigration(text: MigrationText): Promise<WrittenMigration> {
  const directory = resolve(text.directory)
  const title = fileTitle(text.title)
  try {
    await mkdir(directory, { recursive: true })
    let time = new Date(Math.max(Date.now(), (await newest(directory)) + second))
    for (;;) {
      const version = versionOf(time)
      const written = await claim(directory, version, { ...text, title })
      if (written !== undefined) return written
      time = new Date(time.getTime() + second)
    }
  } catch (error) {
    throw new MigrationError(`cannot write a migration to ${directory}: ${firstLine(error)}`, {
      cause: error,
    })
  }
}

const second = 1000

/** Writes the file, unless another one has the version or gets it at this moment. */
async function claim(
  directory: string,
  version: string,
  { title, format, content }: MigrationText,
): Promise<WrittenMigration | undefined> {
  const file = join(directory, `${version}-${title}.${format}`)
  // Of two processes, only one can create this file.
  const mark = join(directory, `.${version}`)
  if (!(await create(mark, ''))) return undefined
  try {
    const isTaken = (await versionsIn(directory)).includes(version)
    return !isTaken && (await create(file, content)) ? { version, title, file } : undefined
  } finally {
    await rm(mark, { force: true })
  }
}

/** Creates a file. Returns `false` if it exists. */
async function create(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function versionsIn(directory: string): Promise<readonly string[]> {
  const digits = (await readdir(directory)).flatMap((name) => /^(\d+)-/u.exec(name)?.[1] ?? [])
  return digits.map(normalizeVersion)
}

/** Returns the newest time that a file has as its version, in milliseconds; 0 if there is no such file. */
async function newest(directory: string): Promise<number> {
  return Math.max(0, ...(await versionsIn(directory)).map(timeOf))
}

/** `20261130120000` */
function versionOf(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(/\D/gu, '')
}

/** Returns the time of a version in milliseconds; 0 if the version is not a time. */
function timeOf(version: string): number {
  const [, date, hours] = /^(\d{4}\d{2}\d{2})(\d{6})$/u.exec(version) ?? []
  if (date === undefined || hours === undefined) return 0
  const text = date.replace(/(..)(..)$/u, '-$1-$2')
  const time = Date.parse(`${text}T${hours.replaceAll(/(..)(?=.)/gu, '$1:')}Z`)
  return Number.isNaN(time) ? 0 : time
}

/** `Prices in cents!` is `prices-in-cents`. */
function fileTitle(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, maxTitle)
  if (name !== '') return name
  throw new MigrationError(`title: '${title}' has no letter or digit; say what the migration does`)
}

/** The most characters of a title in the name of a file, which file systems limit. */
const maxTitle = 80
