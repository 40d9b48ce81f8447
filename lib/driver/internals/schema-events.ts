import type { Client } from 'cassandra-driver'

/**
 * Calls `listener` with the keyspace in which something is dropped, by any process. The driver has no event for it,
 * but the message that it logs for a schema change carries the server's event. Returns a function that stops it.
 */
export function onSchemaDrop(client: Client, listener: (keyspace: string) => void): () => void {
  const onLog = (_level: string, _source: string, _message: string, event: unknown) => {
    const { schemaChangeType, keyspace } = (event ?? {}) as Record<string, unknown>
    if (schemaChangeType === 'DROPPED' && typeof keyspace === 'string') listener(keyspace)
  }
  client.on('log', onLog)
  return () => client.off('log', onLog)
}
