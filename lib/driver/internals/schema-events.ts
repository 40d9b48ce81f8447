import type { Client } from 'cassandra-driver'

/** A change of the schema by any process. */
export interface SchemaChange {
  readonly isCreation: boolean
  readonly isDrop: boolean
  readonly keyspace: string
}

/**
 * Calls `listener` for each change of the schema, by any process. The driver has no event for it, but the message that
 * it logs for a change carries the server's event. Returns a function that stops it.
 */
export function onSchemaChange(
  client: Client,
  listener: (change: SchemaChange) => void,
): () => void {
  const onLog = (_level: string, _source: string, _message: string, event: unknown) => {
    const { schemaChangeType, keyspace } = (event ?? {}) as Record<string, unknown>
    if (typeof schemaChangeType === 'string' && typeof keyspace === 'string') {
      listener({
        isCreation: schemaChangeType === 'CREATED',
        isDrop: schemaChangeType === 'DROPPED',
        keyspace,
      })
    }
  }
  client.on('log', onLog)
  return () => client.off('log', onLog)
}
