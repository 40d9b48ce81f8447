import { ClusteringKey, Column, Entity, PartitionKey, StaticColumn } from 'coodie'

/** A flight as the board of an airport shows it: by airport and day, in order of time. */
@Entity('departures')
export class Departure {
  @PartitionKey('text') origin!: string
  @PartitionKey('date', { as: 'string' }) day!: string
  /** The local time, kept as if it were UTC: the data knows no time zones. */
  @ClusteringKey('timestamp') at!: Date
  @ClusteringKey('int') flight!: number
  @Column('text') destination!: string
  /** In minutes; negative when it was early. */
  @Column('int', { default: 0 }) delay!: number
  /** In miles. */
  @Column('int') distance!: number
  @Column('frozen<list<text>>') remarks?: string[] | null
  /** Once for all departures of the day. */
  @StaticColumn('text') notice?: string | null
}
