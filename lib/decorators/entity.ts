import type { Class } from '../metadata/declaration'
import type { ValidationOptions } from '../metadata/validation-options'
import { declarationsOfClass } from './adapter'
import type { ConstructOption, Constructs } from './construct-option'
import type { KeyOf } from './property-decorator'
import { recordOnce } from './record-once'
import { refuseBareClass } from './refuse-bare'

type OptionMap = Readonly<Record<string, string | number | boolean>>

/** Options of a table. The keys inside maps are spelled as in CQL. */
export interface EntityOptions<
  // oxlint-disable-next-line no-explicit-any -- without a type argument the row of `construct` is open
  E = any,
> extends ConstructOption<E> {
  /** The name of the table. The naming strategy decides by default. */
  readonly name?: string
  /** The keyspace of the table. The default is the keyspace of the data source. */
  readonly keyspace?: string
  /**
   * `true`, or options of class-validator: its constraints run before entities are written. The default is the option
   * of the data source.
   */
  readonly validate?: boolean | ValidationOptions
  /**
   * `true`: `save` of an entity that was loaded or saved before sends the changes since then: collections element by
   * element where that is exact, nothing if nothing changed. `changes()` of the repository returns them.
   */
  readonly trackChanges?: boolean
  /** The option `additional_write_policy`, such as `99p`. */
  readonly additionalWritePolicy?: string
  /** `false`: no snapshot is taken when the table is dropped or truncated (Cassandra 5). */
  readonly allowAutoSnapshot?: boolean
  /** The option `bloom_filter_fp_chance`, from 0 to 1. */
  readonly bloomFilterFpChance?: number
  /** The option `caching`: `{ keys: 'ALL', rows_per_partition: 'NONE' }`. */
  readonly caching?: OptionMap
  /** `true`: Cassandra logs the changes of the table for change data capture. */
  readonly cdc?: boolean
  /** The comment of the table. */
  readonly comment?: string
  /** `{ class: 'TimeWindowCompactionStrategy', compaction_window_size: 1 }` */
  readonly compaction?: OptionMap
  /** The option `compression`: `{ class: 'LZ4Compressor' }`. */
  readonly compression?: OptionMap
  /** The option `crc_check_chance`, from 0 to 1. */
  readonly crcCheckChance?: number
  /** The seconds until a row expires; 0 for never. */
  readonly defaultTimeToLive?: number
  /** The seconds that a tombstone is kept. */
  readonly gcGraceSeconds?: number
  /** Overrides `incremental_backups` of the server for this table (Cassandra 5). */
  readonly incrementalBackups?: boolean
  /** The option `max_index_interval`. */
  readonly maxIndexInterval?: number
  /** The name of a memtable configuration of the server. */
  readonly memtable?: string
  /** The milliseconds after which a memtable is flushed; 0 for never. */
  readonly memtableFlushPeriodInMs?: number
  /** The option `min_index_interval`. */
  readonly minIndexInterval?: number
  /** The option `read_repair`: `'BLOCKING'` or `'NONE'`. */
  readonly readRepair?: string
  /** The option `speculative_retry`, such as `99p` or `50ms`. */
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
 * Declares a class whose instances are rows of a table. Throws `DeclarationError` when the metadata is built, with all
 * problems of the class: an unknown option, an option with a wrong value, a missing partition key, ….
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
  refuseBareClass('Entity', nameOrOptions)
  const options = typeof nameOrOptions === 'string' ? { name: nameOrOptions } : nameOrOptions
  return (target, context) => {
    recordOnce(declarationsOfClass(target, context), 'Entity', options)
  }
}
