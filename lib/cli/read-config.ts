import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { firstLine } from '../errors/first-line'
import { type ConnectionConfig, CoodieError } from '../index'
import { defaultExportOf, loadModule } from '../loader/load-module'
import { loadTypeScript } from '../loader/load-typescript'
import { CommandError } from './command-error'

const names = ['ts', 'js', 'mjs', 'cjs'].map((extension) => `coodie.config.${extension}`)

/** Reads the connections of the configuration file `given`, or of the one in `folder`; undefined if there is no file. */
export async function readConfig(
  folder: string,
  given: string | undefined,
): Promise<readonly ConnectionConfig[] | undefined> {
  const file = resolve(
    folder,
    given ?? names.find((name) => existsSync(resolve(folder, name))) ?? '',
  )
  if (given !== undefined && !existsSync(file)) throw new CommandError(2, `${file} does not exist`)
  loadTypeScript(given === undefined ? folder : dirname(file))
  if (file === resolve(folder)) return undefined
  const connections = [defaultExportOf(await load(file))].flat()
  if (
    connections.length === 0 ||
    connections.some((each) => typeof each !== 'object' || each === null)
  ) {
    throw new CommandError(
      2,
      `${file} has no default export with DataSource options; write: export default defineConfig({ … })`,
    )
  }
  return connections as readonly ConnectionConfig[]
}

async function load(file: string): Promise<unknown> {
  try {
    return await loadModule(file)
  } catch (error) {
    if (error instanceof CoodieError) throw error
    throw new CommandError(2, `cannot load ${file}: ${firstLine(error)}`, { cause: error })
  }
}

/** Returns the connection of a name, or the only one. Throws `CommandError` if the name is missing or wrong. */
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
      `the configuration has several connections (${list}); choose one with --connection`,
    )
  }
  const found = connections.filter((each) => nameOf(each) === wanted)
  if (found[0] === undefined) {
    throw new CommandError(2, `the configuration has no connection '${wanted}'; it has ${list}`)
  }
  if (found.length > 1) {
    throw new CommandError(2, `two connections have the name '${wanted}'; give each its own name`)
  }
  return found[0]
}
