import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { StatementError } from '../errors/errors'

/** The compiler options that loading TypeScript depends on. */
export interface CompilerSettings {
  readonly experimentalDecorators?: boolean
  readonly emitDecoratorMetadata?: boolean
  readonly useDefineForClassFields?: boolean
  /** An absolute path. */
  readonly baseUrl?: string
  readonly paths?: Readonly<Record<string, readonly string[]>>
}

/** Reads the settings of the nearest `tsconfig.json` and of those it extends; undefined if there is no file. */
export function readTsconfig(folder: string): CompilerSettings | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, 'tsconfig.json')
    if (existsSync(file)) return settingsOf(file, [])
    if (dirname(at) === at) return undefined
  }
}

interface Tsconfig {
  readonly extends?: string | readonly string[]
  readonly compilerOptions?: CompilerSettings
}

function settingsOf(file: string, within: readonly string[]): CompilerSettings {
  if (within.includes(file)) throw new StatementError(`${file} extends itself`)
  const { extends: bases = [], compilerOptions: own = {} } = parse(file)
  const inherited = [bases].flat().map((base) => settingsOf(baseOf(base, file), [...within, file]))
  const folder = dirname(file)
  return Object.assign({}, ...inherited, own, {
    ...(own.baseUrl === undefined ? {} : { baseUrl: resolve(folder, own.baseUrl) }),
    // Paths without a baseUrl are relative to the file that contains them.
    ...(own.paths !== undefined && own.baseUrl === undefined ? { baseUrl: folder } : {}),
  }) as CompilerSettings
}

function baseOf(name: string, file: string): string {
  if (!name.startsWith('.') && !isAbsolute(name)) return createRequire(file).resolve(name)
  const path = resolve(dirname(file), name)
  return path.endsWith('.json') ? path : `${path}.json`
}

function parse(file: string): Tsconfig {
  try {
    return JSON.parse(withoutComments(readFileSync(file, 'utf8'))) as Tsconfig
  } catch (error) {
    throw new StatementError(`cannot read ${file}: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

/** Removes comments and trailing commas, which a tsconfig may have. */
function withoutComments(text: string): string {
  const texts = /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//gu
  const commas = /("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])/gu
  const keep = (_: string, quoted: string | undefined) => quoted ?? ''
  return text
    .replace(/^\uFEFF/u, '')
    .replaceAll(texts, keep)
    .replaceAll(commas, keep)
}
