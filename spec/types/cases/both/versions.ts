// A version is a number; what is tracked is told by the names and types of the properties.
import {
  Column,
  Entity,
  type EntityChanges,
  type LwtResult,
  OptimisticLockError,
  PartitionKey,
  type Repository,
  VersionColumn,
} from 'coodie'

@Entity({ name: 'versioned', trackChanges: true })
export class Versioned {
  @PartitionKey('int') id!: number
  @VersionColumn() version?: number
  @Column('text') name!: string
  @Column('set<text>') tags!: Set<string>
  greet(): string {
    return this.name
  }
}

@Entity('others')
export class Others {
  @PartitionKey('int') id!: number
  @VersionColumn({ name: 'v' }) version!: number | null
}

// @ts-expect-error it is true or false
@Entity({ trackChanges: 'yes' })
export class Unfitting {
  @PartitionKey('int') id!: number
  // @ts-expect-error
  @VersionColumn() text!: string
  // @ts-expect-error
  @VersionColumn() bigint!: bigint
  // @ts-expect-error
  @VersionColumn({ type: 'bigint' }) typed!: number
  // @ts-expect-error
  @VersionColumn({ ttl: 5 }) expiring!: number
}

declare const repository: Repository<Versioned>
declare const versioned: Versioned

export async function use(): Promise<void> {
  const changes: EntityChanges<Versioned> = repository.changes(versioned)
  const from: string | null | undefined = changes.name?.from
  const to: Set<string> | null | undefined = changes.tags?.to
  const version: number | null | undefined = changes.version?.from
  // @ts-expect-error a method does not change
  void changes.greet
  // @ts-expect-error what is no property does not change
  void changes.nam
  // @ts-expect-error they tell, and are not set
  changes.name = { from, to: null }
  // @ts-expect-error it is of an entity
  repository.changes({ id: 1 })
  await repository.update({ id: 1 }, { name: 'x' }, { if: { version: 3 } })
  // @ts-expect-error a version is a number
  await repository.update({ id: 1 }, { name: 'x' }, { if: { version: 'x' } })
  const nothing: void = await repository.insert(versioned)
  const result: LwtResult<Versioned> = await repository.insert(versioned, { ifNotExists: true })
  try {
    await repository.save(versioned)
  } catch (error) {
    if (error instanceof OptimisticLockError) void error.existing?.['version']
  }
  void [to, version, nothing, result]
}
