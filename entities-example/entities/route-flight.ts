import { ClusteringKey, Column, Entity, PartitionKey } from 'coodie'

/** A flight among those of its route in a month, the newest first. */
@Entity('route_flights')
export class RouteFlight {
  @PartitionKey('text') origin!: string
  @PartitionKey('text') destination!: string
  /** Year and month: '2001-03'. */
  @PartitionKey('text') month!: string
  @ClusteringKey('timestamp', { order: 'desc' }) at!: Date
  @ClusteringKey('int') line!: number
  @Column('int') delay!: number
  @Column('int') distance!: number
}
