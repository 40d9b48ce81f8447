import {
  ChildEntity,
  ClusteringKey,
  Column,
  Entity,
  Index,
  MaterializedView,
  PartitionKey,
  TableInheritance,
  type Uuid,
  getEntityMetadata,
} from '../../lib'

@Entity('animals')
@TableInheritance({ column: 'kind', value: 'animal' })
class Animal {
  @PartitionKey('uuid') id!: Uuid
  @Index() @Column('text') kind!: string
}
@ChildEntity('dog')
class Dog extends Animal {
  @Column('text') breed?: string | null
}
@ChildEntity('puppy')
class Puppy extends Dog {
  @Column('uuid') mother?: Uuid | null
}
@MaterializedView({ from: () => Animal })
class AnimalByKind {
  @PartitionKey('text') kind!: string
  @ClusteringKey('uuid') id!: Uuid
}

it('records classes of one table', () => {
  const names = (target: new () => object) =>
    getEntityMetadata(target).columns.map(({ name }) => name)
  expect(names(Animal)).toEqual(['id', 'kind', 'breed', 'mother'])
  expect(names(Dog)).toEqual(['id', 'kind', 'breed', 'mother'])
  expect(getEntityMetadata(Puppy)).toMatchObject({ table: 'animals' })
  expect(
    getEntityMetadata(Animal).inheritance?.classes.map(({ target, value }) => [target, value]),
  ).toEqual([
    [Animal, 'animal'],
    [Dog, 'dog'],
    [Puppy, 'puppy'],
  ])
})

it('records views', () => {
  const view = getEntityMetadata(AnimalByKind)
  expect(view).toMatchObject({ kind: 'view', table: 'animal_by_kind' })
  expect(view.from?.target).toBe(Animal)
})
