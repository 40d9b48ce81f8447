import { DataSource } from 'coodie'
import { Tool } from './entities'

/** Writes and reads a row, and returns what must be true of it. */
export async function tryTool(): Promise<unknown> {
  const db = await new DataSource({
    contactPoints: (process.env['CASSANDRA_CONTACT_POINTS'] ?? '').split(','),
    localDataCenter: process.env['CASSANDRA_LOCAL_DATACENTER'] ?? 'datacenter1',
    keyspace: String(process.env['KEYSPACE']),
    entities: [Tool],
  }).initialize()
  try {
    const tools = db.getRepository(Tool)
    await tools.save(tools.create({ id: 1, name: 'Anvil' }))
    const tool = await tools.findOneByOrFail({ id: 1 })
    return { isTool: tool instanceof Tool, name: tool.name, uses: tool.uses }
  } finally {
    await db.destroy()
  }
}

if (process.env['VITEST'] === undefined) {
  tryTool().then(
    (result) => console.log(JSON.stringify(result)),
    (error: unknown) => {
      console.error(error)
      process.exitCode = 1
    },
  )
}
