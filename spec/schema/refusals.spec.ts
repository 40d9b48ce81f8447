import { Column, DataSource, Entity, PartitionKey } from '../../lib'
import type { Change } from '../../lib/schema/diff/change'
import { mergeTables } from '../../lib/schema/model/merge-tables'
import { synchronize } from '../../lib/schema/synchronize'
import { table } from './models'

@Entity('things')
class Thing {
  @PartitionKey('int') id!: number
  @Column('text') name!: string
}

const source = (keyspace?: string) =>
  new DataSource({
    contactPoints: ['127.0.0.1'],
    localDataCenter: 'datacenter1',
    entities: [Thing],
    ...(keyspace === undefined ? {} : { keyspace }),
  })

it('refuses classes of one table with different options', () => {
  const key = { partition: ['id int'] }
  expect(() =>
    mergeTables([
      table('things', key, [], { options: { comment: 'a' } }),
      table('things', key, [], { options: { comment: 'b' } }),
    ]),
  ).toThrow(
    "two classes of the table 'things' have different values of comment; declare both alike",
  )
})

it('refuses to draw a keyspace that no class is in', async () => {
  await expect(
    source('shop').schema.diagram({ from: 'classes', keyspace: 'other' }),
  ).rejects.toThrow("no class has its table in the keyspace 'other'")
})

it('wants to know which keyspace to write classes for', async () => {
  await expect(source().schema.generateEntities()).rejects.toThrow(
    'no keyspace is named; give it, or the DataSource one',
  )
})

it('gives up when another process undoes what it does', async () => {
  const change: Change = {
    kind: 'createTable',
    keyspace: 'shop',
    table: 'things',
    cql: 'CREATE TABLE',
    safety: 'safe',
    reason: 'the table things is not there',
  }
  let count = 0
  const session = {
    query: async () => [],
    queryEachNode: async () => [],
    executeSchema: async () => void count++,
  }
  await expect(synchronize(session, async () => ({ changes: [change] }), {})).rejects.toThrow(
    'the schema is still not like the classes after 20 rounds; does another process change it back?',
  )
  expect(count).toBe(20)
})
