import { Column, Entity, Index, PartitionKey, type Uuid, vector } from 'coodie'

@Entity('products')
export class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Index() @Column('text') brand = 'Unknown'
  @Index() @Column('text') category = 'general'
  @Column('float') price = 0
  @Column('list<text>') tags: string[] = []
  @Column('text') description?: string | null
}

@Entity('events')
export class Event {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') eventType!: string
  @Column('text') payload = ''
}

@Entity('vector_products')
export class VectorProduct {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Index({ using: 'sai', similarity: 'cosine' }) @Column(vector('float', 16)) embedding!: number[]
}
