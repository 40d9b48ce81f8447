import type { Client } from 'cassandra-driver'
import type { SchemaCases } from '../contender'

export const schema: SchemaCases<Client> = {
  'sync-create': (client) => {
    let made = 0
    return async () => {
      const table = `created_${made++}`
      await client.execute(
        `CREATE TABLE IF NOT EXISTS ${table} (id uuid PRIMARY KEY, event_type text, payload text)`,
      )
      await client.execute(`CREATE INDEX IF NOT EXISTS ON ${table} (event_type)`)
      return table
    }
  },
  'sync-noop': { cannot: 'it knows no tables to compare' },
}
