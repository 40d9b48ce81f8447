import { tracingChannel } from 'node:diagnostics_channel'
import { type Class, Column, DataSource, Entity, Index, PartitionKey, type Uuid } from 'coodie'
import type { SchemaCases } from '../contender'
import type { Context } from './context'

export const schema: SchemaCases<Context> = {
  'sync-create': (context) => {
    let made = 0
    return async () => {
      const table = `created_${made++}`
      const db = await sourceOf(context, makeEntity(table))
      await db.schema.sync()
      return table
    }
  },
  'sync-noop': async (context) => {
    const db = await sourceOf(context, makeEntity('synced'))
    await db.schema.sync()
    await requireSilence(() => db.schema.sync())
    return () => db.schema.sync()
  },
}

async function sourceOf({ db, keyspace }: Context, entity: Class): Promise<DataSource> {
  return new DataSource({ client: db.client, keyspace, entities: [entity] }).initialize()
}

function makeEntity(table: string): Class {
  @Entity(table)
  class Made {
    @PartitionKey('uuid') id!: Uuid
    @Index() @Column('text') eventType!: string
    @Column('text') payload = ''
  }
  return Made
}

/** Throws when anything is sent. */
async function requireSilence(run: () => Promise<unknown>): Promise<void> {
  const { start } = tracingChannel('coodie:execute')
  let sent = 0
  const count = () => void sent++
  start.subscribe(count)
  await run()
  start.unsubscribe(count)
  if (sent > 0) throw new Error(`a sync without changes sent ${sent} statements`)
}
