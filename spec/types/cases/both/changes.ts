// The operators of an update, and what a delete names inside of columns.
import {
  Add,
  Append,
  type Changes,
  ClusteringKey,
  Column,
  CounterColumn,
  Decrement,
  Entity,
  Field,
  Fields,
  Increment,
  PartitionKey,
  Prepend,
  Put,
  Remove,
  type Repository,
  SetAt,
  UserDefinedType,
  type Uuid,
  primaryKey,
} from 'coodie'

@UserDefinedType('address')
class Address {
  @Field('text') street!: string
  @Field('text') zip?: string | null
}

@Entity('customers')
class Customer {
  @PartitionKey('uuid') id!: Uuid
  @Column('boolean') active!: boolean
  @Column('list<text>') tags!: string[]
  @Column('set<int>') sizes!: Set<number>
  @Column('set<text>', { as: 'array' }) labels!: string[]
  @Column('map<text, int>') stock!: Map<string, number>
  @Column('map<text, int>', { as: 'object' }) counts!: { [key: string]: number }
  @Column(() => Address) address?: Address | null
}

declare const customers: Repository<Customer>
declare const id: Uuid

export const changes: Changes<Customer>[] = [
  { tags: Append(['x']) },
  { tags: Prepend(['x']) },
  { tags: SetAt(0, 'x') },
  { tags: Remove(['x']) },
  { sizes: Add([1]) },
  { sizes: Remove(new Set([1])) },
  { labels: Add(['x']) },
  { stock: Put({ a: 1 }) },
  { stock: Put(new Map([['a', 1]])) },
  { stock: Remove(['a']) },
  { counts: Put({ a: 1 }) },
  { address: Fields({ zip: '1' }) },
  { address: Fields({ street: 'x', zip: null }) },
]
export const wrong = (): Changes<Customer>[] => [
  // @ts-expect-error
  { tags: Append([1]) },
  // @ts-expect-error
  { tags: Put({ a: 1 }) },
  // @ts-expect-error
  { tags: SetAt('0', 'x') },
  // @ts-expect-error
  { sizes: Append([1]) },
  // @ts-expect-error
  { sizes: Add(['x']) },
  // @ts-expect-error
  { stock: Put({ a: 'x' }) },
  // @ts-expect-error
  { stock: Remove([1]) },
  // @ts-expect-error
  { address: Fields({ zp: '1' }) },
  // @ts-expect-error
  { address: Fields({ zip: 1 }) },
  // @ts-expect-error
  { address: Fields({ street: null }) },
  // @ts-expect-error
  { active: Increment(1) },
]

// Counters stand in tables of their own, and nothing else is incremented.
@Entity('visits')
class Visits {
  @PartitionKey('text') page!: string
  @ClusteringKey('int') day!: number
  @CounterColumn() views!: bigint
}
class Keyed {
  declare readonly [primaryKey]?: ['page', 'at']
  @PartitionKey('text') page!: string
  @ClusteringKey('timestamp') at!: Date
  @CounterColumn() views?: bigint | null

  label() {
    return this.page
  }
}
class Stock {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name?: string
  @Column('int') size!: number
  @Column('bigint') amount!: bigint
}
export const counted: [Changes<Visits>, Changes<Visits>, Changes<Keyed>] = [
  { views: Increment(1n) },
  { views: Decrement('1') },
  { views: Increment(1) },
]
export const uncounted = (): Changes<Stock>[] => [
  // @ts-expect-error
  { name: Increment(1) },
  // @ts-expect-error
  { size: Increment(1) },
  // @ts-expect-error
  { amount: Increment(1n) },
]

export async function deletes(): Promise<void> {
  await customers.delete({ id }, { elements: { stock: ['a'], sizes: [1], address: ['zip'] } })
  // @ts-expect-error
  await customers.delete({ id }, { elements: { stock: [1] } })
  // @ts-expect-error
  await customers.delete({ id }, { elements: { address: ['zp'] } })
  // @ts-expect-error
  await customers.delete({ id }, { elements: { active: [true] } })
}
