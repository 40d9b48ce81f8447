import {
  ClusteringKey,
  Column,
  Entity,
  Field,
  Index,
  PartitionKey,
  UserDefinedType,
  type Uuid,
  frozen,
  getEntityMetadata,
  json,
  list,
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

abstract class Placed {
  @Field('double') latitude!: number
}

@UserDefinedType('geo')
class Geo extends Placed {
  @Field('text', { default: 'here' }) label?: string | null
}

enum Size {
  Small = 'S',
  Large = 'L',
}

@Entity()
class Shop {
  @PartitionKey('int') id!: number
  @Column(() => Geo) place?: Geo | null
  @Column(list(frozen(() => Geo))) others: Geo[] = []
  @Column('text', { transformer: json<{ open: boolean }>() }) settings!: { open: boolean }
  @Column('text', { enum: Size }) size!: Size
}

it('records user-defined types, transformers and enums', () => {
  const { columns, userTypes } = getEntityMetadata(Shop)
  expect(
    userTypes.map(({ type: name, fields }) => [name, fields.map((field) => field.name)]),
  ).toEqual([['geo', ['latitude', 'label']]])
  const [, place, others, settings, size] = columns.map(({ codec }) => codec)
  expect({ ...(place?.check({ latitude: 1 }) as object) }).toEqual({ latitude: 1, label: 'here' })
  expect(others?.parts?.value.fields?.get('latitude')?.name).toBe('latitude')
  expect(settings?.check({ open: true })).toBe('{"open":true}')
  expect(() => size?.check('M')).toThrow("must be one of 'S', 'L'")
  const read = place?.fromDriver({ latitude: 2, label: null })
  expect(read).toBeInstanceOf(Geo)
  expect(read).toEqual({ latitude: 2, label: null })
})
