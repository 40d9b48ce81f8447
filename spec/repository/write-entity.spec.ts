import {
  BeforeInsert,
  BeforeUpdate,
  ClusteringKey,
  Column,
  CreateDateColumn,
  Entity,
  OptimisticLockError,
  PartitionKey,
  StatementError,
  StaticColumn,
  UpdateDateColumn,
  VersionColumn,
} from '../../lib'
import type { EntityVerb } from '../../lib/repository/write/bind-entity'
import {
  needsPreparing,
  needsPreparingUpdates,
  prepareUpdate,
  prepareWrite,
} from '../../lib/repository/write/write-entity'
import { offline, shown } from './offline'

@Entity('plain')
class Plain {
  @PartitionKey('int') id!: number
}

@Entity({ name: 'tracked', trackChanges: true })
class Tracked {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') no!: number
  @StaticColumn('text') place?: string | null
  @Column('text') name?: string | null
  @Column('list<int>') list: number[] = []
}

@Entity('versioned')
class Versioned {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @VersionColumn() version?: number
}

@Entity({ name: 'dated', trackChanges: true })
class Dated {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @CreateDateColumn() createdAt?: Date
  @UpdateDateColumn() updatedAt?: Date
}

@Entity({ name: 'hooked', trackChanges: true })
class Hooked {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  calls: string[] = []
  @BeforeInsert() inserting() {
    this.calls.push('insert')
  }
  @BeforeUpdate() updating() {
    this.calls.push('update')
    this.name = this.name?.toUpperCase() ?? null
  }
}

const { contextOf, repository } = offline()

/** Prepares a write, and finishes it as one that was applied. */
async function apply(entity: object, verb: EntityVerb = 'save', options = {}, now?: Date) {
  const context = contextOf(entity.constructor as never)
  const { write, finish, isLocked } = await prepareWrite(context, verb, entity, options, now)
  await finish()
  return { statements: shown(write), isLocked }
}

const cqlOf = async (entity: object, verb: EntityVerb = 'save') =>
  (await apply(entity, verb)).statements.map(([cql]) => cql)

describe('needsPreparing', () => {
  it('is true for hooks, dates, a version, tracking, and where the call validates', () => {
    for (const target of [Tracked, Versioned, Dated, Hooked]) {
      expect(needsPreparing(contextOf(target), {})).toBe(true)
    }
    const plain = contextOf(Plain)
    expect(needsPreparing(plain, {})).toBe(false)
    expect(needsPreparing(plain, { validate: true })).toBe(true)
    expect(needsPreparingUpdates(plain, { groups: ['a'] })).toBe(true)
    expect(needsPreparingUpdates(contextOf(Tracked), {})).toBe(false)
    expect(needsPreparingUpdates(contextOf(Dated), {})).toBe(true)
  })
})

describe('a tracked entity', () => {
  const tracked = repository(Tracked)
  const stored = async (more: Partial<Tracked> = {}) => {
    const entity = tracked.create({ id: 1, no: 1, name: 'a', list: [1], ...more })
    await apply(entity)
    return entity
  }

  it('is inserted first, then updated by what has changed, or not at all', async () => {
    const entity = tracked.create({ id: 1, no: 1, name: 'a', list: [1] })
    expect(await cqlOf(entity)).toEqual([
      'INSERT INTO ks.tracked (id, no, place, name, list) VALUES (?, ?, ?, ?, ?)',
    ])
    expect(await cqlOf(entity)).toEqual([])
    entity.name = 'b'
    entity.list.push(2)
    expect((await apply(entity)).statements).toEqual([
      [
        'UPDATE ks.tracked SET name = ?, list = list + ? WHERE id = ? AND no = ?',
        'b',
        '000000010000000400000002',
        1,
        1,
      ],
    ])
    expect(await cqlOf(entity)).toEqual([])
  })

  it('names the partition alone where statics alone have changed', async () => {
    const entity = await stored()
    entity.place = 'x'
    expect(await cqlOf(entity)).toEqual(['UPDATE ks.tracked SET place = ? WHERE id = ?'])
  })

  it('is inserted again where an update could leave no row', async () => {
    const entity = await stored()
    entity.name = null
    expect(await cqlOf(entity)).toEqual(['UPDATE ks.tracked SET name = ? WHERE id = ? AND no = ?'])
    entity.list = []
    expect(await cqlOf(entity)).toEqual([
      'INSERT INTO ks.tracked (id, no, place, name, list) VALUES (?, ?, ?, ?, ?)',
    ])
  })

  it('is written whole where its last write was not applied', async () => {
    const entity = await stored()
    entity.list.push(2)
    // Bound, and never finished.
    await prepareWrite(contextOf(Tracked), 'save', entity, {})
    expect(await cqlOf(entity)).toEqual(['UPDATE ks.tracked SET list = ? WHERE id = ? AND no = ?'])
    expect(await cqlOf(entity)).toEqual([])
  })

  it('is another row with another key, which is refused', async () => {
    const entity = await stored()
    entity.no = 2
    await expect(apply(entity)).rejects.toThrow(
      'Tracked.no belongs to the primary key and has changed since the entity was read or written',
    )
    await expect(apply(entity, 'remove')).rejects.toThrow(StatementError)
  })

  it('is new again after it was removed', async () => {
    const entity = await stored()
    expect(await cqlOf(entity, 'remove')).toEqual([
      'DELETE FROM ks.tracked WHERE id = ? AND no = ?',
    ])
    expect((await cqlOf(entity))[0]).toContain('INSERT')
  })
})

