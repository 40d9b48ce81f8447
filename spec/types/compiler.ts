import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(__dirname, '../..')
const modules = join(root, 'node_modules')

/** The compilers that users may have, by the name of their package here. */
export const compilers = ['typescript', 'typescript-5', 'typescript-5.4'] as const
export type Compiler = (typeof compilers)[number]

export type Mode = 'legacy' | 'tc39'

/** Compiler options, as in a tsconfig. */
export type Options = Readonly<Record<string, unknown>>

/** A project of a user: this package's declarations in node_modules, and files of its own. */
export interface Consumer {
  readonly folder: string
  write(path: string, source: string): void
  /** What the compiler prints for these files, one line each; empty when they compile. */
  compile(compiler: Compiler, mode: Mode, files: readonly string[], options?: Options): string[]
  /** The numbers of `--extendedDiagnostics`, by name. Throws when the files do not compile. */
  measure(compiler: Compiler, mode: Mode, files: readonly string[]): ReadonlyMap<string, number>
}

const decorators = {
  legacy: { experimentalDecorators: true, emitDecoratorMetadata: true },
  tc39: { experimentalDecorators: false, emitDecoratorMetadata: false },
} as const satisfies Record<Mode, Options>

const defaults: Options = {
  target: 'es2022',
  lib: ['es2022', 'esnext.disposable', 'esnext.decorators'],
  module: 'node16',
  moduleResolution: 'node16',
  types: ['node'],
  strict: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
}

/** Makes a project with the cases in it, removed after the specs of the file. */
export function useConsumer(): Consumer {
  // Compilers of old take a second by themselves, and many on a busy machine.
  jest.setTimeout(180_000)
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'coodie-types-')))
  const run = (compiler: Compiler, args: readonly string[]) => {
    const { stdout, stderr, error } = spawnSync(
      process.execPath,
      [join(modules, compiler, 'bin/tsc'), ...args],
      { cwd: folder, encoding: 'utf8' },
    )
    if (error !== undefined) throw error
    return `${stdout}${stderr}`
  }
  const project = (mode: Mode, files: readonly string[], options: Options): string => {
    const name = `tsconfig.${mode}.json`
    const compilerOptions = { ...defaults, ...decorators[mode], ...options }
    writeFileSync(join(folder, name), JSON.stringify({ compilerOptions, files }))
    return name
  }

  beforeAll(() => {
    const installed = join(folder, 'node_modules')
    mkdirSync(join(installed, 'coodie'), { recursive: true })
    writeFileSync(
      join(installed, 'coodie/package.json'),
      JSON.stringify({ name: 'coodie', version: '0.0.0', types: './dist/index.d.ts' }),
    )
    for (const name of ['@types', 'cassandra-driver', 'reflect-metadata']) {
      symlinkSync(join(modules, name), join(installed, name), 'junction')
    }
    const build = join(root, 'tsconfig.build.json')
    const target = join(installed, 'coodie/dist')
    const emitted = run('typescript', ['-p', build, '--emitDeclarationOnly', '--outDir', target])
    if (emitted !== '') throw new Error(emitted)
    cpSync(join(__dirname, 'cases'), join(folder, 'cases'), { recursive: true })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  return {
    folder,
    write: (path, source) => writeFileSync(join(folder, path), source),
    compile: (compiler, mode, files, options = {}) =>
      run(compiler, ['-p', project(mode, files, options), '--pretty', 'false'])
        .split('\n')
        .filter((line) => line !== ''),
    measure: (compiler, mode, files) => {
      const printed = run(compiler, ['-p', project(mode, files, {}), '--extendedDiagnostics'])
      if (printed.includes('error TS')) throw new Error(printed)
      const numbers = printed.matchAll(/^(\w[\w ]*):\s+([\d.]+)/gmu)
      return new Map([...numbers].map(([, name = '', value]) => [name, Number(value)]))
    },
  }
}
