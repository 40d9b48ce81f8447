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
}

/** Runs a command with the data source of the configuration and the environment variables, and closes it afterwards. */
export async function withDataSource<T>(
  options: CommonOptions,
  needs: Needs,
  run: (db: DataSource) => Promise<T>,
): Promise<T> {
  const db = new DataSource(await optionsOf(options, needs))
  try {
    await db.initialize()
    return await run(db)
  } finally {
    await db.destroy()
  }
}

async function optionsOf(
  { config, connection }: CommonOptions,
  { entities }: Needs,
): Promise<ConnectionConfig> {
  const connections = (await readConfig(process.cwd(), config)) ?? fromEnvironment(entities)
  const { name: _, ...chosen } = chooseConnection(connections, connection)
  const given = withEnvironment(chosen, process.env)
  const { keyspace } = given
  return {
    ...given,
    ...(entities ? {} : { entities: [] }),
    // As a function, so that the driver does not need it and initialize does not create it: an absent keyspace is a difference.
    ...(keyspace === undefined
      ? {}
      : { keyspace: typeof keyspace === 'string' ? () => keyspace : () => named(keyspace()) }),
    // A command changes nothing unasked, and prints only its own output.
    synchronize: false,
    migrationsRun: false,
    validateSchema: 'off',
    logging: false,
  }
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
