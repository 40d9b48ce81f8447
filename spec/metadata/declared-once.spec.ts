import {
  ChildEntity,
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  Field,
  Index,
  MaterializedView,
  PartitionKey,
  StaticColumn,
  TableInheritance,
  UserDefinedType,
  frozen,
  getEntityMetadata,
} from '../../lib'
import { problemsOf } from './problems-of'

describe('a decorator of a class', () => {
  it('stands there once', () => {
    @Entity('a')
    @Entity('b')
    @TableInheritance({ column: 'kind' })
    @TableInheritance({ column: 'id' })
    class Twice {
      @PartitionKey('text') id!: string
      @Column('text') kind!: string
    }
    expect(problemsOf(Twice)).toEqual([
      'Twice: has @TableInheritance() twice; keep one of the decorators',
      'Twice: has @Entity() twice; keep one of the decorators',
    ])
  })

  it('stands there once on children, views and types too', () => {
    @Entity()
    @TableInheritance({ column: 'kind' })
    class Animal {
      @PartitionKey('text') id!: string
      @Column('text') kind!: string
    }
    @ChildEntity('dog')
    @ChildEntity('cat')
    class Pet extends Animal {}
    expect(problemsOf(Pet)).toEqual(['Pet: has @ChildEntity() twice; keep one of the decorators'])
    @Entity()
    class Base {
      @PartitionKey('text') id!: string
    }
    @MaterializedView({ from: () => Base })
    @MaterializedView({ from: () => Base, name: 'v' })
    class View {
      @PartitionKey('text') id!: string
    }
    expect(problemsOf(View)).toEqual([
      'View: has @MaterializedView() twice; keep one of the decorators',
    ])
    @UserDefinedType('one')
    @UserDefinedType('two')
    class Money {
      @Field('int') cents!: number
    }
    @Entity()
    class Price {
      @PartitionKey('text') id!: string
      @Column(frozen(() => Money)) money?: Money | null
    }
    expect(problemsOf(Price)).toEqual([
      'Money: has @UserDefinedType() twice; keep one of the decorators',
    ])
  })

  it('may stand on a class and on its base', () => {
    @Entity('a')
    class A {
      @PartitionKey('text') id!: string
    }
    @Entity('b')
    class B extends A {}
    expect([A, B].map((each) => getEntityMetadata(each).table)).toEqual(['a', 'b'])
  })
})

it('a decorated parameter of a constructor is told what to write', () => {
  const decorate = PartitionKey('int') as unknown as ParameterDecorator
  @Entity()
  class Point {
    readonly id: number
    constructor(@decorate id: number, @decorate y: number) {
      this.id = id + y
    }
  }
  const message =
    'has a decorated parameter, and a column is a property: declare it in the body of the class, ' +
    'put the decorator there and leave it out of the parameters'
  expect(problemsOf(Point)).toContain(`Point.constructor: ${message}`)
})

describe('a column that a derived class declares anew', () => {
  class Base {
    @PartitionKey('uuid', { as: 'string' }) id!: string
    @Index() @Column('text', { name: 'the_name', default: 'x', ttl: 5 }) name!: string
    @Index({ name: 'a' }) @Index({ name: 'b', using: 'sai' }) @Column('int') size!: number
  }

  it('is declared whole: nothing of the base stays', () => {
    @Entity()
    class Derived extends Base {
      @Column('text') declare name: string
    }
    const { byProperty, indexes } = getEntityMetadata(Derived)
    expect(byProperty['name']).toMatchObject({ name: 'name', default: undefined, ttl: undefined })
    expect(indexes.map(({ name, column }) => [name, column.property])).toEqual([
      ['b', 'size'],
      ['a', 'size'],
    ])
  })

  it('loses the indexes of the base by @Index(false)', () => {
    @Entity()
    class Derived extends Base {
      @Index(false) declare size: number
      @Index(false) @Index({ name: 'own' }) declare name: string
    }
    const { byProperty, indexes } = getEntityMetadata(Derived)
    expect(indexes.map(({ name, column }) => [name, column.property])).toEqual([['own', 'name']])
    expect(byProperty['name']).toMatchObject({ name: 'the_name', ttl: 5 })
  })

  it('keeps the index in classes of one table, which have one index', () => {
    @Entity()
    @TableInheritance({ column: 'kind' })
    class Animal {
      @PartitionKey('text') id!: string
      @Column('text') kind!: string
      @Index() @Column('text') name!: string
    }
    @ChildEntity('dog')
    class Dog extends Animal {
      @Column('text') declare name: string
    }
    expect(getEntityMetadata(Dog).indexes).toHaveLength(1)
    @ChildEntity('cat')
    class Cat extends Animal {
      @Index(false) declare name: string
    }
    expect(problemsOf(Cat)).toEqual([
      'Cat.name: has @Index(false), and the classes of a table share its indexes; declare them in the base',
    ])
  })
})

