import {
  type Class,
  ClusteringKey,
  Column,
  Entity,
  Field,
  Index,
  PartitionKey,
  StaticColumn,
  UserDefinedType,
  frozen,
  getEntityMetadata,
  list,
  map,
  set,
  tuple,
  vector,
} from '../../lib'
import { problemsOf } from './problems-of'

type AnyDecorator = (...args: readonly unknown[]) => (prototype: object, property: string) => void

/** Without the compiler's checks, which refuse most of what is declared here. */
const column = Column as unknown as AnyDecorator
const field = Field as unknown as AnyDecorator

/** An entity `Bad` with the key `id`, and these decorators on properties. */
function bad(
  properties: Readonly<Record<string, readonly ((prototype: object, property: string) => void)[]>>,
  decorate: (target: Class) => void = Entity('bad'),
): Class {
  class Bad {
    declare id: number
  }
  ;(PartitionKey as unknown as AnyDecorator)('int')(Bad.prototype, 'id')
  for (const [property, decorators] of Object.entries(properties)) {
    for (const decorator of decorators) decorator(Bad.prototype, property)
  }
  decorate(Bad)
  return Bad
}

function userType(
  properties: Readonly<Record<string, readonly unknown[]>>,
  name: string | undefined = 'inner',
): Class {
  class Inner {
    declare a: number
  }
  for (const [property, args] of Object.entries(properties)) {
    field(...args)(Inner.prototype, property)
  }
  UserDefinedType(name)(Inner)
  return Inner
}

const Inner = userType({ a: ['int'] })
const Timed = userType({ a: ['duration'] }, 'timed')
const Open = userType({ a: ['list<int>'] }, 'open_type')

const typeCases: readonly [type: unknown, message: string][] = [
  ['strng', "'strng' is not a CQL type; a user-defined type is written () => TheClass"],
  ['list<int', "'list<int' is not a CQL type: a '>' is missing"],
  ['counter', 'a counter is declared with @CounterColumn()'],
  ['list<counter>', 'a counter cannot be inside another type'],
  ['frozen<int>', "only collections, tuples and user-defined types can be frozen; write 'int'"],
  ['list<list<int>>', "a collection inside another must be frozen; write 'frozen<list<int>>'"],
  ['map<text, set<int>>', "a collection inside another must be frozen; write 'frozen<set<int>>'"],
  ['set<duration>', 'a duration has no order and cannot be in a set; use a list'],
  ['map<duration, int>', 'a duration has no order and cannot be the key of a map'],
  ['frozen<set<duration>>', 'a duration has no order and cannot be in a set; use a list'],
  [set(frozen(() => Timed)), 'a duration has no order and cannot be in a set; use a list'],
  [vector('float', 0), 'a vector needs a whole number of elements, from 1'],
  [vector('float', 1.5), 'a vector needs a whole number of elements, from 1'],
  [tuple(), 'a tuple needs at least one component'],
  [
    list(() => Inner),
    'a user-defined type inside a collection must be frozen; write frozen(() => Inner)',
  ],
  [
    map('int', list(frozen(() => Inner))),
    'a collection inside another must be frozen; put frozen(…) around it',
  ],
  [
    () => Open,
    'Inner.a is a collection that is not frozen, so the type must be; write frozen(() => Inner), or freeze the field',
  ],
  [Inner, 'its type is the class itself; write () => Inner'],
  [
    () => undefined,
    'its type, a function, returned undefined; is the class imported in a circle, or not exported?',
  ],
  [() => Date, 'Date is not a user-defined type; put @UserDefinedType() on the class'],
]

it.each(typeCases.map(([type, message]) => ({ type, message })))(
  '$message',
  ({ type, message }) => {
    expect(problemsOf(bad({ a: [column(type)] }))).toEqual([`Bad.a: ${message}`])
  },
)

const keyCases: readonly [type: unknown, message: string][] = [
  ['list<int>', "a collection in a key must be frozen; write 'frozen<list<int>>'"],
  [list(frozen(() => Inner)), 'a collection in a key must be frozen; put frozen(…) around it'],
  [() => Inner, 'a user-defined type in a key must be frozen; write frozen(() => Inner)'],
  ['duration', 'a duration has no order and cannot be in a key; store it in a plain column'],
  [
    'tuple<int, duration>',
    'a duration has no order and cannot be in a key; store it in a plain column',
  ],
  [
    frozen(() => Timed),
    'a duration has no order and cannot be in a key; store it in a plain column',
  ],
]

