import { Column, DataSource, Entity, PartitionKey, getEntityMetadata } from '../../lib'
import { SchemaError } from '../../lib/errors/errors'
import { declaredTable } from '../../lib/schema/declared-table'
import { mergeTables } from '../../lib/schema/merge-tables'
import { synchronize } from '../../lib/schema/synchronize'
import { failure } from '../server/failure'

@Entity({ name: 'items', comment: 'a', gcGraceSeconds: 5 })
class One {
  @PartitionKey('int') id!: number
}
@Entity({ name: 'items', comment: 'a', gcGraceSeconds: 6 })
class Two {
  @PartitionKey('int') id!: number
  @Column('int') size?: number | null
}

it('two classes of one table agree in its options', () => {
  const tables = [One, Two].map((each) => declaredTable(getEntityMetadata(each), 'shop'))
  expect(() => mergeTables(tables)).toThrow(
    new SchemaError(
      "two classes of the table 'items' have different values of gc_grace_seconds; declare both alike",
    ),
  )
})

it('a keyspace must be named, and have classes where these are drawn', async () => {
  const options = { contactPoints: ['127.0.0.1'], localDataCenter: 'dc1' }
  const nowhere = new DataSource({ ...options, entities: [One] }).schema
  expect((await failure(() => nowhere.generateEntities())).message).toBe(
    'no keyspace is named; give it, or the DataSource one',
  )
  const { schema } = new DataSource({ ...options, keyspace: 'shop', entities: [One] })
  const error = await failure(() => schema.diagram({ from: 'classes', keyspace: 'other' }))
  expect(error.message).toBe("no class has its table in the keyspace 'other'")
})

it('a schema that another process changes back is not synchronized for ever', async () => {
  const executed: string[] = []
  const session = {
    query: () => Promise.resolve([]),
    executeSchema: async (cql: string) => void executed.push(cql),
  }
  const change = {
    kind: 'createTable',
    keyspace: 'shop',
    table: 'items',
    name: 'items',
    cql: 'CREATE TABLE items',
    safety: 'safe',
    reason: 'it is not there',
  } as const
  const plan = () => Promise.resolve({ changes: [change] })
  const error = await failure(() => synchronize(session as never, plan as never, {}))
  expect(error.message).toBe(
    'the schema is still not like the classes after 20 rounds; does another process change it back?',
  )
  expect(executed).toHaveLength(20)
})
