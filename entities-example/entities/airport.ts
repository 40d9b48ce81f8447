import { Column, Entity, Index, PartitionKey } from 'coodie'
import { Position } from './position'

/** An airport, found by its code, by its state, or by a destination that it has flights to. */
@Entity('airports')
export class Airport {
  @PartitionKey('text') iata!: string
  @Column('text') name!: string
  @Column('text') city?: string | null
  @Index() @Column('text') state?: string | null
  @Column('text') country!: string
  @Column(() => Position) position!: Position
  /** The airports that flights from here go to. */
  @Index() @Column('set<text>') destinations?: Set<string>
  /** The number of flights that leave in each hour of the day. */
  @Column('map<int, int>') departuresByHour?: Map<number, number>
}
