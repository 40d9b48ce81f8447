import { Column, Entity, Index, PartitionKey, VersionColumn } from 'coodie'

/** An airport, found by its code or by its state. */
@Entity('airports')
export class Airport {
  @PartitionKey('text') iata!: string
  @Column('text') name!: string
  @Column('text') city?: string | null
  @Index() @Column('text') state?: string | null
  @Column('text') country!: string
  @Column('double') latitude!: number
  @Column('double') longitude!: number
  /** Counted up by every change: who changes an older one gets a 409. */
  @VersionColumn() version!: number
}
