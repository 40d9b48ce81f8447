import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { tracingChannel } from 'node:diagnostics_channel'
import {
  type Class,
  ClusteringKey,
  Column,
  DataSource,
  Entity,
  Index,
  PartitionKey,
  type Uuid,
} from 'coodie'
import type { Context } from './context'

const columns = ['text', 'int', 'double', 'timestamp', 'list<text>', 'map<text, int>'] as const

/**
 * Measures entities of ten columns before the first call: milliseconds and bytes of heap for the metadata of
 * all, and the statements that `initialize` prepares, which are none.
 */
export async function startUp(
  { db, keyspace }: Context,
  entities: number,
): Promise<{ milliseconds: number; bytes: number; statements: number }> {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  const classes = Array.from({ length: entities }, (_, i) => makeEntity(`entity_${i}`))
  let statements = 0
  const { start } = tracingChannel('coodie:execute')
  const count = () => void statements++
  start.subscribe(count)
  gc()
  const before = process.memoryUsage().heapUsed
  const started = performance.now()
  const source = new DataSource({ client: db.client, keyspace, entities: classes })
  const { entityMetadatas } = source
  const milliseconds = performance.now() - started
  gc()
  const bytes = process.memoryUsage().heapUsed - before
  await source.initialize()
  start.unsubscribe(count)
  if (entityMetadatas.length !== entities) throw new Error('not all entities have metadata')
  return { milliseconds, bytes, statements }
}

function makeEntity(table: string): Class {
  @Entity(table)
  class Made {
    @PartitionKey('uuid') id!: Uuid
    @PartitionKey('text') tenant!: string
    @ClusteringKey('timestamp', { order: 'desc' }) at!: Date
    @Index() @Column('text') kind!: string
  }
  columns.forEach((type, i) => {
    const declare = Column(type as 'text') as (target: object, property: string) => void
    declare(Made.prototype, `column${i}`)
  })
  return Made
}
