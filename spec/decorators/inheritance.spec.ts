import {
  ClusteringKey,
  Column,
  Entity,
  Index,
  PartitionKey,
  Uuid,
  getEntityMetadata,
  primaryKey,
} from '../../lib'

abstract class Numbered<T extends number> {
  @Column('int') number!: T
  @Index() @Column('list<int>') history: T[] = []
}

@Entity()
class Ticket extends Numbered<1 | 2> {
  @PartitionKey('uuid') id!: Uuid
}

@Entity('tasks')
class Task extends Numbered<number> {
  @PartitionKey('uuid') id!: Uuid
  @Column('bigint', { as: 'number', name: 'no' }) override number = 0
}

const columnsOf = (target: new () => object) =>
  getEntityMetadata(target).columns.map(({ property, name, type, kind }) => [
    property,
    name,
    kind,
    'name' in type ? type.name : type.kind,
  ])

it('takes the columns and indexes of a generic base', () => {
  expect(columnsOf(Ticket)).toEqual([
    ['id', 'id', 'partitionKey', 'uuid'],
    ['number', 'number', 'regular', 'int'],
    ['history', 'history', 'regular', 'list'],
  ])
  expect(getEntityMetadata(Ticket).indexes.map(({ column }) => column.property)).toEqual([
    'history',
  ])
})

it('lets a class declare a column of its base anew, for itself alone', () => {
  expect(columnsOf(Task)).toEqual([
    ['id', 'id', 'partitionKey', 'uuid'],
    ['number', 'no', 'regular', 'bigint'],
    ['history', 'history', 'regular', 'list'],
  ])
  expect(columnsOf(Ticket)[1]).toEqual(['number', 'number', 'regular', 'int'])
})

it('does not make an entity of a class whose base is one', () => {
  class Derived extends Ticket {}
  expect(() => getEntityMetadata(Derived)).toThrow(
    'Derived: is not an entity; put @Entity() on the class',
  )
})

it('keeps classes of one name apart', () => {
  const make = (type: 'int' | 'bigint') => {
    @Entity()
    class Same {
      @PartitionKey('uuid') id!: Uuid
    }
    Column(type as string)(Same.prototype as { value?: unknown }, 'value')
    return Same
  }
  const [first, second] = [make('int'), make('bigint')]
  expect(columnsOf(first)[1]).toEqual(['value', 'value', 'regular', 'int'])
  expect(columnsOf(second)[1]).toEqual(['value', 'value', 'regular', 'bigint'])
})

it('knows nothing of [primaryKey] at run time, also where `declare` was forgotten', () => {
  @Entity()
  class Told {
    declare readonly [primaryKey]?: ['id', 'at']
    @PartitionKey('uuid') id!: Uuid
    @ClusteringKey('timestamp') at!: Date
  }
  @Entity()
  class Forgotten {
    readonly [primaryKey]?: ['id', 'at']
    @PartitionKey('uuid') id!: Uuid
    @ClusteringKey('timestamp') at!: Date
  }
  expect(Object.getOwnPropertySymbols(new Told())).toEqual([])
  expect(Object.getOwnPropertySymbols(new Forgotten())).toEqual([primaryKey])
  expect(columnsOf(Forgotten)).toEqual(columnsOf(Told))
})
