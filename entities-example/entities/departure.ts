import { ClusteringKey, Column, Entity, PartitionKey, StaticColumn } from 'coodie'

/** A flight as the board of an airport shows it: by airport and day, in order of time. */
@Entity('departures')
export class Departure {
  @PartitionKey('text') origin!: string
  @PartitionKey('date', { as: 'string' }) day!: string
  /** The local time, kept as if it were UTC: the file knows no time zones. */
  @ClusteringKey('timestamp') at!: Date
  /** The flight's line in the file, for several may leave in one minute. */
  @ClusteringKey('int') line!: number
  @Column('text') destination!: string
  /** In minutes; negative when it was early. */
  @Column('int') delay!: number
  /** In miles. */
  @Column('int') distance!: number
  @Column('list<text>') remarks?: string[]
  /** Once for all departures of the day. */
  @StaticColumn('text') notice?: string | null
}
