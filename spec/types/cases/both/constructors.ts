// Classes whose constructors need arguments.
import {
  ChildEntity,
  Column,
  Entity,
  Field,
  PartitionKey,
  TableInheritance,
  UserDefinedType,
} from 'coodie'
import type { Equal, Expect } from '../expect'

@Entity({ construct: (row) => new Open(row.id, row.name) })
export class Open {
  @PartitionKey('int') readonly id: number
  @Column('text') readonly name: string
  constructor(id: number, name: string) {
    this.id = id
    this.name = name
  }
}

@Entity<User>({ name: 'users', construct: (row) => new User(row.id, row.name) })
export class User {
  @PartitionKey('int') readonly id: number
  @Column('text') readonly name: string
  constructor(id: number, name: string) {
    this.id = id
    this.name = name
  }
  greet(): string {
    return this.name
  }
}

@Entity({ construct: (row: Annotated) => new Annotated(row.id) })
export class Annotated {
  @PartitionKey('int') readonly id: number
  constructor(id: number) {
    this.id = id
  }
}

Entity<User>({
  construct: (row) => {
    type _Row = Expect<Equal<typeof row, { readonly id: number; readonly name: string }>>
    // @ts-expect-error the name is a string
    return new User(row.name, row.name)
  },
})
// @ts-expect-error there is no such property
Entity<User>({ construct: (row) => new User(row.id, row.nmae) })
// @ts-expect-error construct must return an instance
Entity<User>({ construct: (row) => ({ id: row.id }) })

// @ts-expect-error construct returns another class
@Entity<User>({ construct: (row) => new User(row.id, row.name) })
export class Other {
  @PartitionKey('int') other!: number
}

@UserDefinedType<Money>({ construct: (row) => new Money(row.currency) })
export class Money {
  @Field('text') readonly currency: string
  constructor(currency: string) {
    this.currency = currency
  }
}

@Entity()
@TableInheritance({ column: 'kind' })
export abstract class Shape {
  @PartitionKey('int') readonly id: number
  @Column('text') kind!: string
  constructor(id: number) {
    this.id = id
  }
}

@ChildEntity<Circle>('circle', { construct: (row) => new Circle(row.id) })
export class Circle extends Shape {}
