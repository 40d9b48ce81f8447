import type { Client } from 'cassandra-driver'

interface PreparedStatements {
  _getKey(keyspace: string | undefined, cql: string): string
}

/** More texts than the driver keeps prepared statements for; then the memory begins anew. */
const capacity = 1000

/**
 * The driver looks a prepared statement up by its keyspace and text joined together, which makes a new string, and
 * hashes it, on every call. Ours are remembered. Changes nothing where the driver is not as it was when this was
 * written.
 */
export function rememberStatementKeys({ metadata }: Client): void {
  const { _preparedQueries: statements } = metadata as unknown as {
    readonly _preparedQueries?: PreparedStatements
  }
  if (typeof statements?._getKey !== 'function' || Object.hasOwn(statements, '_getKey')) return
  const original = statements._getKey.bind(statements)
  if (original('a', 'b') !== 'ab' || original(undefined, 'b') !== 'b') return
  const known = new Map<string | undefined, Map<string, string>>()
  let size = 0
  statements._getKey = (keyspace, cql) => {
    let ofKeyspace = known.get(keyspace)
    const remembered = ofKeyspace?.get(cql)
    if (remembered !== undefined) return remembered
    if (size === capacity) {
      known.clear()
      ofKeyspace = undefined
      size = 0
    }
    if (ofKeyspace === undefined) known.set(keyspace, (ofKeyspace = new Map()))
    const key = original(keyspace, cql)
    ofKeyspace.set(cql, key)
    size++
    return key
  }
}
