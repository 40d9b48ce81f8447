import {
  Column,
  DeclarationError,
  Entity,
  PartitionKey,
  type Uuid,
  getEntityMetadata,
} from '../../lib'

// Most of this does not compile; at run time it must be said all the same.
const AnyColumn = Column as unknown as (
  type?: string,
) => (target: unknown, context: DecoratorContext) => void

@Entity()
class Bad {
  @PartitionKey('uuid') id!: Uuid
  @AnyColumn('text') static shared: string
  @AnyColumn('text') #hidden = ''
  @AnyColumn('text') accessor kept = ''
  @AnyColumn() untyped!: string

  @AnyColumn('text')
  get computed(): string {
    return this.#hidden
  }

  @AnyColumn('text')
  method(): void {}
}

it('reports every decorator that stands where no column can be', () => {
  const problems = () => {
    try {
      getEntityMetadata(Bad)
    } catch (error) {
      if (error instanceof DeclarationError) {
        return error.problems.map(({ where, message }) => `${where}: ${message}`).sort()
      }
    }
    return []
  }
  expect(problems()).toEqual([
    'Bad.#hidden: is #private and cannot be read from outside; a column is a plain property',
    'Bad.computed: is a getter, a setter or an accessor; a column is a plain property',
    'Bad.kept: is a getter, a setter or an accessor; a column is a plain property',
    'Bad.method: is a method; a column is a plain property',
    'Bad.shared: is static; a column is a property of the instances',
    'Bad.untyped: its type cannot be inferred (the property has no annotation of its own, a union such as ' +
      "| null, or the compiler emits no decorator metadata); write the type: @Column('text')",
  ])
})
