import {
  AfterLoad,
  BeforeInsert,
  DeclarationError,
  Entity,
  PartitionKey,
  getEntityMetadata,
} from '../../lib'

abstract class Base {
  @BeforeInsert() async normalize(): Promise<void> {}
}

@Entity()
class Account extends Base {
  @PartitionKey('text') id!: string

  @BeforeInsert() override async normalize(): Promise<void> {}

  @AfterLoad() shown(): void {}
}

// Most of this does not compile; at run time it must be said all the same.
const AnyHook = BeforeInsert as unknown as () => (
  target: unknown,
  context: DecoratorContext,
) => void

@Entity()
class Bad {
  @PartitionKey('text') id!: string
  @AnyHook() arrow = () => this.#hidden()

  @AnyHook() static shared(): void {}

  @AnyHook() #hidden(): void {}

  @AnyHook() get computed(): string {
    return ''
  }
}

it('has the hooks of a class and its bases, an overridden one once', () => {
  expect(getEntityMetadata(Account).hooks).toEqual({
    beforeInsert: ['normalize'],
    afterLoad: ['shown'],
  })
})

it('refuses a hook on what is no method of the instances', () => {
  let problems: readonly string[] = []
  try {
    getEntityMetadata(Bad)
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error
    problems = error.problems.map(({ where, message }) => `${where}: ${message}`)
  }
  expect([...problems].sort()).toEqual([
    'Bad.#hidden: is #private and cannot be called from outside; a hook is a plain method',
    'Bad.arrow: is a property; a hook is a method: write `name() { … }`',
    'Bad.computed: is a getter, a setter or an accessor; a hook is a method',
    'Bad.shared: is static; a hook is a method of the instances',
  ])
})
