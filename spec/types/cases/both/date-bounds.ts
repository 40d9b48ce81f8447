// A Date as the bound of a timeuuid, and the components of a tuple.
import {
  And,
  Between,
  ClusteringKey,
  Column,
  Entity,
  Equal,
  type FindOptions,
  type IfConditions,
  In,
  LessThan,
  LessThanOrEqual,
  Like,
  MoreThan,
  MoreThanOrEqual,
  Not,
  PartitionKey,
  type Repository,
  TimeUuid,
  type Uuid,
  type Where,
  param,
} from 'coodie'
import type { Equal as Same, Expect } from '../expect'

@Entity('log')
class Log {
  @PartitionKey('uuid') id!: Uuid
  @ClusteringKey('date', { as: 'string' }) day!: string
  @ClusteringKey('timeuuid') at!: TimeUuid
  @ClusteringKey('timeuuid', { as: 'string' }) text!: string
  @Column('text') what!: string
  @Column('int') size!: number
  @Column('timestamp') created!: Date
  @Column('timeuuid') changed?: TimeUuid | null
}

declare const log: Repository<Log>
declare const id: Uuid
declare const at: TimeUuid
declare const date: Date

export const filters: Where<Log>[] = [
  { at: MoreThan(date) },
  { at: MoreThanOrEqual(date) },
  { at: LessThan(date) },
  { at: LessThanOrEqual(date) },
  { at: Between(date, date) },
  { at: Between(at, date) },
  { at: Between('as text', date) },
  { at: And(MoreThan(date), LessThanOrEqual(date)) },
  { at: And(MoreThan(at), LessThan(date)) },
  { at: And(Between(date, date), MoreThan('as text')) },
  { changed: MoreThan(date) },
  { created: MoreThan(date) },
  { created: date },
  { created: In([date]) },
]
export const wrongFilters = (): Where<Log>[] => [
  // @ts-expect-error
  { at: date },
  // @ts-expect-error
  { at: Equal(date) },
  // @ts-expect-error
  { at: In([date]) },
  // @ts-expect-error
  { at: In([at, date]) },
  // @ts-expect-error
  { at: MoreThan(0) },
  // @ts-expect-error
  { at: MoreThan([date]) },
  // @ts-expect-error
  { at: Between(date, 0) },
  // @ts-expect-error
  { at: And(MoreThan(date), LessThan(0)) },
  // @ts-expect-error
  { changed: date },
  // @ts-expect-error
  { id: MoreThan(date) },
  // @ts-expect-error
  { id: Between(date, date) },
  // @ts-expect-error
  { id: And(MoreThan(date), LessThan(date)) },
  // @ts-expect-error
  { size: MoreThan(date) },
]

// A property of type string does not tell its column: it takes text, as for every other value.
export const texts: Where<Log>[] = [
  { text: MoreThan(TimeUuid.max(date).toString()) },
  { text: MoreThanOrEqual(TimeUuid.min(date).toString()) },
  { day: MoreThan('2026-01-31') },
]
export const wrongTexts = (): Where<Log>[] => [
  // @ts-expect-error
  { text: date },
  // @ts-expect-error
  { text: MoreThan(date) },
  // @ts-expect-error
  { what: MoreThan(date) },
  // @ts-expect-error
  { day: MoreThan(date) },
]

// In the if of a write.
export const conditions: IfConditions<Log>[] = [
  { changed: LessThan(date) },
  { changed: And(MoreThanOrEqual(date), Not(null)) },
  { changed: And(MoreThanOrEqual(date), Not(at)) },
]
export const wrongConditions = (): IfConditions<Log>[] => [
  // @ts-expect-error
  { changed: date },
  // @ts-expect-error
  { changed: Not(date) },
  // @ts-expect-error
  { changed: And(MoreThan(at), Not(date)) },
]

// In prepared queries.
export const prepared = (): unknown => {
  const query = log.prepare({
    where: { id: param('id'), at: And(MoreThan(param('from')), LessThan(param('to'))) },
  })
  type Params = Parameters<typeof query.find>[0]
  type _params = Expect<Same<Params['from' | 'to'], TimeUuid | Date | string>>
  void query.find({ id, from: date, to: at })
  // @ts-expect-error
  void query.find({ id, from: date })
  // @ts-expect-error
  void query.find({ id: date, from: date, to: at })
  log.prepare({ where: { id, at: And(MoreThan(param('from')), LessThan(date)) } })
  // @ts-expect-error
  log.prepare({ where: { id, at: Equal(date) } })
  const equal = log.prepare({ where: { id, at: param('at') } })
  // @ts-expect-error
  return equal.find({ at: date })
}

// In tuples, whose components are checked at run time.
export const tuples: NonNullable<FindOptions<Log>['tuple']>[] = [
  { columns: ['day', 'at'], is: MoreThan(['2026-01-31', date]) },
  { columns: ['day', 'at'], is: MoreThanOrEqual(['2026-01-31', at]) },
  { columns: ['day', 'at'], is: Between(['2026-01-31', date], ['2026-02-01', date]) },
  { columns: ['day', 'at'], is: And(MoreThan(['2026-01-31', date]), LessThan(['2026-02-01', at])) },
  { columns: ['day', 'at', 'text'], is: LessThanOrEqual(['2026-01-31', 'as text', date]) },
  { columns: ['day', 'at', 'text'], is: ['2026-01-31', at, 'as text'] },
  { columns: ['day', 'at', 'text'], is: In([['2026-01-31', at, at]]) },
]
export const wrongTuples = (): NonNullable<FindOptions<Log>['tuple']>[] => [
  // @ts-expect-error
  { columns: ['day', 'att'], is: MoreThan(['2026-01-31', date]) },
  // @ts-expect-error
  { columns: ['at'], is: date },
  // @ts-expect-error
  { columns: ['at'], is: MoreThan(date) },
  // @ts-expect-error
  { columns: ['at'], is: In([date]) },
  // @ts-expect-error
  { columns: ['at'], is: Like('x') },
]
