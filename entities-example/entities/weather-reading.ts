import { ClusteringKey, Column, Entity, PartitionKey } from 'coodie'

/** The usual weather of an hour. A time series: one partition per station and month. */
@Entity({
  name: 'weather_readings',
  comment: 'Hourly normals',
  compaction: {
    class: 'TimeWindowCompactionStrategy',
    compaction_window_unit: 'DAYS',
    compaction_window_size: 30,
  },
})
export class WeatherReading {
  @PartitionKey('text') station!: string
  /** Year and month: '2010-03'. */
  @PartitionKey('text') month!: string
  @ClusteringKey('timestamp') at!: Date
  /** In hectopascal. */
  @Column('double') pressure!: number
  /** In degrees Celsius. */
  @Column('double') temperature!: number
  /** In metres per second. */
  @Column('double') wind!: number
}
