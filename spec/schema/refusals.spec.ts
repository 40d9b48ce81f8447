import { Column, DataSource, Entity, PartitionKey } from '../../lib'
import { mergeTables } from '../../lib/schema/model/merge-tables'
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
  ).rejects.toThrow("no class has its table in keyspace 'other'")
})

it('wants to know which keyspace to write classes for', async () => {
  await expect(source().schema.generateEntities()).rejects.toThrow(
    'no keyspace is given; pass { keyspace }, or give the DataSource one',
  )
})
