// What only legacy decorators have: types inferred from annotations, and `declare`.
import { ClusteringKey, Column, PartitionKey, StaticColumn, type Uuid } from 'coodie'

type Alias = string

export class Inferred {
  @PartitionKey() id!: string
  @ClusteringKey({ order: 'desc', position: 0 }) at!: Date
  @StaticColumn({ name: 'n' }) note!: string
  @Column() text!: string
  @Column() flag!: boolean
  @Column() date!: Date
  @Column() blob!: Buffer
  @Column() big!: bigint
  @Column() optional?: string
  @Column() union!: 'a' | 'b'
  @Column() alias!: Alias
  @Column({ name: 'renamed', default: 'x', select: false }) named!: string
}

export class NotInferred {
  // @ts-expect-error
  @PartitionKey() id!: number
  // @ts-expect-error
  @Column() text!: string | null
  // @ts-expect-error
  @Column() optional?: string | null
  // @ts-expect-error
  @Column() number!: number
  // @ts-expect-error
  @Column() list!: string[]
  // @ts-expect-error
  @Column() set!: Set<string>
  // @ts-expect-error
  @Column() map!: Map<string, string>
  // @ts-expect-error
  @Column() uuid!: Uuid
  // @ts-expect-error
  @Column({ nullable: true }) nullable!: string
  // @ts-expect-error
  @Column({ as: 'string' }) as!: string
}

export class Declared {
  @Column('int') declare value: number
  // @ts-expect-error
  @Column('int') declare wrong: string
}

// Not in `keyof`, so the metadata build must check them.
export class Hidden {
  @Column('int') private hidden!: string
  @Column('int') protected shielded!: string

  shown(): string {
    return this.hidden + this.shielded
  }
}
