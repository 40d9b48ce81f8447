// User-defined types, transformers and enums.
import {
  type Changes,
  Column,
  Entity,
  Field,
  PartitionKey,
  UserDefinedType,
  type Uuid,
  frozen,
  list,
  map,
  set,
  tuple,
} from 'coodie'

@UserDefinedType('address')
class Address {
  @Field('text') street!: string
  @Field('int') zip?: number | null
  @Field('uuid', { as: 'string', name: 'owner_id', default: '' }) owner!: string
  @Field(frozen(() => Geo)) geo?: Geo | null
}

@UserDefinedType()
class Geo {
  @Field('double') latitude!: number
  @Field('double') longitude!: number
}

class Money {
  constructor(readonly cents: bigint) {}
}
const money = { to: (value: Money) => value.cents, from: (cents: bigint) => new Money(cents) }

enum Color {
  Red = 'red',
  Blue = 'blue',
}

@Entity('customers')
export class Customer {
  @PartitionKey('uuid') id!: Uuid
  @Column(() => Address) home?: Address | null
  @Column(frozen(() => Address)) work?: Address | null
  @Column(list(frozen(() => Address))) others: Address[] = []
  @Column(set(frozen(() => Geo))) places!: Set<Geo>
  @Column(
    map(
      'text',
      frozen(() => Address),
    ),
  )
  named!: Map<string, Address>
  @Column(map('text', set(frozen(() => Address)))) nested!: Map<string, Set<Address>>
  @Column(
    tuple(
      'int',
      frozen(() => Geo),
    ),
  )
  pair!: [number | null, Geo | null]

  @Column('bigint', { transformer: money }) balance!: Money
  @Column('bigint', { transformer: money, default: () => new Money(0n) }) credit!: Money
  @Column({ type: 'bigint', transformer: money }) debt!: Money | null
  @Column('text', { enum: Color, default: Color.Red }) color!: Color
  @Column('text', { enum: ['a', 'b'] }) letter!: 'a' | 'b'
}

export class Wrong {
  // @ts-expect-error
  @Column(() => Address) asText!: string
  // @ts-expect-error
  @Column(() => Geo) other!: Address
  // @ts-expect-error
  @Column(list(frozen(() => Geo))) others!: Address[]
  // @ts-expect-error
  @Column(
    map(
      'text',
      frozen(() => Geo),
    ),
  )
  named!: Map<string, Address>
  // @ts-expect-error
  @Column('bigint', { transformer: money }) balance!: bigint
  // @ts-expect-error
  @Column('text', { transformer: money }) asTextToo!: Money
  // @ts-expect-error
  @Column('bigint', { transformer: money, default: 0n }) badDefault!: Money
  // @ts-expect-error
  @Field('int') zip!: string
  // @ts-expect-error
  @Field('text', { select: false }) unread!: string
  // @ts-expect-error
  @Field('text', { nme: 'x' }) misnamed!: string
  // @ts-expect-error
  @Column('text', { transform: money }) misnamedToo!: string
}

export const changes: Changes<Customer>[] = [{ home: null, others: [], color: Color.Blue }]
export const wrongChanges = (): Changes<Customer>[] => [
  // @ts-expect-error
  { home: 'x' },
  // @ts-expect-error
  { color: 'green' },
]
