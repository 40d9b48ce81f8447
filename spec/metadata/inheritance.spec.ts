import {
  ChildEntity,
  ClusteringKey,
  Column,
  ComputedColumn,
  CounterColumn,
  Entity,
  Index,
  LocalDate,
  MaterializedView,
  PartitionKey,
  StaticColumn,
  TableInheritance,
  Uuid,
  getEntityMetadata,
} from '../../lib'
import { failure } from '../server/failure'

@Entity({ name: 'animals', comment: 'all of them', keyspace: 'zoo' })
@TableInheritance({ column: 'kind' })
abstract class Animal {
  @PartitionKey('uuid') id!: Uuid
  @ClusteringKey('int') no!: number
  @Index() @Column('text') kind!: string
  @Column('text') name = ''
}
@ChildEntity('dog')
class Dog extends Animal {
  @Column('text') breed?: string | null
  @Index() @Column('int') size?: number | null
  @ComputedColumn({ function: 'ttl', of: 'breed' }) expires?: number | null
}
@ChildEntity('puppy')
class Puppy extends Dog {
  @StaticColumn('text') mother?: string | null
  @Column('text', { default: 'Pup' }) override name = ''
}
@ChildEntity('cat')
class Cat extends Animal {
  @Column('int') lives = 9
  @Index() @Column('int') size?: number | null
}

const message = async (target: object) =>
  (await failure(() => getEntityMetadata(target as new () => object))).message
const names = (target: object) =>
  getEntityMetadata(target as new () => object).columns.map(({ name }) => name)

