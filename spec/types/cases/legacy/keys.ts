// The key that the compiler is told and the decorators must agree; TC39 decorators do not see the class.
import { ClusteringKey, Column, PartitionKey, StaticColumn, type Uuid, primaryKey } from 'coodie'

export class Agreeing {
  declare readonly [primaryKey]?: [['tenant', 'day'], 'at']
  @PartitionKey() tenant!: string
  @PartitionKey('date', { as: 'string' }) day!: string
  @ClusteringKey() at!: Date
  @StaticColumn('text') note!: string
  @Column() value!: string
}

export class Disagreeing {
  declare readonly [primaryKey]?: [['tenant', 'day'], 'at']
  @PartitionKey('uuid') tenant!: Uuid
  // @ts-expect-error
  @Column('text') day!: string
  // @ts-expect-error
  @PartitionKey('timestamp') at!: Date
  // @ts-expect-error
  @ClusteringKey('text') other!: string
  // @ts-expect-error
  @PartitionKey() another!: string
}

export class Single {
  declare readonly [primaryKey]?: 'id'
  @PartitionKey('uuid') id!: Uuid
  // @ts-expect-error
  @ClusteringKey('int') line!: number
}

// A base with columns of its own, and a generic one, know nothing of the key of what derives from them.
class Stamped<T extends number> {
  @Column('int') version!: T
  @Column('timestamp') createdAt!: Date
}
export class Order extends Stamped<1> {
  declare readonly [primaryKey]?: ['id', 'version']
  @PartitionKey('uuid') id!: Uuid
}
