import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ConnectionConfig } from '../index'
import { CommandError } from './command-error'
import { loadTypeScript } from './load-typescript'

const names = ['ts', 'js', 'mjs', 'cjs'].map((extension) => `coodie.config.${extension}`)

/** The connections of a configuration file: of `given`, or of the one in `folder`; undefined where there is none. */
export async function readConfig(
  folder: string,
  given: string | undefined,
): Promise<readonly ConnectionConfig[] | undefined> {
  const file = resolve(
    folder,
    given ?? names.find((name) => existsSync(resolve(folder, name))) ?? '',
  )
  if (given !== undefined && !existsSync(file)) throw new CommandError(2, `${file} is not there`)
  loadTypeScript(given === undefined ? folder : dirname(file))
  if (file === resolve(folder)) return undefined
  const connections = [defaultOf(await load(file))].flat()
  if (
    connections.length === 0 ||
    connections.some((each) => typeof each !== 'object' || each === null)
  ) {
    throw new CommandError(
      2,
      `${file} must export the options of a DataSource by default: export default defineConfig({ … })`,
    )
  }
  return connections as readonly ConnectionConfig[]
}

async function load(file: string): Promise<unknown> {
  try {
    if (!file.endsWith('.mjs')) return createRequire(file)(file) as unknown
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_REQUIRE_ESM') throw asCommandError(error, file)
  }
  try {
    return (await import(pathToFileURL(file).href)) as unknown
  } catch (error) {
    throw asCommandError(error, file)
  }
}

function asCommandError(error: unknown, file: string): CommandError {
  return error instanceof CommandError
    ? error
    : new CommandError(2, `${file} cannot be loaded: ${(error as Error).message}`, { cause: error })
}

/** A module that was made CommonJS from ES stands under `default` twice when it is imported. */
function defaultOf(module: unknown): unknown {
  const { default: first } = (module ?? {}) as { default?: unknown }
  if (first === undefined) return module
  const { default: second } = (first ?? {}) as { default?: unknown }
  return second ?? first
}

/** Which of the connections is meant. */
export function chooseConnection(
  connections: readonly ConnectionConfig[],
  wanted: string | undefined,
): ConnectionConfig {
  const [only] = connections
  if (wanted === undefined && connections.length === 1 && only !== undefined) return only
  const nameOf = ({ name, keyspace }: ConnectionConfig) =>
    name ?? (typeof keyspace === 'string' ? keyspace : '')
  const list = connections.map((each) => `'${nameOf(each)}'`).join(', ')
  if (wanted === undefined) {
    throw new CommandError(
      2,
      `the configuration has several connections; choose one with --connection: ${list}`,
    )
  }
  const found = connections.filter((each) => nameOf(each) === wanted)
  if (found[0] === undefined) {
    throw new CommandError(2, `the configuration has no connection '${wanted}'; there are ${list}`)
  }
  if (found.length > 1) {
    throw new CommandError(2, `two connections are called '${wanted}'; give them a name`)
  }
  return found[0]
}