it('gives a class the columns of its bases and of what is derived from it', () => {
  expect(names(Animal)).toEqual(['id', 'no', 'mother', 'kind', 'name', 'breed', 'size', 'lives'])
  expect(names(Dog)).toEqual(['id', 'no', 'mother', 'kind', 'name', 'breed', 'size'])
  expect(names(Puppy)).toEqual(['id', 'no', 'mother', 'kind', 'name', 'breed', 'size'])
  expect(names(Cat)).toEqual(['id', 'no', 'kind', 'name', 'lives', 'size'])
  const animal = getEntityMetadata(Animal)
  expect(animal.columns.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  for (const { column } of animal.indexes) expect(animal.columns).toContain(column)
  expect(animal.indexes.map(({ column }) => column.property)).toEqual(['kind', 'size'])
  expect(animal.computed.map(({ property, ordinal }) => [property, ordinal])).toEqual([
    ['expires', 8],
  ])
  expect(animal.computed[0]?.of).toBe(animal.byProperty['breed'])
})

it('knows the table, the value and the classes of each', () => {
  for (const target of [Animal, Dog, Puppy, Cat]) {
    expect(getEntityMetadata(target as never)).toMatchObject({
      kind: 'table',
      table: 'animals',
      keyspace: 'zoo',
      options: { comment: 'all of them' },
    })
  }
  const animal = getEntityMetadata(Animal).inheritance
  expect(animal?.value).toBeUndefined()
  expect(animal?.classes.map(({ name, value, properties }) => [name, value, properties])).toEqual([
    ['Dog', 'dog', ['id', 'no', 'kind', 'name', 'breed', 'size', 'expires']],
    ['Puppy', 'puppy', ['id', 'no', 'mother', 'kind', 'name', 'breed', 'size', 'expires']],
    ['Cat', 'cat', ['id', 'no', 'kind', 'name', 'lives', 'size']],
  ])
  const dog = getEntityMetadata(Dog).inheritance
  expect([dog?.value, dog?.unknown, dog?.base.target]).toEqual(['dog', 'error', Animal])
  expect(dog?.classes.map(({ name }) => name)).toEqual(['Dog', 'Puppy'])
  expect(Object.isFrozen(dog) && Object.isFrozen(dog?.classes)).toBe(true)
})

it('takes numbers, booleans and texts as values, in the form of the column', () => {
  @Entity()
  @TableInheritance({ column: 'kind', value: 0, unknown: 'base' })
  class Base {
    @PartitionKey('int') id!: number
    @Column('bigint') kind!: bigint
  }
  @ChildEntity(1)
  class Derived extends Base {}
  expect(getEntityMetadata(Base).inheritance).toMatchObject({ value: 0n, unknown: 'base' })
  expect(getEntityMetadata(Derived).inheritance?.value).toBe(1n)
})

it('tells what is wrong with the base and with all its classes in one error', async () => {
  @Entity()
  @TableInheritance({ column: 'kind', vlaue: 'x' } as never)
  class Base {
    @PartitionKey('int') id!: number
    @Column('text', { select: false, ttl: 5, default: 'a' }) kind!: string
  }
  @ChildEntity('one')
  class One extends Base {
    @ClusteringKey('int') at!: number
    @Column('int') size!: number
    @Column('int', { name: 'x' }) first!: number
  }
  @ChildEntity('one')
  class Two extends Base {
    @Column('text') size!: string
    @Column('int', { name: 'x' }) second!: number
    @Column('list<' as string) broken!: unknown
  }
  const text = await message(Base)
  for (const line of [
    `Base: 'vlaue' is not an option of @TableInheritance(); did you mean 'value'?`,
    'Base.kind: tells the class of a row and is always read; leave select out',
    'Base.kind: tells the class of a row and must not expire before its row; leave ttl out',
    'Base.kind: tells the class of a row and is set by the class: @TableInheritance({ value }) is for the base; leave default out',
    'One.at: is in the key of a @ChildEntity(), and the base declares the key for all classes; declare it there',
    'Two.broken: ',
  ]) {
    expect(text).toContain(line)
  }
  expect(await message(One)).toContain('One.at: is in the key of a @ChildEntity()')
  expect(await message(Two)).toContain('Two.broken: ')
})

it('needs a value of every class, which the column can hold and an object can have as a key', async () => {
  @Entity()
  @TableInheritance({ column: 'kind' })
  class Base {
    @PartitionKey('int') id!: number
    @Column('date') kind!: LocalDate
  }
  @ChildEntity(undefined as never)
  class None extends Base {}
  @ChildEntity(LocalDate.fromString('2026-01-31') as never)
  class Day extends Base {}
  expect(await message(None)).toContain(
    `None: its value for 'kind' does not fit the column: it has no value; give it one`,
  )
  expect(await message(Day)).toContain(
    `Day: its value for 'kind' does not fit the column: it must be a text, a number or a boolean`,
  )
})

it('refuses columns of two classes that are one column and differ', async () => {
  @Entity()
  @TableInheritance({ column: 'kind' })
  class Base {
    @PartitionKey('int') id!: number
    @Column('text') kind!: string
  }
  @ChildEntity('one')
  class One extends Base {
    @Column('int') size!: number
    @Column('bigint') much!: bigint
    @Column('int', { name: 'x' }) first!: number
    @Column('int', { default: 1 }) count!: number
  }
  @ChildEntity('one')
  class Two extends Base {
    @Column('text') size!: string
    @Column('bigint', { as: 'number' }) much!: number
    @Column('int', { name: 'x' }) second!: number
    @Column('int', { default: 2 }) count!: number
  }
  const otherwise =
    'is declared differently in One and in Two, which share one table; ' +
    'declare it the same way, or rename one of them'
  expect((await message(Base)).split('\n')).toEqual([
    'Base has 4 problems:',
    `  - Base.size: ${otherwise}`,
    `  - Base.much: ${otherwise}`,
    `  - Base.second: has the column name 'x' of 'first' in another class of the same table; give one of them another`,
    '  - Base: One and Two have the same value; give one of them another',
  ])
  expect([names(One).length, names(Two).length]).toEqual([6, 6])
})

it('refuses decorators that do not go together, and bases that are none', async () => {
  class Nothing {
    @PartitionKey('int') id!: number
  }
  @ChildEntity('x')
  class Orphan extends Nothing {}
  expect(await message(Orphan)).toBe(
    'Orphan: has @ChildEntity(), and no class that it is derived from has @TableInheritance(); put it on the base',
  )
  @TableInheritance({ column: 'id' })
  class Tableless extends Nothing {}
  expect(await message(Tableless)).toBe(
    'Tableless: has @TableInheritance() and no table; put @Entity() on the class too',
  )
  class Undecorated extends Cat {}
  expect(await message(Undecorated)).toBe(
    'Undecorated: is not an entity; put @ChildEntity(value) on the class, or @Entity() for a table of its own',
  )
  @Entity()
  @TableInheritance({ column: 'knd' as 'kind', unknown: 'nul' as 'base' })
  class Misspelt extends Nothing {
    @Column('text') kind!: string
  }
  expect(await message(Misspelt)).toContain(
    `Misspelt: the option 'unknown' of @TableInheritance() must be one of 'error', 'base'`,
  )
  @Entity()
  @TableInheritance({ column: 'knd' as 'kind' })
  class MisspeltToo extends Nothing {
    @Column('text') kind!: string
  }
  expect(await message(MisspeltToo)).toBe(
    `MisspeltToo: @TableInheritance(): 'knd' is not a column of the class; did you mean 'kind'?; ` +
      'name the property that tells the class of a row',
  )
  @Entity()
  @TableInheritance({ column: 'page' })
  class Hits {
    @PartitionKey('text') page!: string
    @CounterColumn() views!: bigint
  }
  expect(await message(Hits)).toBe(
    'Hits: has counters, and Cassandra cannot store the class of a row beside counters',
  )
  @Entity()
  @TableInheritance({ column: 'kind' })
  class Parent extends Nothing {
    @Column('text') kind!: string
  }
  @Entity('own')
  @ChildEntity('x')
  class WithTable extends Parent {}
  expect(await message(WithTable)).toBe(
    'WithTable: has @ChildEntity(), which puts it in the table of its base; leave @Entity() out',
  )
  @ChildEntity(new Date() as never)
  class Dated extends Parent {}
  expect(await message(Dated)).toMatch(/^Dated: its value for 'kind' does not fit the column: /u)
})

it('lets a class derived from an entity have a table of its own', () => {
  @Entity('lions')
  class Lion extends Cat {}
  expect(getEntityMetadata(Lion)).toMatchObject({ table: 'lions', inheritance: undefined })
})

it('refuses a class that comes when its base has been used', async () => {
  @Entity()
  @TableInheritance({ column: 'kind' })
  class Early {
    @PartitionKey('int') id!: number
    @Column('text') kind!: string
  }
  expect(getEntityMetadata(Early).inheritance?.classes).toEqual([])
  @ChildEntity('late')
  class Late extends Early {}
  expect(await message(Late)).toBe(
    'Late: was declared after Early was first used, and would be missing there; import it before',
  )
})

it('has views of the whole table only', async () => {
  @MaterializedView({ from: () => Cat })
  class CatByNo {
    @PartitionKey('int') no!: number
    @ClusteringKey('uuid') id!: Uuid
  }
  expect(await message(CatByNo)).toBe(
    'CatByNo: from returns Cat, and a view has the rows of the whole table; write from: () => Animal',
  )
})
