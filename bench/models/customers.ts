import { Column, Entity, Field, PartitionKey, UserDefinedType, type Uuid, frozen } from 'coodie'

@UserDefinedType('address')
export class Address {
  @Field('text') street!: string
  @Field('text') city!: string
  @Field('int') zip!: number
}

@UserDefinedType('contact')
export class Contact {
  @Field('text') name!: string
  @Field(frozen(() => Address)) home!: Address
  @Field(frozen(() => Address)) work!: Address
}

/** Never in the database: it is what the groups without one make. */
@Entity('customers')
export class Customer {
  @PartitionKey('uuid') id!: Uuid
  @Column(() => Contact) contact!: Contact
  @Column(() => Address) address!: Address
}
