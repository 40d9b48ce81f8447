import {
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  Index,
  PartitionKey,
  type Uuid,
} from 'coodie'

@Entity('test_runs')
export class TestRun {
  @PartitionKey('text') buildId!: string
  @ClusteringKey('timestamp', { order: 'desc' }) startTime!: Date
  @Index() @Column('uuid') id!: Uuid
  @Index() @Column('uuid') releaseId?: Uuid | null
  @Index() @Column('uuid') groupId?: Uuid | null
  @Index() @Column('uuid') testId?: Uuid | null
  @Index() @Column('uuid') assignee?: Uuid | null
  @Column('text') status = 'created'
  @Column('text') investigationStatus!: string
  @Column('int') heartbeat = 0
  @Column('timestamp') endTime?: Date | null
  @Column('text') buildJobUrl?: string | null
  @Column('text') scyllaVersion?: string | null
}

@Entity('run_events')
export class RunEvent {
  @PartitionKey('uuid') id!: Uuid
  @Index() @Column('uuid') releaseId?: Uuid | null
  @Index() @Column('uuid') groupId?: Uuid | null
  @Index() @Column('uuid') testId?: Uuid | null
  @Index() @Column('uuid') runId?: Uuid | null
  @Index() @Column('uuid') userId?: Uuid | null
  @Index() @Column('text') kind!: string
  @Column('text') body!: string
  @Column('timestamp') createdAt = new Date()
}

@Entity('readings')
export class Reading {
  @PartitionKey('uuid') sensor!: Uuid
  @ClusteringKey('timestamp') at!: Date
  @Column('double') value!: number
  @Column('text') unit!: string
}

@Entity('counters')
export class Counter {
  @PartitionKey('text') page!: string
  @CounterColumn() views!: bigint
}
