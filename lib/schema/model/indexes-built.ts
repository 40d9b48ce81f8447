import { setTimeout as sleep } from 'node:timers/promises'
import { introspectKeyspace } from './introspect'
import { sameIndex } from './same-index'
import type { SchemaSession } from './schema-session'
import type { KeyspaceModel } from './table-model'

/** Waits until all declared indexes are built on all nodes. Throws the signal's reason when that comes first. */
export async function indexesBuilt(
  session: SchemaSession,
  declared: readonly KeyspaceModel[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const wanted of declared) {
    const names = namesOf(wanted, await introspectKeyspace(session, wanted.name))
    for (let pause = 50; names.length > 0; pause = Math.min(pause * 2, 2000)) {
      // What this table calls the name of a table is the keyspace.
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

/** What the declared indexes are called there. */
function namesOf(wanted: KeyspaceModel, found: KeyspaceModel): readonly string[] {
  return wanted.tables.flatMap((table) => {
    const there = found.tables.find(({ name }) => name === table.name)?.indexes ?? []
    return table.indexes.flatMap((index) => {
      const other = there.find((each) => sameIndex(index, each, found.defaultIndex))
      return other?.name ?? []
    })
  })
}
