import type { CassandraServer } from '../../lib/testing'

export default async function teardown(): Promise<void> {
  await (globalThis as { cassandraServer?: CassandraServer }).cassandraServer?.stop()
}