it.each(keyCases.map(([type, message]) => ({ type, message })))(
  'of a key: $message',
  ({ type, message }) => {
    const key = (ClusteringKey as unknown as AnyDecorator)(type)
    expect(problemsOf(bad({ a: [key] }))).toEqual([`Bad.a: ${message}`])
  },
)

const optionCases: readonly [options: object, message: string][] = [
  [{ type: 'int', nmae: 'x' }, "'nmae' is not an option of @Column(); did you mean 'name'?"],
  [{ type: 'int', zzzzzzzzzz: 1 }, "'zzzzzzzzzz' is not an option of @Column()"],
  [
    { type: 'int', name: '' },
    "the option 'name' of @Column() must be a string that is neither empty nor '__proto__'",
  ],
  [
    { type: 'int', name: '__proto__' },
    "the option 'name' of @Column() must be a string that is neither empty nor '__proto__'",
  ],
  [{ type: 'int', name: 'id' }, "has the column name 'id' of 'id'; give one of them another"],
  [{ type: 'int', as: 'string' }, "int has no as: 'string'; it has no as at all"],
  [{ type: 'uuid', as: 'number' }, "uuid has no as: 'number'; it has 'string'"],
  [
    { type: 'int', position: 0 },
    "'position' is not an option of @Column(): only columns of the primary key have a position",
  ],
  [
    { type: 'int', order: 'desc' },
    "'order' is not an option of @Column(): only clustering columns have an order",
  ],
  [
    { type: 'int', default: 1.5 },
    'has a default that does not fit: it needs a whole number from -2147483648 to 2147483647; got a fraction',
  ],
  [
    { type: 'int', enum: ['a'] },
    'has an enum that does not fit: a member needs a whole number from -2147483648 to 2147483647; got a string',
  ],
  [
    { type: 'int', enum: {} },
    "the option 'enum' of @Column() must be a TypeScript enum or an array of its values",
  ],
  [
    { type: 'int', enum: 'a' },
    "the option 'enum' of @Column() must be a TypeScript enum or an array of its values",
  ],
  [
    { type: 'map<text, text>', enum: ['a'] },
    'has an enum, which a map<text, text> cannot have; scalars, lists and sets can',
  ],
  [
    { type: 'text', transformer: {} },
    "the option 'transformer' of @Column() must be an object with the functions to and from",
  ],
  [
    { transformer: { to: String, from: String } },
    "has a transformer, so the type of the column cannot be inferred; write it: @Column('text')",
  ],
  [
    {},
    "its type cannot be inferred (the property has no annotation of its own, a union such as | null, or the compiler emits no decorator metadata); write the type: @Column('text')",
  ],
]

it.each(optionCases.map(([options, message]) => ({ options, message })))(
  '$message',
  ({ options, message }) => {
    expect(problemsOf(bad({ a: [column(options)] }))).toEqual([`Bad.a: ${message}`])
  },
)

describe('keys', () => {
  it('needs a partition key, and a clustering key for statics', () => {
    @Entity()
    class Keyless {
      @StaticColumn('int') a!: number
    }
    expect(problemsOf(Keyless)).toEqual([
      'Keyless: has no partition key; put @PartitionKey() on at least one property',
      'Keyless.a: is static, which needs a clustering key; write @Column()',
    ])
  })

  it('needs positions of all parts or of none, each its own', () => {
    @Entity()
    class Placed {
      @PartitionKey('int', { position: 1 }) a!: number
      @PartitionKey('int') b!: number
      @PartitionKey('int', { position: 1 }) c!: number
      @PartitionKey('int', { position: -1 }) d!: number
      @ClusteringKey('int', { order: 'down' as 'desc', ['select' as never]: false as never })
      e!: number
    }
    expect(problemsOf(Placed)).toEqual([
      "Placed.d: the option 'position' of @PartitionKey() must be a whole number from 0",
      "Placed.e: the option 'order' of @ClusteringKey() must be one of 'asc', 'desc'",
      "Placed.e: 'select' is not an option of @ClusteringKey(): columns of the primary key and versions are always read",
      'Placed.b: needs a position too, since other parts of the same key have one',
      'Placed.c: position 1 is taken by another part of the key',
      'Placed.d: needs a position too, since other parts of the same key have one',
    ])
  })

  it('puts the parts where their positions say', () => {
    @Entity()
    class Placed {
      @PartitionKey('int', { position: 1 }) a!: number
      @PartitionKey('int', { position: 0 }) b!: number
    }
    expect(getEntityMetadata(Placed).partitionKey.map(({ property }) => property)).toEqual([
      'b',
      'a',
    ])
  })
})

