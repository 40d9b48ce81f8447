import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { firstLine } from '../../errors/first-line'
import { CommandError, type ExitCode } from '../command-error'
import { answer } from '../output'
import { files, packages } from './files'

interface InitOptions {
  readonly json?: boolean
}

/** Writes the files of a first project into the current folder. Files that exist are kept. */
export async function init(options: InitOptions): Promise<ExitCode> {
  const written: string[] = []
  const kept: string[] = []
  for (const [path, content] of Object.entries(files)) {
    const list = (await create(resolve(path), content)) ? written : kept
    list.push(path)
  }
  answer(options.json, { written, kept }, describe(written, kept))
  return 0
}

/** Creates a file and the folders around it. Returns `false` if the file exists. */
async function create(file: string, content: string): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw new CommandError(2, `cannot write ${file}: ${firstLine(error)}`, { cause: error })
  }
}

function describe(written: readonly string[], kept: readonly string[]): string {
  const missing = packages.filter((name) => !isInstalled(name))
  const steps = [
    ...(isInstalled('coodie') ? [] : ['npm install coodie']),
    ...(missing.length === 0 ? [] : [`npm install --save-dev ${missing.join(' ')}`]),
    'docker run --rm -p 9042:9042 cassandra:5   # in another terminal, unless a server runs',
    'npx coodie migration:generate create-products',
    'npx coodie migration:run',
    'npx tsc && node dist/src/main.js',
    'node --test dist/src/*.test.js',
  ]
  return [
    ...written.map((path) => `wrote ${path}`),
    ...kept.map((path) => `kept ${path}, which exists`),
    '',
    'Next:',
    ...steps.map((step) => `  ${step}`),
  ].join('\n')
}

function isInstalled(name: string): boolean {
  try {
    createRequire(join(process.cwd(), 'package.json')).resolve(`${name}/package.json`)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND'
  }
}
