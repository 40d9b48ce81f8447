import type { ExecuteOptions } from './driver/execute-options'
import type { ClientOptions, DriverClient } from './driver/session'
import type { Logging, StatementLogger } from './driver/statement-log'
import type { Class } from './metadata/declaration'
import type { NamingStrategy } from './metadata/naming-strategy'
import type { EntitySubscriber } from './repository/entity-subscriber'

/** How a keyspace is created when it is absent: `{ class: 'NetworkTopologyStrategy', datacenter1: 1 }`. */
export type Replication = Readonly<Record<string, string | number>> & { readonly class: string }

/**
 * What happens at `initialize` when the cluster differs from the classes: nothing is asked ('off'), the logger
 * is warned, or `initialize` throws a `SchemaError` that lists the differences.
 */
export type SchemaValidation = 'off' | 'warn' | 'error'

/** What a data source takes besides the options of the driver's client. */
export interface OwnOptions {
  /** The classes, or globs of files that export them. */
  readonly entities: readonly (Class | string)[]
  /**
   * The keyspace of entities that name none. The driver has it too and sends USE, so that CQL of your own may leave
   * it out. All other statements name their tables in full: where USE is forbidden, give a client without a keyspace.
   */
  readonly keyspace?: string | undefined
  /** Creates the keyspace at `initialize`, only if it is absent; an existing one is never altered. */
  readonly createKeyspace?: { readonly replication: Replication } | undefined
  /** Runs `schema.sync()` at `initialize`. */
  readonly synchronize?: boolean | undefined
  /** Compares the classes with the cluster at `initialize`; 'off' unless given. */
  readonly validateSchema?: SchemaValidation | undefined
  /** Names of tables and columns that no decorator gives; 'snake_case' unless given. */
  readonly namingStrategy?: NamingStrategy | undefined
  /** What is logged; statements with their markers, never values. */
  readonly logging?: Logging | undefined
  /** Milliseconds from which a statement is logged as slow; 100 unless given. */
  readonly slowQueryThreshold?: number | undefined
  /** Where the log goes; the console unless given. */
  readonly logger?: StatementLogger | undefined
  /**
   * Decodes rows from the bytes of their frames straight into entities, and writes requests in one piece; true unless
   * given, or unless `COODIE_DIRECT_ROWS=0` is in the environment. Entities and requests are the same either way.
   */
  readonly directRows?: boolean | undefined
  /** What hears of all that happens to entities: classes with `@EventSubscriber()`, or instances of such. */
  readonly subscribers?:
    readonly (EntitySubscriber<never> | Class<EntitySubscriber<never>>)[] | undefined
  /** Options of every call that does not name them itself. */
  readonly defaults?: ExecuteOptions | undefined
}

/** Options of the driver's client, or a client of your own in their place. */
export type DataSourceOptions = OwnOptions &
  (
    | (Omit<ClientOptions, 'keyspace'> & { readonly client?: undefined })
    | { readonly client: DriverClient }
  )
