import type { SpecKeyspace } from './keyspace'

/** Waits until so many storage-attached indexes can be asked: CREATE INDEX returns before. */
export async function queryable({ client, name }: SpecKeyspace, count: number): Promise<void> {
  for (;;) {
    const { rows } = await client.execute(
      'SELECT is_queryable FROM system_views.sai_column_indexes WHERE keyspace_name = ?',
      [name],
      { prepare: true },
    )
    if (rows.length === count && rows.every((row) => row['is_queryable'] === true)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