it('has no property that objects do not have as their own', () => {
  const properties = { ['__proto__']: [column('int', { name: 'proto' })] }
  expect(problemsOf(bad(properties))).toContain(
    'Bad.__proto__: a property cannot be called __proto__',
  )
})

describe('names of the class', () => {
  it.each([
    ['', 'has no name; write @Entity({ name })'],
    ['a-b', "the table name 'a-b' can have letters, digits and _ only"],
    ['x'.repeat(223), 'the table name has 223 characters; the limit is 222'],
  ])('%j: %s', (name, message) => {
    expect(problemsOf(bad({}, Entity({ name })))).toEqual([`Bad: ${message}`])
  })

  it('of the keyspace and of table options', () => {
    const decorate = Entity({
      name: 'bad',
      keyspace: 'k'.repeat(49),
      gcGraceSeconds: -1,
      comments: 'x',
    } as never)
    expect(problemsOf(bad({}, decorate))).toEqual([
      "Bad: the option 'gcGraceSeconds' of @Entity() must be a whole number from 0",
      "Bad: 'comments' is not an option of @Entity(); did you mean 'comment'?",
      'Bad: the keyspace name has 49 characters; the limit is 48',
    ])
  })

  it('is an entity, and a class', () => {
    class Plain {
      @Column('int') a!: number
    }
    expect(problemsOf(Plain)[0]).toBe('Plain: is not an entity; put @Entity() on the class')
    expect(() => getEntityMetadata(undefined as never)).toThrow(
      'an entity: must be a class, got undefined: is it imported in a circle?',
    )
    expect(() => getEntityMetadata('x' as never)).toThrow('an entity: must be a class, got string')
  })
})

describe('indexes', () => {
  const index = Index as unknown as AnyDecorator
  it.each<[type: string, options: object, message: string]>([
    ['int', { nam: 'x' }, "'nam' is not an option of @Index(); did you mean 'name'?"],
    ['int', { name: 'a-b' }, "the index name 'a-b' may have letters, digits and _ only"],
    ['int', { on: 'keys' }, 'an index on int cannot be on its keys; leave on out'],
    ['list<int>', { on: 'keys' }, "an index on list<int> cannot be on its keys; use on: 'values'"],
    [
      'map<text, int>',
      { on: 'full' },
      "an index on map<text, int> cannot be on its full; use on: 'values' or 'keys' or 'entries'",
    ],
    [
      'int',
      { using: 'sai', similarity: 'cosine' },
      'has a similarity, which only an index on a vector has',
    ],
  ])('on %s with %j: %s', (type, options, message) => {
    expect(problemsOf(bad({ a: [index(options), column(type)] }))).toEqual([`Bad.a: ${message}`])
  })

  it('are on columns', () => {
    expect(problemsOf(bad({ a: [index()] }))).toEqual([
      'Bad.a: has an @Index() but is not a column; put @Column() on it too',
    ])
  })
})

