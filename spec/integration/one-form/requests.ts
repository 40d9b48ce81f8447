import {
  ClusteringKey,
  Column,
  type DataSource,
  Entity,
  Field,
  In,
  PartitionKey,
  UserDefinedType,
  frozen,
  list,
  map,
  set,
  tuple,
  vector,
} from '../../../lib'
import type { Codec } from '../../../lib/codec/codec'
import type { CqlType } from '../../../lib/cql/cql-type'
import { failure } from '../../server/failure'
import { sentBy } from '../../server/sent-by'
import { type Kind, codecOf, fields, identify, toJs } from './kinds'

/** A value of a type that is not known until the spec runs, so that the compiler cannot check it. */
type Value = never
type Row = { p: number; k: Value; v: Value; n: number }
type RowClass = new () => Row
type AnyDecorator = (options: unknown) => (prototype: object, property: string) => void

class Money {
  [field: string]: unknown
}
for (const [field, type] of Object.entries(fields)) {
  const whole = type.includes('<') ? `frozen<${type}>` : type
  ;(Field as unknown as AnyDecorator)(whole)(Money.prototype, field)
}
UserDefinedType('money')(Money)

/** Returns a frozen type as a decorator takes it. */
function declare(type: CqlType): never {
  return declared(type) as never
}

const freeze = (of: unknown) => frozen(of as never)

function declared(type: CqlType): unknown {
  switch (type.kind) {
    case 'native':
      return type.name
    case 'frozen':
      return declare(type.of)
    case 'list':
      return freeze(list(declare(type.of)))
    case 'set':
      return freeze(set(declare(type.of)))
    case 'map':
      return freeze(map(declare(type.key), declare(type.value)))
    case 'tuple':
      return tuple(...type.of.map(declare))
    case 'vector':
      return vector(declare(type.of), type.dimension)
    case 'udt':
      return frozen(() => Money)
  }
}

/** The classes of two tables with keys of a type. */
export interface Classes {
  /** Has the key (p, k), where k is a clustering column, a column v of the same type, and its changes are tracked. */
  readonly ByClustering: RowClass
  /** Has the key ((p, k)). */
  readonly ByPartition: RowClass
}

export function classesFor(type: CqlType, table: string): Classes {
  class ByClustering {}
  class ByPartition {}
  const declared = { type: declare(type) }
  for (const { prototype } of [ByClustering, ByPartition]) {
    ;(PartitionKey as unknown as AnyDecorator)('int')(prototype, 'p')
    ;(Column as unknown as AnyDecorator)('int')(prototype, 'n')
  }
  ;(ClusteringKey as unknown as AnyDecorator)(declared)(ByClustering.prototype, 'k')
  ;(Column as unknown as AnyDecorator)(declared)(ByClustering.prototype, 'v')
  ;(PartitionKey as unknown as AnyDecorator)(declared)(ByPartition.prototype, 'k')
  Entity({ name: `${table}_clustering`, trackChanges: true })(ByClustering)
  Entity(`${table}_partition`)(ByPartition)
  return { ByClustering, ByPartition } as never
}

/** A value in two spellings, with the partition of its row, and another value. */
interface Pair {
  readonly p: number
  readonly one: () => Value
  readonly two: () => Value
  readonly other: Value | undefined
}

/** Spells each value twice. Each call makes new objects, so that nothing is equal by identity. */
function pairsOf(kind: Kind, codec: Codec, given: readonly unknown[]): readonly Pair[] {
  const identities = given.map((value) => identify(codec, value))
  return given.map((value, i) => {
    const other = identities.findIndex((identity) => identity !== identities[i])
    return {
      p: i + 1,
      one: () => toJs(codec, value) as Value,
      two: () => toJs(codec, kind.respell(value)) as Value,
      other: other === -1 ? undefined : (toJs(codec, given[other]) as Value),
    }
  })
}

/** Checks that two spellings of one value are one value in each kind of request. */
export async function checkRequests(
  db: DataSource,
  { ByClustering, ByPartition }: Classes,
  kind: Kind,
  given: readonly unknown[],
): Promise<void> {
  const pairs = pairsOf(kind, codecOf(kind.text), given)
  const each = (check: (pair: Pair) => Promise<void>) => Promise.all(pairs.map(check))
  const rows = db.getRepository(ByClustering)
  const entities = pairs.map(({ p, one }) => rows.create({ p, k: one(), v: one(), n: 1 }))
  await rows.save(entities)
  // Tracked saves: of what was written and of what was read.
  const read = await Promise.all(pairs.map(({ p, two }) => rows.findOneByOrFail({ p, k: two() })))
  const sent = await sentBy(async () => {
    for (const all of [entities, read]) {
      for (const [i, { two }] of pairs.entries())
        Object.assign(all[i] ?? {}, { k: two(), v: two() })
      for (const entity of all) expect(rows.changes(entity)).toEqual({})
      await rows.save(all)
    }
  })
  expect(sent).toEqual([])
  await each(async ({ p, one, two, other }) => {
    // Batches.
    const batch = db.batch()
    batch.update(ByClustering, { p, k: one() }, { n: 2 })
    batch.update(ByClustering, { p, k: two() }, { n: 3 })
    expect((await failure(() => batch.execute())).message).toContain('written twice')
    // In.
    const found = await rows.findBy({ p, k: In([one(), two()]) as never })
    expect(found.map(({ n }) => n)).toEqual([1])
    // Conditions.
    const where = { p, k: two() }
    expect(await rows.update(where, { n: 4 }, { if: { v: two() } })).toEqual({
      applied: true,
    })
    const among = In([two(), ...(other === undefined ? [] : [other])]) as never
    expect(await rows.update(where, { n: 5 }, { if: { v: among } })).toEqual({ applied: true })
    if (other !== undefined) {
      const { applied } = await rows.update(where, { n: 6 }, { if: { v: other } })
      expect(applied).toBe(false)
    }
  })
  // A partition key is its bytes: two spellings can be two rows. The batch must agree with the server,
  // and In must refuse them, since the server finds only one.
  const partitions = db.getRepository(ByPartition)
  await partitions.save(pairs.map(({ p, one }) => partitions.create({ p, k: one(), n: 1 })))
  await each(async ({ p, one, two }) => {
    const isOne = (await partitions.findOneBy({ p, k: two() })) !== null
    await partitions.update({ p, k: two() }, { n: 2 })
    const both = { p, k: In([one(), two()]) as never }
    if (isOne) expect(await partitions.findBy(both)).toMatchObject([{ n: 2 }])
    else {
      const { message } = await failure(() => partitions.findBy(both))
      expect(message).toContain('they are two partition keys')
    }
    const batch = db.batch()
    batch.update(ByPartition, { p, k: one() }, { n: 3 })
    batch.update(ByPartition, { p, k: two() }, { n: 4 })
    const outcome = await batch.execute().then(
      () => 'executed',
      (error: Error) => error.message,
    )
    expect(outcome).toContain(isOne ? 'written twice' : 'executed')
  })
}
