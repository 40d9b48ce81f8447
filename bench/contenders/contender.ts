import type { Client } from 'cassandra-driver'
import type { GroupName } from '../groups'
import type { noDatabase } from '../groups/no-database'
import type { reads } from '../groups/reads'
import type { schema } from '../groups/schema'
import type { workload } from '../groups/workload'
import type { writes } from '../groups/writes'
import type { Rows } from '../models/rows'
import type { TableName } from '../models/tables'
import { type DriverRow, driverRow } from '../models/values'

/** The operation to measure, called with 0, 1, 2, …; returns a promise if it asks the server. */
export type Operation = (index: number) => unknown

/** The reason why a contender has no operation for a group. */
export interface Cannot {
  readonly cannot: string
}

/** Prepares the operation of a group. What is done in it is not measured. */
export type Case<C> = ((context: C, given: Rows) => Operation | Promise<Operation>) | Cannot

export type Writes<C> = Readonly<Record<keyof typeof writes, Case<C>>>
export type Reads<C> = Readonly<Record<keyof typeof reads, Case<C>>>
export type SchemaCases<C> = Readonly<Record<keyof typeof schema, Case<C>>>
export type NoDatabase<C> = Readonly<Record<keyof typeof noDatabase, Case<C>>>
export type Workload<C> = Readonly<Record<keyof typeof workload, Case<C>>>
export type Cases<C> = Readonly<Record<GroupName, Case<C>>>

/** The place of the tables of a contender. */
export interface Place {
  readonly contactPoints: readonly string[]
  readonly localDataCenter: string
  /** The contender's own. */
  readonly keyspace: string
}

/** The cost of entities before the first call. */
export interface StartUp {
  /** To build the metadata of all of them. */
  readonly milliseconds: number
  /** The heap for all of them. */
  readonly bytes: number
  /** Sent while the data source starts. */
  readonly statements: number
}

/** The measurements of this package alone. */
export interface Extras {
  /** Counts the statements that varied calls prepare, and the distinct ones among them. */
  countPrepared(calls: number): Promise<{ readonly statements: number; readonly shapes: number }>
  /** The heap in use, in bytes, at ten moments of streaming all readings. */
  heldHeap(): Promise<readonly number[]>
  /** Measures the cost of entities before the first call. */
  startUp(entities: number): Promise<StartUp>
}

/** A contender that is connected. */
export interface Contender {
  readonly extras?: Extras
  /** Its driver. */
  readonly client: Client
  operation(group: GroupName, given: Rows): Promise<Operation | Cannot>
  close(): Promise<void>
}

/** A contender from its context and its cases, which need not be all there are. */
export function contender<C>(
  client: Client,
  context: C,
  cases: Partial<Cases<C>>,
  close: () => Promise<void>,
): Contender {
  return {
    client,
    close,
    operation: async (group, given) => {
      const found = cases[group] ?? { cannot: 'it has nothing of its own for it' }
      return typeof found === 'function' ? found(context, given) : found
    },
  }
}

/** The given rows of a table as the driver takes them, over and over: item `index` modulo their number. */
export function ringOf(given: Rows, table: TableName): (index: number) => DriverRow {
  return ring((given[table] ?? []).map((row) => driverRow(table, row)))
}

/** Items over and over. */
export function ring<T>(items: readonly T[]): (index: number) => T {
  const { length } = items
  if (length === 0) throw new Error('there are no items to go round')
  return (index) => items[index % length] as T
}

/** `count` items from `count * index` on, over and over. */
export function slices<T>(items: readonly T[], count: number): (index: number) => T[] {
  const all = ring(items)
  const made = Array.from({ length: Math.ceil(items.length / count) }, (_, slice) =>
    Array.from({ length: count }, (__, item) => all(slice * count + item)),
  )
  return ring(made)
}
