import type { Client } from 'cassandra-driver'
import { ClusteringKey, Column, DataSource, Entity, PartitionKey } from '../../lib'
import type { CassandraServer } from '../../lib/testing'

@Entity('rows')
class Row {
  @PartitionKey('int') part!: number
  @ClusteringKey('int') line!: number
  @Column('text') name!: string
}

const partitions = 2_000
const lines = 100

/**
 * Writes 200,000 rows into a ring and scans them by three workers at once; gives how many different ones were seen,
 * and how many more than once.
 */
export async function scanRing(
  server: CassandraServer,
  client: Client,
): Promise<{ readonly seen: number; readonly twice: number }> {
  const { contactPoints, localDataCenter } = server
  await client.execute(
    `CREATE KEYSPACE scanned WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  )
  const db = await new DataSource({
    contactPoints,
    localDataCenter,
    keyspace: 'scanned',
    entities: [Row],
    synchronize: true,
    socketOptions: { readTimeout: 60_000 },
  }).initialize()
  try {
    let next = 0
    const writer = async () => {
      while (next < partitions) {
        const part = next++
        const queries = Array.from({ length: lines }, (_, line) => ({
          query: 'INSERT INTO scanned.rows (part, line, name) VALUES (?, ?, ?)',
          params: [part, line, `${part}/${line}`],
        }))
        await client.batch(queries, { prepare: true, logged: false })
      }
    }
    await Promise.all(Array.from({ length: 8 }, writer))
    const names = new Set<string>()
    let twice = 0
    const rows = db.getRepository(Row)
    await Promise.all(
      [0, 1, 2].map(async (index) => {
        for await (const { name } of rows.scan({ shard: { index, of: 3 }, fetchSize: 2000 })) {
          if (names.has(name)) twice++
          names.add(name)
        }
      }),
    )
    return { seen: names.size, twice }
  } finally {
    await db.destroy()
  }
}
