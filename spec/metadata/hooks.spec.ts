import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  AfterLoad,
  BeforeInsert,
  BeforeUpdate,
  Column,
  Entity,
  Field,
  PartitionKey,
  UserDefinedType,
  getEntityMetadata,
} from '../../lib'
import { hookDecorators } from '../../lib/decorators/hooks'
import { buildUserType } from '../../lib/metadata/build/build-user-type'
import { hookEvents } from '../../lib/metadata/declaration'
import { problemsOf } from './problems-of'

// What the compiler refuses, plain JavaScript can still say.
const decorate = (decorator: unknown, ...args: unknown[]) =>
  (decorator as (...given: unknown[]) => void)(...args)

it('has the hooks of a class and its bases, those of the base first, an overridden one once', () => {
  const secret = Symbol('secret')
  abstract class Audited {
    @BeforeInsert() @BeforeUpdate() normalize() {}

    @BeforeInsert() async sign() {}
  }
  class Middle extends Audited {}
  @Entity()
  class Account extends Middle {
    @PartitionKey('text') id!: string

    @BeforeInsert() override normalize() {}

    @BeforeInsert() [secret]() {}

    @AfterLoad() protected shown() {}
  }
  const { hooks } = getEntityMetadata(Account)
  expect(hooks).toEqual({
    beforeInsert: ['normalize', 'sign', secret],
    beforeUpdate: ['normalize'],
    afterLoad: ['shown'],
  })
  expect(Object.isFrozen(hooks)).toBe(true)
  expect(Object.isFrozen(hooks?.beforeInsert)).toBe(true)
})

it('has none where none are declared', () => {
  @Entity()
  class Plain {
    @PartitionKey('text') id!: string
    @Column('text') name!: string
  }
  expect(getEntityMetadata(Plain).hooks).toBeUndefined()
})

it('refuses a hook on what is no method of the instances', () => {
  @Entity()
  class Bad {
    @PartitionKey('text') id!: string
    static shared() {}
  }
  decorate(BeforeInsert(), Bad, 'shared', Object.getOwnPropertyDescriptor(Bad, 'shared'))
  decorate(BeforeInsert(), Bad.prototype, 'arrow')
  decorate(BeforeInsert(), Bad.prototype, 'computed', { get: () => '' })
  expect(problemsOf(Bad)).toEqual([
    'Bad.shared: is static; a hook is a method of the instances',
    'Bad.arrow: is a property; a hook is a method: write `name() { … }`',
    'Bad.computed: is a getter, a setter or an accessor; a hook is a method',
  ])
})

it('refuses a hook of a user-defined type', () => {
  @UserDefinedType()
  class Address {
    @Field('text') zip!: string

    @BeforeInsert() normalize() {}
  }
  expect(problemsOf(Address, buildUserType)).toEqual([
    'Address.normalize: is a hook, but the class is a user-defined type; hooks are of entities',
  ])
})

it('every event has its decorator, named after it', () => {
  for (const event of hookEvents) {
    expect(hookDecorators[event].name.toLowerCase()).toBe(event.toLowerCase())
    class Watched {
      act(): void {}
    }
    const descriptor = Object.getOwnPropertyDescriptor(Watched.prototype, 'act')
    hookDecorators[event]()(
      Watched.prototype,
      'act',
      descriptor as TypedPropertyDescriptor<() => void>,
    )
    PartitionKey('int')(Watched.prototype as object, 'id')
    Entity()(Watched)
    expect(getEntityMetadata(Watched).hooks).toEqual({ [event]: ['act'] })
  }
})

it('the page of hooks names every event', () => {
  const page = readFileSync(join(__dirname, '../../docs/hooks.md'), 'utf8')
  for (const event of hookEvents) expect(page).toContain(`\`${event}\``)
})
