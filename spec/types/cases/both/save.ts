// `save` of object literals: collections without elements get the types of their properties.
import { Column, Entity, PartitionKey, type Repository, type Uuid } from 'coodie'

@Entity('people')
class Person {
  @PartitionKey('uuid') id!: Uuid
  @Column('set<text>') friends!: Set<string>
  @Column('map<text, int>') scores?: Map<string, number>
  @Column('list<int>') at?: number[]
}

declare const people: Repository<Person>
declare const id: Uuid

export const one: Promise<Person> = people.save({ id, friends: new Set() })
export const both: Promise<Person> = people.save({ id, friends: new Set(), scores: new Map() })
export const full: Promise<Person> = people.save(
  { id, friends: new Set(['a']), at: [1] },
  { ttl: 1 },
)
export const many: Promise<Person[]> = people.save(
  [
    { id, friends: new Set() },
    { id, friends: new Set(), scores: new Map() },
  ],
  { concurrency: 2 },
)
export const list = (all: readonly Person[]): Promise<Person[]> => people.save(all)

export async function misuses() {
  // @ts-expect-error -- numbers are not texts
  await people.save({ id, friends: new Set([1]) })
  // @ts-expect-error -- a property that does not exist
  await people.save({ id, friends: new Set(), frends: 1 })
  // @ts-expect-error -- `friends` is missing
  await people.save({ id })
  // @ts-expect-error -- one of the entities lacks `friends`
  await people.save([{ id, friends: new Set() }, { id }])
}

export class Service<E extends { id: Uuid }> {
  constructor(private readonly repository: Repository<E>) {}
  save(entity: E): Promise<E> {
    return this.repository.save(entity)
  }
  saveAll(entities: readonly E[]): Promise<E[]> {
    return this.repository.save(entities, { concurrency: 2 })
  }
}
