import type { Change } from '../../lib/schema/diff/change'
import { synchronize } from '../../lib/schema/synchronize'

it('gives up when what it makes is unmade each time', async () => {
  const change: Change = {
    kind: 'createType',
    keyspace: 'shop',
    type: 'u',
    cql: 'CREATE TYPE …',
    safety: 'safe',
    reason: 'the type u is not there',
  }
  const session = {
    query: () => Promise.resolve([]),
    queryEachNode: () => Promise.resolve([]),
    executeSchema: () => Promise.resolve(),
  }
  await expect(
    synchronize(session, () => Promise.resolve({ changes: [change] }), {}),
  ).rejects.toThrow(
    'the schema is still not like the classes after 20 rounds; does another process change it back?',
  )
})
