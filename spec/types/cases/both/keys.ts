// What changes where the compiler knows the key.
import {
  type Changes,
  ClusteringKey,
  Column,
  type DataSource,
  Entity,
  In,
  MoreThan,
  type OrderBy,
  type Partition,
  PartitionKey,
  type Repository,
  type Uuid,
  type Where,
  type WholeKey,
  primaryKey,
} from 'coodie'
import type { Equal as Same, Expect } from '../expect'

@Entity('readings')
class Reading {
  declare readonly [primaryKey]?: [['tenant', 'day'], 'at', 'id']
  @PartitionKey('uuid') tenant!: Uuid
  @PartitionKey('date', { as: 'string' }) day!: string
  @ClusteringKey('timestamp') at!: Date
  @ClusteringKey('uuid') id!: Uuid
  @Column('double') value!: number
  @Column('text') note?: string | null
}

@Entity('products')
class Product {
  declare readonly [primaryKey]?: 'id'
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
}

@Entity('events')
class Event {
  declare readonly [primaryKey]?: ['stream', 'at']
  @PartitionKey('text') stream!: string
  @ClusteringKey('int') at!: number
  @Column('text') what!: string
}

declare const db: DataSource
declare const readings: Repository<Reading>
declare const tenant: Uuid
declare const id: Uuid
const day = '2026-01-31'
const at = new Date()

export type _whole = Expect<Same<keyof WholeKey<Reading>, 'tenant' | 'day' | 'at' | 'id'>>
export type _partition = Expect<Same<keyof Partition<Reading>, 'tenant' | 'day' | 'at' | 'id'>>
export type _order = Expect<Same<OrderBy<Reading>['at'], 'asc' | 'desc' | undefined>>
export type _single = Expect<Same<keyof WholeKey<Product>, 'id'>>
export type _pair = Expect<Same<keyof WholeKey<Event>, 'stream' | 'at'>>

export async function keyed(): Promise<void> {
  await readings.update({ tenant, day, at, id }, { value: 1, note: null })
  await readings.update({ tenant, day, at: In([at]), id: 'as text' }, { value: 1 })
  await readings.delete({ tenant, day })
  await readings.delete({ tenant, day, at: MoreThan(at) })
  await readings.delete({ tenant, day: In([day]), at, id })
  await readings.find({ where: { value: 1 }, orderBy: { at: 'desc', id: 'desc' } })
  await readings.findBy({ tenant })
  const reading = readings.create({ tenant, day, at, id, value: 1 })
  await readings.save(reading)
  await readings.remove(reading)
  await db.getRepository(Product).update({ id }, { name: 'x' })
  await db.getRepository(Event).delete({ stream: 'x', at: MoreThan(1) })

  // @ts-expect-error
  await readings.update({ tenant, day }, { value: 1 })
  // @ts-expect-error
  await readings.update({ tenant, day, at: MoreThan(at), id }, { value: 1 })
  // @ts-expect-error
  await readings.update({ tenant, day, at, id, value: 1 }, { value: 1 })
  // @ts-expect-error
  await readings.update({ tenant, day, at, id }, { day: 'other' })
  // @ts-expect-error
  await readings.update({ tenant, day, at, id }, { at })
  // @ts-expect-error
  await readings.delete({ tenant })
  // @ts-expect-error
  await readings.delete({ tenant, day: MoreThan(day) })
  // @ts-expect-error
  await readings.delete({ tenant, day, value: 1 })
  // @ts-expect-error
  await readings.find({ orderBy: { tenant: 'asc' } })
  // @ts-expect-error
  await readings.find({ orderBy: { value: 'asc' } })
  // @ts-expect-error
  await db.getRepository(Product).update({ id }, { id })
  // @ts-expect-error
  await db.getRepository(Product).find({ orderBy: { id: 'asc' } })
  // @ts-expect-error
  await db.getRepository(Event).update({ stream: 'x' }, { what: 'y' })
}

// Generic code does not know whether the key is declared.
export class Service<E extends { id: Uuid }> {
  constructor(private readonly repository: Repository<E>) {}

  change(wanted: Uuid, what: Changes<E>): Promise<void> {
    return this.repository.update({ id: wanted } as Where<E>, what)
  }
}
export const service = new Service(db.getRepository(Product))

// @ts-expect-error
@Entity('misnamed')
export class Misnamed {
  declare readonly [primaryKey]?: [['tenant', 'dya'], 'at']
  tenant!: Uuid
  day!: string
  at!: Date
}
