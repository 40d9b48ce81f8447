import {
  Column,
  CreateDateColumn,
  Entity,
  MassWriteError,
  PartitionKey,
  StatementError,
  UpdateDateColumn,
  VersionColumn,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { sentBy } from '../server/sent-by'

@Entity('docs')
class Doc {
  @PartitionKey('int') id!: number
  @Column('text') v?: string | null
  @VersionColumn() version?: number
}

@Entity('dated')
class Dated {
  @PartitionKey('int') id!: number
  @Column('text') v?: string | null
  @CreateDateColumn() createdAt?: Date
  @UpdateDateColumn() updatedAt?: Date
}

@Entity('defaults')
class Defaults {
  @PartitionKey('int') id!: number
  @Column('list<int>') list: number[] = []
  @Column('text', { default: 'x' }) v?: string | null
}

@Entity({ name: 'tracked', trackChanges: true })
class Tracked {
  @PartitionKey('int') id!: number
  @Column('list<int>') list: number[] = []
  @CreateDateColumn() createdAt?: Date
}

const { db } = useDataSource([Doc, Dated, Defaults, Tracked])
const docs = db.getRepository(Doc)

/** Runs what is refused, and expects that nothing was sent. */
async function refusal(run: () => Promise<unknown>): Promise<string> {
  let error: unknown
  const sent = await sentBy(() => run().catch((thrown: unknown) => (error = thrown)))
  expect(sent).toEqual([])
  expect(error).toBeInstanceOf(StatementError)
  return (error as Error).message
}

const message = (place: string) =>
  `${place} is set by this write, and the entity is frozen; write a copy: { ...entity }`

it('refuses to write a frozen entity whose version would have to be set', async () => {
  const frozen = Object.freeze({ id: 1, v: 'a' }) as Doc
  expect(await refusal(() => docs.insert(frozen))).toBe(message('Doc.version'))
  expect(await refusal(() => docs.save(frozen))).toBe(message('Doc.version'))
  await docs.insert({ ...frozen })
  const stored = Object.freeze(await docs.findOneByOrFail({ id: 1 }))
  expect(await refusal(() => docs.save(stored))).toBe(message('Doc.version'))
  await docs.remove(stored)
  expect(await docs.findOneBy({ id: 1 })).toBeNull()
})

it('refuses one whose date or default would have to be set', async () => {
  const dated = db.getRepository(Dated)
  expect(await refusal(() => dated.save(Object.freeze({ id: 1 }) as Dated))).toBe(
    message('Dated.createdAt'),
  )
  const createdAt = new Date(5)
  const partly = Object.defineProperty({ id: 1, createdAt }, 'updatedAt', { value: new Date(1) })
  expect(await refusal(() => dated.save(partly as Dated))).toBe(message('Dated.updatedAt'))
  const defaults = db.getRepository(Defaults)
  const frozen = Object.freeze({ id: 1 }) as Defaults
  expect(await refusal(() => defaults.insert(frozen))).toBe(message('Defaults.v'))
  expect(
    await refusal(() =>
      db
        .batch()
        .save(Dated, frozen as never)
        .execute(),
    ),
  ).toBe(message('Dated.createdAt'))
  expect(() => db.batch().insert(Defaults, frozen)).toThrow(message('Defaults.v'))
})

it('writes a frozen entity that needs nothing set', async () => {
  const defaults = db.getRepository(Defaults)
  await defaults.insert(Object.freeze({ id: 1, list: [1], v: 'a' }) as Defaults)
  await defaults.save(Object.freeze({ id: 1, list: [2] }) as Defaults)
  const read = await defaults.findOneByOrFail({ id: 1 })
  expect(read).toMatchObject({ list: [2], v: 'a' })
  read.list.length = 0
  await defaults.save(Object.freeze(read))
  expect(await defaults.findOneByOrFail({ id: 1 })).toMatchObject({ list: [], v: 'a' })
  const tracked = db.getRepository(Tracked)
  await tracked.save(Object.freeze({ id: 1, list: [1], createdAt: new Date(5) }))
  const stored = Object.freeze(await tracked.findOneByOrFail({ id: 1 }))
  stored.list.push(2)
  expect(await sentBy(() => tracked.save(stored))).toEqual([
    expect.stringContaining('SET "list" = "list" + ?'),
  ])
  expect(await sentBy(() => tracked.save(stored))).toEqual([])
})

it('writes the others of many', async () => {
  const failing = docs.save([Object.freeze({ id: 2, v: 'c' }), { id: 3, v: 'd' }] as Doc[])
  const error = (await failing.catch((thrown: unknown) => thrown)) as MassWriteError
  expect(error).toBeInstanceOf(MassWriteError)
  expect(error.message).toBe(`1 of 2 Doc failed; the first, at index 0: ${message('Doc.version')}`)
  expect(error.failures[0]?.entity).toEqual({ id: 2, v: 'c' })
  expect(await docs.find({ where: { id: 3 } })).toHaveLength(1)
  expect(await docs.findOneBy({ id: 2 })).toBeNull()
})
