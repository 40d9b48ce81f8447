import { setTimeout as sleep } from 'node:timers/promises'
import { introspectKeyspace } from './model/introspect'
import { sameIndex } from './model/same-index'
import type { SchemaSession } from './model/schema-session'
import type { KeyspaceModel } from './model/table-model'

/** Waits until all declared indexes are built on all nodes. Throws the signal's reason if it aborts first. */
export async function awaitIndexes(
  session: SchemaSession,
  declared: readonly KeyspaceModel[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const wanted of declared) {
    const names = namesOf(wanted, await introspectKeyspace(session, wanted.name))
    for (let pause = 50; names.length > 0; pause = Math.min(pause * 2, 2000)) {
      // The column table_name of this table contains the name of the keyspace.
      const nodes = await session.queryEachNode(
        'SELECT index_name FROM system."IndexInfo" WHERE table_name = ?',
        [wanted.name],
      )
      const built = nodes.map((rows) => new Set(rows.map((row) => row['index_name'])))
      if (names.every((name) => built.every((ofNode) => ofNode.has(name)))) break
      await sleep(pause, undefined, signal === undefined ? {} : { signal })
    }
  }
}

/** The names of the declared indexes in the cluster. */
function namesOf(wanted: KeyspaceModel, found: KeyspaceModel): readonly string[] {
  return wanted.tables.flatMap((table) => {
    const stored = found.tables.find(({ name }) => name === table.name)?.indexes ?? []
    return table.indexes.flatMap((index) => {
      const other = stored.find((each) => sameIndex(index, each, found.server?.defaultIndex))
      return other?.name ?? []
    })
  })
}
