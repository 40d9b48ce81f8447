import {
  ClusteringKey,
  Column,
  Entity,
  Index,
  PartitionKey,
  type Uuid,
  getEntityMetadata,
} from '../../lib'

class Stamped {
  @Column('timestamp') createdAt!: Date
}

@Entity({ name: 'orders', comment: 'what was ordered' })
class Order extends Stamped {
  @PartitionKey('uuid') id!: Uuid
  @ClusteringKey('int', { order: 'desc' }) line!: number
  @Index() @Column('text', { name: 'what' }) article = ''
}

it('records what TC39 decorators say, bases included', () => {
  const { table, columns, indexes, options } = getEntityMetadata(Order)
  expect(table).toBe('orders')
  expect(columns.map(({ property, name, kind, order }) => [property, name, kind, order])).toEqual([
    ['id', 'id', 'partitionKey', 'asc'],
    ['line', 'line', 'clustering', 'desc'],
    ['createdAt', 'created_at', 'regular', 'asc'],
    ['article', 'what', 'regular', 'asc'],
  ])
  expect(indexes.map(({ column }) => column.property)).toEqual(['article'])
  expect(options).toEqual({ comment: 'what was ordered' })
})
