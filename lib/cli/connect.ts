import { type ConnectionConfig, DataSource } from '../index'
import { CommandError } from './command-error'
import { overridesOf, withEnvironment } from './environment'
import { chooseConnection, readConfig } from './read-config'

/** The options that every command has. */
export interface CommonOptions {
  readonly config?: string
  readonly connection?: string
  readonly json?: boolean
}

interface Needs {
  /** False: the command works with what the environment says alone, and does not look at the entities. */
  readonly entities: boolean
}

/** Runs a command with a data source as the configuration and the environment have it, and closes it again. */
export async function connected<T>(
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
    // The driver is not told of it, and nothing is created at the start: one that is absent is a difference like others.
    ...(keyspace === undefined
      ? {}
      : { keyspace: typeof keyspace === 'string' ? () => keyspace : () => named(keyspace()) }),
    // What a command changes it says, and its output is its own.
    synchronize: false,
    validateSchema: 'off',
    logging: false,
  }
}

function named(keyspace: string | undefined): string {
  if (keyspace !== undefined) return keyspace
  throw new CommandError(
    2,
    'the keyspace of the configuration is a function, which gives none here; name it: CASSANDRA_KEYSPACE=…',
  )
}

function fromEnvironment(needsEntities: boolean): readonly ConnectionConfig[] {
  if (needsEntities || overridesOf(process.env)['contactPoints'] === undefined) {
    throw new CommandError(
      2,
      `there is no coodie.config.ts, .js, .mjs or .cjs in ${process.cwd()}; write one ` +
        '(export default defineConfig({ … })), or name it with --config',
    )
  }
  return [{ entities: [] }]
}