describe('@CounterColumn', () => {
  it('may be static: one counter for all rows of a partition', () => {
    @Entity()
    class Forum {
      @PartitionKey('text') forum!: string
      @ClusteringKey('int') thread!: number
      @CounterColumn({ static: true }) posts!: bigint
      @CounterColumn({ static: false }) likes!: bigint
    }
    const { byProperty, hasCounters, hasStatics } = getEntityMetadata(Forum)
    expect(byProperty['posts']).toMatchObject({ kind: 'static', isCounter: true })
    expect(byProperty['likes']).toMatchObject({ kind: 'counter', isCounter: true })
    expect({ hasCounters, hasStatics }).toEqual({ hasCounters: true, hasStatics: true })
  })

  it('is static beside a clustering key alone', () => {
    @Entity()
    class Forum {
      @PartitionKey('text') forum!: string
      @CounterColumn({ static: true }) posts!: bigint
    }
    expect(problemsOf(Forum)).toEqual([
      'Forum.posts: is static, which needs a clustering key; write @CounterColumn()',
    ])
  })

  it('refuses options that it does not have', () => {
    @Entity()
    class Forum {
      @PartitionKey('text') forum!: string
      @CounterColumn({ statik: true } as object) posts!: bigint
      @Column('int', { static: true } as never) x!: number
    }
    expect(problemsOf(Forum)).toContain(
      "Forum.posts: 'statik' is not an option of @CounterColumn(); did you mean 'static'?",
    )
    expect(problemsOf(Forum)).toContain(
      "Forum.x: 'static' is not an option of @Column(): write @StaticColumn(), or @CounterColumn({ static: true })",
    )
  })
})

describe('masked', () => {
  it('is kept as it is written', () => {
    @Entity()
    class Customer {
      @PartitionKey('text', { masked: 'default' }) id!: string
      @ClusteringKey('int', { masked: 'mask_null()' }) at!: number
      @StaticColumn('text', { masked: "mask_replace('x')" }) plan!: string
      @Column('text', { masked: 'mask_inner(1, 1)' }) email!: string
      @Column('text') note!: string
    }
    expect(getEntityMetadata(Customer).columns.map(({ masked }) => masked)).toEqual([
      'default',
      'mask_null()',
      "mask_replace('x')",
      'mask_inner(1, 1)',
      undefined,
    ])
  })

  it.each(['', 'mask inner', 'mask_inner', 'f(1); DROP'])('is a function: not %j', (masked) => {
    @Entity()
    class Customer {
      @PartitionKey('text') id!: string
      @Column('text', { masked }) email!: string
    }
    expect(problemsOf(Customer)).toEqual([
      "Customer.email: the option 'masked' of @Column() must be a masking function such as 'mask_inner(1, 1)', or 'default'",
    ])
  })

  it('is of the table, not of a view', () => {
    @Entity()
    class Customer {
      @PartitionKey('text') id!: string
      @Column('text', { masked: 'default' }) email!: string
    }
    @MaterializedView({ from: () => Customer })
    class View {
      @PartitionKey('text') id!: string
      @Column('text', { masked: 'default' }) email!: string
    }
    expect(problemsOf(View)).toEqual([
      'View.email: is masked, and a view has the masks of its table; leave masked out',
    ])
  })
})

it('a table says whether it is snapshotted and backed up', () => {
  @Entity({ allowAutoSnapshot: false, incrementalBackups: true })
  class Log {
    @PartitionKey('text') id!: string
  }
  expect(getEntityMetadata(Log).options).toEqual({
    allow_auto_snapshot: false,
    incremental_backups: true,
  })
})
