import { type ConnectionConfig, DataSource } from '../index'
import { CommandError } from './command-error'
import { overridesOf, withEnvironment } from './environment'
import { chooseConnection, readConfig } from './read-config'

/** The options of every command. */
export interface CommonOptions {
  readonly config?: string
  readonly connection?: string
  readonly json?: boolean
}

interface Needs {
  /** If false, the command does not load the entities, and works with environment variables alone. */
  readonly entities: boolean
  /**
   * `'none'`: the data source is not initialized. `'keyspace'`: statements without a keyspace concern that of the
   * configuration, which must exist. By default, the keyspace need not exist.
   */
  readonly connection?: 'none' | 'keyspace'
  /** Receives what migrations write with `log`. */
  readonly log?: (text: string) => void
}

/** Runs a command with the data source of the configuration and the environment variables, and closes it afterwards. */
export async function withDataSource<T>(
  options: CommonOptions,
  needs: Needs,
  run: (db: DataSource) => Promise<T>,
): Promise<T> {
  const db = new DataSource(await optionsOf(options, needs))
  try {
    if (needs.connection !== 'none') await db.initialize()
    return await run(db)
  } finally {
    await db.destroy()
  }
}

async function optionsOf(
  { config, connection }: CommonOptions,
  { entities, connection: kind, log }: Needs,
): Promise<ConnectionConfig> {
  const connections = (await readConfig(process.cwd(), config)) ?? fromEnvironment(entities)
  const { name: _, ...chosen } = chooseConnection(connections, connection)
  const given = withEnvironment(chosen, process.env)
  const { keyspace, createKeyspace, ...others } = given
  const own = {
    ...others,
    ...(entities ? {} : { entities: [] }),
    // A command changes nothing unasked, and prints only its own output.
    synchronize: false,
    migrationsRun: false,
    validateSchema: 'off',
    logging: false,
    ...(log === undefined ? {} : { logger: { log: () => undefined, info: log } }),
  } as const
  if (keyspace === undefined) return own
  const name = typeof keyspace === 'string' ? () => keyspace : () => named(keyspace())
  if (kind === 'keyspace') return { ...own, keyspace: name() }
  // As a function, so that the driver does not need it and initialize does not create it: an absent keyspace is a difference.
  return { ...own, keyspace: name, createKeyspace }
}

function named(keyspace: string | undefined): string {
  if (keyspace !== undefined) return keyspace
  throw new CommandError(
    2,
    'the keyspace of the configuration is a function, which returned no name; set CASSANDRA_KEYSPACE',
  )
}

function fromEnvironment(needsEntities: boolean): readonly ConnectionConfig[] {
  if (needsEntities || overridesOf(process.env)['contactPoints'] === undefined) {
    throw new CommandError(
      2,
      `no coodie.config.ts, .js, .mjs or .cjs in ${process.cwd()}; create one ` +
        '(export default defineConfig({ … })), or name a file with --config',
    )
  }
  return [{ entities: [] }]
}
