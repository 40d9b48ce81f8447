import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { join } from 'node:path'
import { StatementError } from '../errors/errors'
import { firstLine } from '../errors/first-line'
import { type CompilerSettings, readTsconfig } from './read-tsconfig'

type Swc = Pick<typeof import('@swc/core'), 'transformSync'>

/** Loads a file of one extension into a module. */
interface Handler {
  (module: Compiled, file: string): void
  [isOurs]?: true
}

/** Marks the handlers of this file, also those of another copy of the package. */
const isOurs = Symbol.for('coodie.typescript')

/** The parts of Node's module loader that its types lack. */
interface Loader {
  _extensions: Record<string, Handler | undefined>
  _resolveFilename(request: string, parent: unknown, ...rest: unknown[]): string
}

interface Compiled {
  _compile(code: string, file: string): void
}

const loader = Module as unknown as Loader

/** This file; nothing in a bundle of ES modules, which has no file names. */
const ownFile = typeof __filename === 'string' ? [__filename] : []

/**
 * Lets `require` load TypeScript as `loadTypeScript` does, unless the program can load it already, with tsx for example.
 * The types that Node itself strips leave decorators, which it cannot read.
 */
export function ensureTypeScript(folder: string): void {
  // A test runner loads modules in its own way, and must not be left with a hook of a test.
  const { extensions } = createRequire(join(folder, 'module.js'))
  if (extensions !== (loader._extensions as unknown)) return
  const isStripped = Boolean((process.features as { typescript?: unknown }).typescript)
  const isLoaded = loader._extensions['.ts'] !== undefined
  if (isLoaded && !isStripped) return
  // Without the compiler, what Node can do is better than nothing.
  if (isLoaded && findSwc(folder) === undefined) return
  loadTypeScript(folder)
}

/**
 * Lets `require` load TypeScript, with decorators and metadata as the tsconfig.json of the project says. The compiler,
 * `@swc/core`, is resolved when the first such file is loaded.
 */
export function loadTypeScript(folder: string): void {
  if (loader._extensions['.ts']?.[isOurs] === true) return
  let compile: ((source: string, file: string) => string) | undefined
  const load: Handler = (module, file) => {
    compile ??= compiler(folder, file)
    const code = compile(readFileSync(file, 'utf8'), file)
    try {
      module._compile(code, file)
    } catch (error) {
      throw isTopLevelAwait(error) ? topLevelAwait(file, error) : error
    }
  }
  load[isOurs] = true
  for (const extension of ['.ts', '.cts', '.mts']) loader._extensions[extension] = load
  const resolveFilename = loader._resolveFilename.bind(loader)
  loader._resolveFilename = (request, ...rest) => {
    try {
      return resolveFilename(request, ...rest)
    } catch (error) {
      // TypeScript imports name the compiled file: './product.js' is product.ts.
      if (!/^\.{1,2}\/.*\.[cm]?js$/u.test(request)) throw error
      return resolveFilename(request.replace(/js$/u, 'ts'), ...rest)
    }
  }
}

/** Tells whether a file failed because it uses `await` outside of functions; the error depends on the version of Node. */
function isTopLevelAwait(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return (
    code === 'ERR_REQUIRE_ASYNC_MODULE' ||
    /await is only valid|exports is not defined/u.test(String(message))
  )
}

function topLevelAwait(file: string, cause: unknown): StatementError {
  return new StatementError(
    `cannot load ${file}: it uses await at its top level, and TypeScript is loaded as CommonJS; ` +
      'move the await into a function',
    { cause },
  )
}

function compiler(folder: string, file: string): (source: string, file: string) => string {
  const { transformSync } = findSwc(folder) ?? missingSwc(file)
  const settings = readTsconfig(folder)
  return (source, filename) => {
    const options = { ...swcOptions(settings), filename }
    try {
      return transformSync(source, options).code
    } catch (error) {
      throw new StatementError(`cannot compile ${filename}: ${problemOf(error)}`, { cause: error })
    }
  }
}

/**
 * Reads an error of the compiler: what is wrong, and where. The lines of source in its message are left out, because
 * they may contain passwords.
 */
function problemOf(error: unknown): string {
  // oxlint-disable-next-line no-control-regex -- the compiler colors its messages
  const text = String((error as Error).message).replaceAll(/\u001b\[[\d;]*m/gu, '')
  const [, problem = firstLine(text)] = /^\s*[x×]\s*(.+)$/mu.exec(text) ?? []
  const [, place] = /\[[^\]\n]*?:(\d+:\d+)\]/u.exec(text) ?? []
  return place === undefined ? problem : `${problem} (at ${place})`
}

function missingSwc(file: string): never {
  throw new StatementError(
    `${file} is TypeScript, which needs @swc/core: run npm install --save-dev @swc/core, ` +
      'or write the file in JavaScript',
  )
}

function findSwc(folder: string): Swc | undefined {
  for (const from of [join(folder, 'package.json'), ...ownFile]) {
    try {
      return createRequire(from)('@swc/core') as Swc
    } catch {
      // Not installed here; try the next.
    }
  }
  return undefined
}

/** Options of the compiler; without a tsconfig, legacy decorators, which serve every form of ours. */
function swcOptions(
  settings: CompilerSettings = { experimentalDecorators: true, emitDecoratorMetadata: true },
) {
  const { experimentalDecorators = false, emitDecoratorMetadata = false, baseUrl, paths } = settings
  return {
    swcrc: false,
    configFile: false,
    sourceMaps: 'inline' as const,
    module: { type: 'commonjs' as const },
    jsc: {
      target: 'es2022' as const,
      parser: { syntax: 'typescript' as const, decorators: true },
      keepClassNames: true,
      transform: {
        ...(experimentalDecorators
          ? { legacyDecorator: true, decoratorMetadata: emitDecoratorMetadata }
          : { decoratorVersion: '2022-03' as const }),
        useDefineForClassFields: settings.useDefineForClassFields ?? true,
      },
      ...(baseUrl === undefined || paths === undefined
        ? {}
        : {
            baseUrl,
            paths: Object.fromEntries(Object.entries(paths).map(([name, to]) => [name, [...to]])),
          }),
    },
  }
}
