import type { Client } from 'cassandra-driver'
import { preparedQueriesOf } from './client-members'

/** More texts than the driver keeps prepared statements for; beyond it the memory starts again. */
const maxKeys = 1000

/**
 * Remembers the keys of prepared statements. To find a statement, the driver joins its keyspace and text to a new
 * string, and hashes it, on every call. Changes nothing if the driver makes its keys in another way.
 */
export function rememberStatementKeys(client: Client): void {
  const statements = preparedQueriesOf(client)
  if (typeof statements?._getKey !== 'function' || Object.hasOwn(statements, '_getKey')) return
  const original = statements._getKey.bind(statements)
  if (original('a', 'b') !== 'ab' || original(undefined, 'b') !== 'b') return
  const known = new Map<string | undefined, Map<string, string>>()
  let size = 0
  statements._getKey = (keyspace, cql) => {
    let ofKeyspace = known.get(keyspace)
    const remembered = ofKeyspace?.get(cql)
    if (remembered !== undefined) return remembered
    if (size === maxKeys) {
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
