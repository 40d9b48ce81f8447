import {
  ClusteringKey,
  Column,
  Entity,
  Index,
  PartitionKey,
  StaticColumn,
  Uuid,
  getEntityMetadata,
} from '../../lib'
import { problemsOf } from '../metadata/problems-of'

/** What is wrong with a class, as `Class.property: message` lines. */
const named = Symbol('named')
const decorate = (decorator: unknown, ...args: unknown[]) =>
  (decorator as (...given: unknown[]) => void)(...args)

it('reports every decorator that stands where no column can be', () => {
  @Entity()
  class Bad {
    @PartitionKey('uuid') id!: Uuid
    @Column('text') static shared: string;
    @Column('text') [named]!: string

    @Column('text')
    get computed(): string {
      return ''
    }
  }
  // What the compiler refuses, plain JavaScript can still say.
  decorate(Column('text'), Bad.prototype, 'method', { value: () => undefined })
  decorate(Column('text'), Bad.prototype, 'kept', { get: () => '', set: () => undefined })
  expect(problemsOf(Bad)).toEqual([
    'Bad.Symbol(named): a column needs a property with a name, not a symbol',
    'Bad.shared: is static; a column is a property of the instances',
    'Bad.computed: is a getter, a setter or an accessor; a column is a plain property',
    'Bad.method: is a method; a column is a plain property',
    'Bad.kept: is a getter, a setter or an accessor; a column is a plain property',
  ])
})

it('reports options that do not exist, with the nearest that does', () => {
  @Entity()
  class Bad {
    @PartitionKey('uuid', { postion: 0 } as object) id!: Uuid
    @ClusteringKey('int', { ordr: 'asc' } as object) at!: number
    @StaticColumn('text', { nme: 'x' } as object) note!: string
    @Index({ usin: 'sai' } as object) @Column({ type: 'text', deflt: 'x' } as never) name!: string
  }
  expect(problemsOf(Bad)).toEqual([
    `Bad.id: 'postion' is not an option of @PartitionKey(); did you mean 'position'?`,
    `Bad.at: 'ordr' is not an option of @ClusteringKey(); did you mean 'order'?`,
    `Bad.note: 'nme' is not an option of @StaticColumn(); did you mean 'name'?`,
    `Bad.name: 'deflt' is not an option of @Column(); did you mean 'default'?`,
    `Bad.name: 'usin' is not an option of @Index(); did you mean 'using'?`,
  ])
})

it('reports a property that is declared twice, and an index on what is no column', () => {
  @Entity()
  class Bad {
    @PartitionKey('uuid') id!: Uuid
    @Column('text') @Column('ascii') name!: string
    @Index() other!: string
  }
  expect(problemsOf(Bad)).toEqual([
    'Bad.name: is declared as a column twice; keep one of the decorators',
    'Bad.other: has an @Index() but is not a column; put @Column() on it too',
  ])
})

it('checks what the compiler does not see: private properties, by their annotation', () => {
  @Entity()
  class Bad {
    @PartitionKey('uuid') private id!: string
    @Column('int') protected count!: string

    shown(): string {
      return this.id + this.count
    }
  }
  expect(problemsOf(Bad)).toEqual([
    "Bad.id: is annotated as String, which a uuid is not; write { as: 'string' }",
    'Bad.count: is annotated as String, which a int is not',
  ])
})

it('reports a class without @Entity, and one that is no class', () => {
  class Plain {
    @PartitionKey('uuid') id!: Uuid
  }
  expect(problemsOf(Plain)).toEqual(['Plain: is not an entity; put @Entity() on the class'])
  expect(() => getEntityMetadata(undefined as never)).toThrow(
    'must be a class, got undefined: is it imported in a circle?',
  )
})
