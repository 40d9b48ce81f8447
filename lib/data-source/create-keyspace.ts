import type { StatementLog } from '../driver/observe/statement-log'
import { type ClientOptions, type DriverClient, Session } from '../driver/session'
import { StatementError } from '../errors/errors'
import type { KeyspaceSource } from '../repository/repository-context'
import { ensureKeyspace } from '../schema/schema'
import type { OwnOptions } from './data-source-options'

/**
 * Creates the keyspace of a data source if its options say so and it does not exist. Of many keyspaces, each is created
 * by `schema.sync()` or `migrations.run()`.
 */
export async function createKeyspace(
  { createKeyspace: wanted, keyspace: given }: OwnOptions,
  keyspace: KeyspaceSource | undefined,
  client: DriverClient | ClientOptions,
  log: StatementLog,
): Promise<void> {
  if (wanted === undefined || typeof keyspace === 'function') return
  if (keyspace === undefined) {
    throw new StatementError('createKeyspace needs the name of the keyspace: set keyspace too')
  }
  // A keyspace that does not exist yet cannot be used.
  const { keyspace: _, ...options } = client as ClientOptions
  const isGiven = given === undefined || 'execute' in client
  const session = await Session.open(isGiven ? client : options, log)
  try {
    await ensureKeyspace(session, keyspace, wanted.replication)
  } finally {
    await session.shutdown()
  }
}
