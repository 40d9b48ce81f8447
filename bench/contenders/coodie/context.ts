import type { types } from 'cassandra-driver'
import { type Class, DataSource, type Repository } from 'coodie'
import { Event, Product, VectorProduct } from '../../models/products'
import type { Rows } from '../../models/rows'
import { Counter, Reading, RunEvent, TestRun } from '../../models/runs'
import type { TableName } from '../../models/tables'
import { Comment, Notification, User } from '../../models/users'
import { camelCased, driverRow } from '../../models/values'
import { type Place, ring } from '../contender'

/** A data source with its repositories. */
export interface Context {
  readonly db: DataSource
  readonly keyspace: string
  readonly products: Repository<Product>
  readonly events: Repository<Event>
  readonly vectors: Repository<VectorProduct>
  readonly users: Repository<User>
  readonly notifications: Repository<Notification>
  readonly comments: Repository<Comment>
  readonly runs: Repository<TestRun>
  readonly runEvents: Repository<RunEvent>
  readonly readings: Repository<Reading>
}

export async function connect(place: Place): Promise<Context> {
  const entities = [
    Product,
    Event,
    VectorProduct,
    User,
    Notification,
    Comment,
    TestRun,
    RunEvent,
    Reading,
    Counter,
  ]
  const db = await new DataSource({
    ...place,
    contactPoints: [...place.contactPoints],
    entities,
  }).initialize()
  return {
    db,
    keyspace: place.keyspace,
    products: db.getRepository(Product),
    events: db.getRepository(Event),
    vectors: db.getRepository(VectorProduct),
    users: db.getRepository(User),
    notifications: db.getRepository(Notification),
    comments: db.getRepository(Comment),
    runs: db.getRepository(TestRun),
    runEvents: db.getRepository(RunEvent),
    readings: db.getRepository(Reading),
  }
}

/** The given rows of a table as properties of its class, over and over. */
export function properties<E extends object>(
  _: Class<E> | Repository<E>,
  given: Rows,
  table: TableName,
): (index: number) => Partial<E> {
  return ring((given[table] ?? []).map((row) => propertiesOf(driverRow(table, row)) as Partial<E>))
}

function propertiesOf(row: Record<string, unknown>): Record<string, unknown> {
  const { postedAt, reactions, views, embedding, ...rest } = camelCased(row)
  return {
    ...rest,
    ...(postedAt !== undefined && { postedAt: BigInt(String(postedAt)) }),
    ...(reactions !== undefined && { reactions: new Map(Object.entries(reactions as object)) }),
    ...(embedding !== undefined && { embedding: [...(embedding as types.Vector).elements] }),
    ...(views !== undefined && { views: 0n }),
  }
}

/** The value of a key, which the rows of the benchmark always have. */
export function has<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a given row lacks a value')
  return value
}
