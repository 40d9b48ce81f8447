import { ClusteringKey, Column, Entity, PartitionKey } from 'coodie'

/** A flight among those of its month, the latest first: the table keeps the ranking. */
@Entity('ranked_delays')
export class RankedDelay {
  /** Year and month: '2001-03'. */
  @PartitionKey('text') month!: string
  @ClusteringKey('int', { order: 'desc' }) delay!: number
  @ClusteringKey('int') line!: number
  @Column('timestamp') at!: Date
  @Column('text') origin!: string
  @Column('text') destination!: string
}
