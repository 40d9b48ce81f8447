import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import colors from 'picocolors'
import type { GenerateOptions, GeneratedFile } from '../index'
import { CommandError, type ExitCode } from './command-error'
import { confirm } from './confirm'
import { type CommonOptions, withDataSource } from './connect'
import { answer, tell } from './output'
import { visible } from './visible'
import { writeOutput } from './write-output'

export interface GenerateCommandOptions extends CommonOptions {
  readonly out?: string
  readonly keyspace?: string
  readonly tables?: readonly string[]
  readonly perClass?: boolean
  readonly importExtension?: GenerateOptions['importExtension']
  readonly dryRun?: boolean
  readonly check?: boolean
  readonly yes?: boolean
}

/** A generated file, and the content that the file has so far. */
interface Compared extends GeneratedFile {
  readonly file: string
  readonly found: string | undefined
}

/** Writes classes for the tables of a keyspace into a folder or to the standard output. */
export async function entityGenerate(options: GenerateCommandOptions): Promise<ExitCode> {
  const { out, keyspace, tables, perClass = false, importExtension, json, check = false } = options
  if (out === undefined && (check || perClass)) {
    throw new CommandError(2, '--per-class and --check need a folder; name it with --out')
  }
  const files = await withDataSource(options, { entities: false }, (db) =>
    db.schema.generateEntities({
      keyspace,
      tables,
      files: perClass ? 'perClass' : 'one',
      importExtension,
    }),
  )
  if (json !== true) {
    for (const warning of files.flatMap(({ warnings }) => warnings)) {
      tell(visible(`warning: ${warning}`))
    }
  }
  if (out === undefined) {
    answer(json, { files }, files.map(({ source }) => source.trimEnd()).join('\n'))
    return 0
  }
  const compared = await Promise.all(files.map((file) => compare(file, resolve(out))))
  const changed = compared.filter(({ source, found }) => source !== found)
  if (json !== true) for (const each of changed) tell(patchOf(each))
  if (!check && options.dryRun !== true) {
    const overwritten = changed.filter(({ found }) => found !== undefined)
    if (overwritten.length > 0) {
      const names = overwritten.map(({ file }) => relative('.', file)).join(', ')
      const differ = overwritten.length === 1 ? 'exists and differs' : 'exist and differ'
      await confirm(`${names} ${differ} from the generated source.`, 'Overwrite?', options.yes)
    }
    for (const { file, source } of changed) await writeOutput(file, source)
  }
  const paths = changed.map(({ file }) => relative('.', file))
  answer(
    json,
    {
      changed: paths,
      files: files.map(({ path, classes, warnings }) => ({ path, classes, warnings })),
    },
    compared.map(summaryOf).join('\n'),
  )
  return check && changed.length > 0 ? 1 : 0
}

async function compare(generated: GeneratedFile, folder: string): Promise<Compared> {
  const file = join(folder, generated.path)
  const found = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new CommandError(2, `cannot read ${file}: ${error.message}`, { cause: error })
  })
  return { ...generated, file, found }
}

/** Says what is done to a file: `entities.ts: new, 65 classes`. */
function summaryOf({ file, found, source, classes }: Compared): string {
  const state = found === undefined ? 'new' : found === source ? 'unchanged' : 'changed'
  const count = classes.length === 1 ? '1 class' : `${classes.length} classes`
  return `${relative('.', file)}: ${state}, ${count}`
}

function patchOf({ file, found = '', source }: Compared): string {
  const name = relative('.', file)
  const paint = (text: string) => {
    const line = visible(text)
    return line.startsWith('+')
      ? colors.green(line)
      : line.startsWith('-')
        ? colors.red(line)
        : line
  }
  return createTwoFilesPatch(name, name, found, source, 'existing', 'generated')
    .split('\n')
    .map(paint)
    .join('\n')
}
