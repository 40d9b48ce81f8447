import type { Class } from '../metadata/declaration'
import type { ValidationOptions } from '../metadata/validation-options'
import { declarationsOfClass } from './adapter'
import type { ConstructOption, Constructs } from './construct-option'
import type { KeyOf } from './property-decorator'
import { recordOnce } from './record-once'

type OptionMap = Readonly<Record<string, string | number | boolean>>

/** Options of a table. The inner keys of maps are in CQL's spelling. */
export interface EntityOptions<
  // oxlint-disable-next-line no-explicit-any -- without a type argument the row of `construct` is open
  E = any,
> extends ConstructOption<E> {
  /** The table's name; by the naming strategy unless given. */
  readonly name?: string
  /** The table's keyspace; the data source's unless given. */
  readonly keyspace?: string
  /**
   * Runs the constraints of class-validator before entities are written: true, false, or options of theirs. The data
   * source's unless given.
   */
  readonly validate?: boolean | ValidationOptions
  /**
   * True: `save` of an entity that was loaded or saved before sends what has changed since, collections by their
   * elements where that is exact, and nothing when nothing has. `changes()` of the repository tells.
   */
  readonly trackChanges?: boolean
  readonly additionalWritePolicy?: string
  /** `false`: no snapshot is taken when the table is dropped or truncated (Cassandra 5). */
  readonly allowAutoSnapshot?: boolean
  readonly bloomFilterFpChance?: number
  readonly caching?: OptionMap
  readonly cdc?: boolean
  readonly comment?: string
  /** `{ class: 'TimeWindowCompactionStrategy', compaction_window_size: 1 }` */
  readonly compaction?: OptionMap
  readonly compression?: OptionMap
  readonly crcCheckChance?: number
  /** Seconds. */
  readonly defaultTimeToLive?: number
  /** Seconds. */
  readonly gcGraceSeconds?: number
  /** Overrides `incremental_backups` of the server for this table (Cassandra 5). */
  readonly incrementalBackups?: boolean
  readonly maxIndexInterval?: number
  readonly memtable?: string
  /** Milliseconds. */
  readonly memtableFlushPeriodInMs?: number
  readonly minIndexInterval?: number
  readonly readRepair?: string
  readonly speculativeRetry?: string
}

/** A decorator of classes, legacy or TC39. */
export type EntityDecorator<
  // oxlint-disable-next-line no-explicit-any -- without a type argument every class is taken
  E = any,
> = <T extends object>(
  target: Class<T> & KeyOf<T> & Constructs<E, T>,
  context?: ClassDecoratorContext,
) => void

/**
 * A class whose instances are rows of a table.
 *
 * ```ts
 * @Entity('products')
 * class Product { … }
 *
 * @Entity({ name: 'readings', defaultTimeToLive: 86_400 })
 * class Reading { … }
 * ```
 */
export function Entity<
  // oxlint-disable-next-line no-explicit-any -- without a type argument the row of `construct` is open
  E = any,
>(nameOrOptions?: string | EntityOptions<E>): EntityDecorator<E> {
  const options = typeof nameOrOptions === 'string' ? { name: nameOrOptions } : nameOrOptions
  return (target, context) => {
    recordOnce(declarationsOfClass(target, context), 'Entity', options)
  }
}
