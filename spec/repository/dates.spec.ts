import {
  ClusteringKey,
  Column,
  CreateDateColumn,
  Entity,
  PartitionKey,
  StaticColumn,
  UpdateDateColumn,
} from '../../lib'
import type { ClassBehavior } from '../../lib/repository/hooks/behavior'
import { moveDates, setDates } from '../../lib/repository/hooks/dates'
import { offline } from './offline'

@Entity('dated')
class Dated {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') no!: number
  @StaticColumn('text') place?: string | null
  @Column('text') name?: string | null
  @CreateDateColumn() createdAt?: Date | null
  @UpdateDateColumn() updatedAt?: Date | null
}

const context = offline().contextOf(Dated)
const { metadata } = context
const own = context.behavior?.own as ClassBehavior
const now = new Date(5)
const dated = (given: object, isNew: boolean) => {
  setDates(own, given, now, isNew)
  return given
}

it('sets both dates of a new entity, and keeps a create date that it has', () => {
  expect(dated({ id: 1, no: 1 }, true)).toMatchObject({ createdAt: now, updatedAt: now })
  const createdAt = new Date(1)
  expect(dated({ id: 1, no: 1, createdAt }, true)).toMatchObject({ createdAt, updatedAt: now })
  expect(dated({ id: 1, no: 1 }, false)).toEqual({ id: 1, no: 1, updatedAt: now })
})

it('gives each date an object of its own', () => {
  const given = dated({ id: 1, no: 1 }, true) as Dated
  expect(given.createdAt).not.toBe(given.updatedAt)
  expect(given.updatedAt).not.toBe(now)
})

it('sets none of what is no row', () => {
  expect(dated({ id: 1, place: 'x' }, true)).toEqual({ id: 1, place: 'x' })
  expect(dated({ id: 1, no: null }, true)).toEqual({ id: 1, no: null })
})

it('moves the date of an update of rows, unless it is given or would expire', () => {
  const where = { id: 1, no: 1 }
  const move = (changes: object, ttl?: number | null) =>
    moveDates(metadata, own, { where, changes, ttl }, now).changes
  expect(move({ name: 'a' })).toEqual({ name: 'a', updatedAt: now })
  expect(move({ name: 'a' }, 0)).toEqual({ name: 'a', updatedAt: now })
  expect(move({ name: 'a' }, 60)).toEqual({ name: 'a' })
  expect(move({ name: 'a', updatedAt: new Date(1) })).toEqual({ name: 'a', updatedAt: new Date(1) })
  expect(move({ place: 'a' })).toEqual({ place: 'a' })
  expect(move({ name: undefined })).toEqual({ name: undefined })
})
