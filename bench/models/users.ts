import {
  ClusteringKey,
  Column,
  Entity,
  Index,
  PartitionKey,
  type TimeUuid,
  type Uuid,
} from 'coodie'

@Entity('users')
export class User {
  @PartitionKey('uuid') id!: Uuid
  @Index() @Column('text') username!: string
  @Index() @Column('text') email!: string
  @Column('text') fullName!: string
  @Column('timestamp') registrationDate = new Date()
  @Column('list<text>') roles: string[] = []
  @Column('uuid') pictureId?: Uuid | null
  @Index() @Column('text') apiToken?: string | null
}

@Entity('notifications')
export class Notification {
  @PartitionKey('uuid') receiver!: Uuid
  @ClusteringKey('timeuuid', { order: 'desc' }) id!: TimeUuid
  @Column('text') type!: string
  @Column('int') state!: number
  @Column('uuid') sender!: Uuid
  @Column('text') sourceType!: string
  @Column('uuid') sourceId!: Uuid
  @Column('text') title!: string
  @Column('text') content!: string
}

@Entity('comments')
export class Comment {
  @PartitionKey('uuid') id!: Uuid
  @ClusteringKey('bigint', { order: 'desc' }) postedAt!: bigint
  @Index() @Column('uuid') testRunId!: Uuid
  @Index() @Column('uuid') userId!: Uuid
  @Index() @Column('uuid') releaseId!: Uuid
  @Column('text') message!: string
  @Column('list<uuid>') mentions: Uuid[] = []
  @Column('map<text, int>') reactions: Map<string, number> = new Map()
}
