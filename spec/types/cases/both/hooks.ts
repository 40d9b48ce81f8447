// Hooks are methods of instances without parameters; dates fit their column; subscribers their entity.
import {
  AfterInsert,
  AfterLoad,
  AfterRemove,
  AfterUpdate,
  BeforeInsert,
  BeforeRemove,
  BeforeUpdate,
  Column,
  CreateDateColumn,
  DataSource,
  Entity,
  type EntityEvent,
  type EntitySubscriber,
  EventSubscriber,
  PartitionKey,
  UpdateDateColumn,
} from 'coodie'

abstract class Base {
  @BeforeInsert()
  @BeforeUpdate()
  normalize(): void {}
}

@Entity()
export class Account extends Base {
  @PartitionKey('text') id!: string
  @Column('text') name?: string | null
  @CreateDateColumn() createdAt?: Date | null
  @UpdateDateColumn({ name: 'changed', select: false }) updatedAt!: Date
  @CreateDateColumn({ as: 'number' }) made?: number

  // @ts-expect-error
  @CreateDateColumn() text?: string
  // @ts-expect-error
  @CreateDateColumn({ as: 'number' }) date?: Date
  // @ts-expect-error
  @UpdateDateColumn() count?: number
  // @ts-expect-error
  @UpdateDateColumn({ ttl: 5 }) fading?: Date
  // @ts-expect-error
  @UpdateDateColumn({ as: 'string' }) other?: Date

  @BeforeInsert() override normalize(): void {}

  @AfterInsert()
  @AfterUpdate()
  @AfterRemove()
  async later(): Promise<void> {}

  @BeforeRemove() protected removing(): void {}

  @AfterLoad() given(how = 'as ever'): string {
    return how
  }

  // @ts-expect-error
  @BeforeInsert() needing(text: string): void {
    this.name = text
  }

  // @ts-expect-error
  @BeforeInsert() static shared(): void {}

  // @ts-expect-error
  @BeforeInsert() get shown(): string {
    return ''
  }

  // @ts-expect-error
  @BeforeInsert() arrow = (): void => {}
}

@EventSubscriber(Account)
export class Log implements EntitySubscriber<Account> {
  constructor(readonly prefix: string) {}

  afterInsert({ entity, metadata, dataSource }: EntityEvent<Account>): void {
    console.log(this.prefix, entity.name, metadata.name, dataSource.getRepository(Account))
  }

  async afterLoad(event: EntityEvent<Account>): Promise<void> {
    event.entity.name = null
  }
}

@EventSubscriber()
export class All {
  beforeRemove({ entity }: EntityEvent): void {
    console.log(entity)
  }
}

@EventSubscriber(Base)
export class OfBases implements EntitySubscriber<Base> {
  beforeInsert({ entity }: EntityEvent<Base>): void {
    entity.normalize()
  }
}

// @ts-expect-error
@EventSubscriber(Account)
export class Wrong {
  beforeInsert(event: { readonly entity: number }): void {
    console.log(event.entity)
  }
}

// @ts-expect-error
@EventSubscriber(Account)
export class Deaf {
  onInsert(): void {}
}

export const db = new DataSource({
  contactPoints: ['127.0.0.1'],
  entities: [Account],
  subscribers: [All, new Log('>'), OfBases],
})
db.addSubscriber(new Log('>'))
db.addSubscriber(All)
// @ts-expect-error
db.addSubscriber(new Date())
// @ts-expect-error
db.subscribers.push(new Log('>'))
