// A version is a number; what is tracked is told by the names and types of the properties.
import { Column, Entity, PartitionKey, VersionColumn } from 'coodie'

@Entity({ name: 'versioned', trackChanges: true })
export class Versioned {
  @PartitionKey('int') id!: number
  @VersionColumn() version?: number
  @Column('text') name!: string
  @Column('set<text>') tags!: Set<string>
  greet(): string {
    return this.name
  }
}

@Entity('others')
export class Others {
  @PartitionKey('int') id!: number
  @VersionColumn({ name: 'v' }) version!: number | null
}

// @ts-expect-error it is true or false
@Entity({ trackChanges: 'yes' })
export class Unfitting {
  @PartitionKey('int') id!: number
  // @ts-expect-error
  @VersionColumn() text!: string
  // @ts-expect-error
  @VersionColumn() bigint!: bigint
  // @ts-expect-error
  @VersionColumn({ type: 'bigint' }) typed!: number
  // @ts-expect-error
  @VersionColumn({ ttl: 5 }) expiring!: number
}