it('tells everything at once', () => {
  const target = bad({
    a: [column('strng')],
    b: [column('int'), column('int')],
    c: [column(() => Faulty)],
  })
  const Faulty = userType({ x: ['list<list<int>>'], y: ['int', { nmae: 'z' }] })
  const problems = problemsOf(target)
  expect(problems).toEqual([
    'Bad.b: is declared as a column twice; keep one of the decorators',
    "Bad.a: 'strng' is not a CQL type; a user-defined type is written () => TheClass",
    "Inner.y: 'nmae' is not an option of @Field(); did you mean 'name'?",
    "Inner.x: a collection inside another must be frozen; write 'frozen<list<int>>'",
  ])
  expect(() => getEntityMetadata(target)).toThrow(
    `Bad has 4 problems:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
  )
})

describe('user-defined types', () => {
  const of = (target: Class) => problemsOf(bad({ a: [column(frozen(() => target))] }))

  it.each<[properties: Readonly<Record<string, readonly unknown[]>>, message: string]>([
    [{}, 'Inner: has no fields; put @Field() on at least one property'],
    [{ x: ['counter'] }, 'Inner.x: a user-defined type cannot hold a counter'],
    [
      { x: [() => Inner] },
      'Inner.x: a user-defined type in another must be frozen; write frozen(() => Inner)',
    ],
    [{ x: ['int', { select: false }] }, "Inner.x: 'select' is not an option of @Field()"],
    [
      { x: ['int', { name: '' }] },
      "Inner.x: the option 'name' of @Field() must be a string that is neither empty nor '__proto__'",
    ],
    [
      { x: ['int', { name: '__proto__' }] },
      "Inner.x: the option 'name' of @Field() must be a string that is neither empty nor '__proto__'",
    ],
    [
      { x: ['int'], y: ['int', { name: 'x' }] },
      "Inner.y: has the field name 'x' of 'x'; give one of them another",
    ],
  ])('%p: %s', (properties, message) => {
    expect(of(userType(properties, 'faulty'))).toEqual([message])
  })

  it('have names of their own', () => {
    expect(of(userType({ x: ['int'] }, 'text'))).toEqual([
      "Inner: the type name 'text' is one of CQL's own; give it another",
    ])
    expect(of(userType({ x: ['int'] }, ''))).toEqual([
      'Inner: has no name; write @UserDefinedType(name)',
    ])
    const another = userType({ x: ['int'] })
    expect(problemsOf(bad({ a: [column(() => Inner)], b: [column(() => another)] }))).toEqual([
      "Bad.b: Inner and Inner are both the type 'inner'; rename one of them",
    ])
  })

  it('do not contain themselves', () => {
    @UserDefinedType()
    class Branch {
      @Field(list(frozen(() => Leaf))) leaves!: readonly Leaf[]
    }
    @UserDefinedType()
    class Leaf {
      @Field(frozen(() => Branch)) branch!: Branch
    }
    expect(of(Branch)).toEqual([
      'Branch: contains itself (Branch, Leaf, Branch), which Cassandra refuses; store a key in its place',
    ])
    expect(of(Leaf)).toEqual([
      'Leaf: contains itself (Leaf, Branch, Leaf), which Cassandra refuses; store a key in its place',
    ])
  })

  it('are no entities, and entities are none', () => {
    @UserDefinedType()
    @Entity()
    class Both {
      @PartitionKey('int') a!: number
      @Field('int') b!: number
    }
    expect(of(Both)).toEqual([
      'Both: is an entity and a user-defined type; keep one of @Entity() and @UserDefinedType()',
      'Both.a: is a column, but the class is a user-defined type; write @Field()',
    ])
    expect(problemsOf(bad({ b: [field('int')] }))).toEqual([
      'Bad.b: is a field, but the class is not a user-defined type; write @Column()',
    ])
    expect(problemsOf(Inner)).toEqual([
      'Inner: is a user-defined type and has no table; it is the type of a column: @Column(() => Inner)',
    ])
  })

  it('fit what the property is annotated as', () => {
    const Mistyped = column('vector<float, 2>', { as: 'float32' })
    @Entity()
    class Annotated {
      @PartitionKey('int') id!: number
      @Column((() => Inner) as never) a!: string
      @Column('int' as never) b!: string
      @Mistyped c!: string
    }
    expect(problemsOf(Annotated)).toEqual([
      'Annotated.a: is annotated as String, which a user-defined type is not',
      'Annotated.b: is annotated as String, which a int is not',
      "Annotated.c: is annotated as String, which a vector<float, 2> with as: 'float32' is not",
    ])
  })
})
