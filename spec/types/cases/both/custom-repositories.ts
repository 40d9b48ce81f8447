import { Column, DataSource, Entity, EntityRepository, PartitionKey, Repository } from 'coodie'

@Entity('a')
class A {
  @PartitionKey('text') id!: string
}

@Entity('b')
class B {
  @PartitionKey('text') id!: string
  @Column('int') n!: number
}

@EntityRepository(A)
export class ARepository extends Repository<A> {
  byName(id: string): Promise<A | null> {
    return this.findOneBy({ id })
  }
}

// @ts-expect-error a repository of another entity
@EntityRepository(B)
export class Wrong extends Repository<A> {}

// @ts-expect-error no repository
@EntityRepository(A)
export class None {}

export async function use(db: DataSource): Promise<string | undefined> {
  const repository: ARepository = db.getCustomRepository(ARepository)
  // @ts-expect-error an entity is no repository
  db.getCustomRepository(A)
  return (await repository.byName('x'))?.id
}
