import { Column, Entity, PartitionKey } from 'coodie'

@Entity('tools')
export class Tool {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('list<text>') uses: string[] = []
}