describe('an entity with a version', () => {
  const versioned = repository(Versioned)

  it('is inserted if it does not exist, then updated if it has the version', async () => {
    const entity = versioned.create({ id: 1, name: 'a' })
    expect(await apply(entity)).toEqual({
      statements: [
        ['INSERT INTO ks.versioned (id, name, version) VALUES (?, ?, ?) IF NOT EXISTS', 1, 'a', 1],
      ],
      isLocked: true,
    })
    expect(entity.version).toBe(1)
    expect((await apply(entity)).statements).toEqual([
      ['UPDATE ks.versioned SET name = ?, version = ? WHERE id = ? IF version = ?', 'a', 2, 1, 1],
    ])
    expect((await apply(entity, 'remove')).statements).toEqual([
      ['DELETE FROM ks.versioned WHERE id = ? IF version = ?', 1, 2],
    ])
  })

  it('gives the result to a caller who asks for a condition', async () => {
    const entity = versioned.create({ id: 1, name: 'a' })
    expect((await apply(entity, 'insert', { ifNotExists: true })).isLocked).toBe(false)
    expect(await apply(entity, 'remove', { if: { name: 'a' } })).toEqual({
      statements: [
        ['DELETE FROM ks.versioned WHERE id = ? IF name = ? AND version = ?', 1, 'a', 1],
      ],
      isLocked: false,
    })
  })

  it('is not written where it was read without its version', async () => {
    const entity = versioned.create({ id: 1 })
    await apply(entity)
    entity.version = undefined as never
    await expect(apply(entity)).rejects.toThrow(
      "Versioned.version is the version, and the entity has none; read it whole, or with 'version' in select",
    )
    expect(OptimisticLockError).toBeDefined()
  })
})

describe('dates', () => {
  const dated = repository(Dated)
  const [first, second] = [new Date(1), new Date(2)]

  it('are set once or with every write, and not where nothing else has changed', async () => {
    const entity = dated.create({ id: 1, name: 'a' })
    await apply(entity, 'save', {}, first)
    expect(entity).toMatchObject({ createdAt: first, updatedAt: first })
    expect((await apply(entity, 'save', {}, second)).statements).toEqual([])
    entity.name = 'b'
    entity.createdAt = second
    expect((await apply(entity, 'save', {}, second)).statements).toEqual([
      ['UPDATE ks.dated SET name = ?, updated_at = ? WHERE id = ?', 'b', second, 1],
    ])
    expect(entity).toMatchObject({ createdAt: first, updatedAt: second })
    expect((await apply(entity)).statements).toEqual([])
  })

  it('move with an update by a filter', async () => {
    const request = { where: { id: 1 }, changes: { name: 'a' } }
    expect(await prepareUpdate(contextOf(Dated), request, first)).toEqual({
      where: { id: 1 },
      changes: { name: 'a', updatedAt: first },
    })
  })
})

describe('hooks', () => {
  it('run by the event, and what they change is written', async () => {
    const entity = repository(Hooked).create({ id: 1, name: 'a' })
    await apply(entity)
    expect((await apply(entity)).statements).toEqual([
      ['UPDATE ks.hooked SET name = ? WHERE id = ?', 'A', 1],
    ])
    expect((await apply(entity)).statements).toEqual([])
    expect(entity.calls).toEqual(['insert', 'update', 'update'])
  })
})
