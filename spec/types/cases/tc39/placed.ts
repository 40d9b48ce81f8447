// What TC39 decorators add: hidden properties are checked, misplaced ones refused, and types always written.
import { ClusteringKey, Column, PartitionKey, StaticColumn } from 'coodie'

export class NotInferred {
  // @ts-expect-error
  @PartitionKey() id!: string
  // @ts-expect-error
  @ClusteringKey({ order: 'desc' }) at!: Date
  // @ts-expect-error
  @StaticColumn() note!: string
  // @ts-expect-error
  @Column() text!: string
  // @ts-expect-error
  @Column({ name: 'x' }) named!: string
}

export class Hidden {
  @Column('text') private hidden!: string
  @Column('text') protected shielded!: string
  // @ts-expect-error
  @Column('int') private wrong!: string
  // @ts-expect-error
  @Column('int') protected wrongToo!: string

  shown(): string {
    return this.hidden + this.shielded + this.wrong + this.wrongToo
  }
}

export class Misplaced {
  // @ts-expect-error
  @Column('text') static shared: string
  // @ts-expect-error
  @Column('text') #hidden!: string
  // @ts-expect-error
  @Column('text') accessor kept!: string

  // @ts-expect-error
  @Column('text') get computed(): string {
    return this.#hidden
  }
}
