import {
  Column,
  Entity,
  Field,
  PartitionKey,
  TableInheritance,
  UserDefinedType,
  frozen,
} from '../../lib'
import { problemsOf } from './problems-of'

it('a constructor that needs arguments is refused without construct', () => {
  @Entity()
  class User {
    @PartitionKey('int') readonly id: number
    constructor(from: { readonly id: number }) {
      this.id = from.id
    }
  }
  expect(problemsOf(User)).toEqual([
    "User: its constructor throws when it is called without arguments (Cannot read properties of undefined (reading 'id')). " +
      'Declare `construct` on @Entity: @Entity({ construct: (row) => new User(…) })',
  ])
})

it('so is one of a user-defined type', () => {
  @UserDefinedType('money')
  class Money {
    @Field('text') readonly currency: string
    constructor(currency: string) {
      this.currency = currency.toUpperCase()
    }
  }
  @Entity()
  class Offer {
    @PartitionKey('int') id!: number
    @Column(frozen(() => Money)) price?: Money | null
  }
  expect(problemsOf(Offer)).toEqual([
    "Money: its constructor throws when it is called without arguments (Cannot read properties of undefined (reading 'toUpperCase')). " +
      'Declare `construct` on @UserDefinedType: @UserDefinedType({ construct: (row) => new Money(…) })',
  ])
})

it('a constructor that freezes the instance is refused without construct', () => {
  @Entity()
  class User {
    @PartitionKey('int') readonly id: number
    constructor(id: number) {
      this.id = id
      Object.freeze(this)
    }
  }
  expect(problemsOf(User)).toEqual([
    'User: its constructor freezes the instance, so no property can be set. ' +
      'Declare `construct` on @Entity: @Entity({ construct: (row) => new User(…) })',
  ])
})

it('construct must be a function', () => {
  @Entity({ construct: 'new' } as object)
  class User {
    @PartitionKey('int') id!: number
  }
  expect(problemsOf(User)).toEqual([
    "User: the option 'construct' of @Entity() must be a function that returns an instance of the class",
  ])
})

it('a base without rows of its own may be abstract and need arguments', () => {
  @Entity()
  @TableInheritance({ column: 'kind' })
  abstract class Shape {
    @PartitionKey('int') id!: number
    @Column('text') kind!: string
    constructor(id: number) {
      if (id === undefined) throw new TypeError('needs an id')
    }
  }
  expect(problemsOf(Shape)).toEqual([])
})
