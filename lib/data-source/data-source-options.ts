import type { ExecuteOptions } from '../driver/execute-options'
import type { ClientOptions, DriverClient } from '../driver/session'
import type { Logging, StatementLogger } from '../driver/observe/statement-log'
import type { TelemetryProviders } from '../driver/observe/telemetry-providers'
import type { Class } from '../metadata/declaration'
import type { NamingStrategy } from '../metadata/naming-strategy'
import type { ValidationOptions } from '../metadata/validation-options'
import type { EntitySubscriber } from '../repository/entity-subscriber'
import type { KeyspaceSource } from '../repository/repository-context'
import type { Replication } from '../schema/ddl'

/**
 * How `initialize` treats differences between the classes and the cluster. `'off'` asks nothing. `'warn'` writes all of
 * them to the logger. `'error'` throws a `SchemaError` if one of them concerns what the classes need, such as a missing
 * column or another type, and warns of the others: what no class maps, and table options. `'strict'` throws for each.
 */
export type SchemaValidation = 'off' | 'warn' | 'error' | 'strict'

/** What a data source takes besides the options of the driver's client. */
export interface OwnOptions {
  /** The classes, or globs of files that export them. */
  readonly entities: readonly (Class | string)[]
  /**
   * The keyspace of entities that name none. The driver has it too and sends USE, so that CQL of your own may leave
   * it out. All other statements name their tables in full: where USE is forbidden, give a client without a keyspace.
   *
   * A function is asked on each call, as for a keyspace per tenant: `keyspace: () => tenants.getStore()`. The driver
   * has none then. Where it gives undefined, the call throws a `StatementError`, and nothing is sent.
   */
  readonly keyspace?: KeyspaceSource | undefined
  /**
   * Creates the keyspace at `initialize`, only if it is absent; an existing one is never altered. Where `keyspace` is
   * a function, `schema.sync()` creates the one that it names.
   */
  readonly createKeyspace?: { readonly replication: Replication } | undefined
  /** Runs `schema.sync()` at `initialize`. */
  readonly synchronize?: boolean | undefined
  /** Compares the classes with the cluster at `initialize`. The default is `'off'`. */
  readonly validateSchema?: SchemaValidation | undefined
  /** Names of tables and columns that no decorator gives; 'snake_case' unless given. */
  readonly namingStrategy?: NamingStrategy | undefined
  /** What is logged; statements with their markers, never values. */
  readonly logging?: Logging | undefined
  /** Milliseconds from which a statement is logged as slow; 100 unless given. */
  readonly slowQueryThreshold?: number | undefined
  /**
   * Spans and metrics of OpenTelemetry: true for the providers that the process has registered, which needs
   * `@opentelemetry/api`, or providers of your own. Nothing is measured unless given.
   */
  readonly telemetry?: boolean | TelemetryProviders | undefined
  /** Where the log goes; the console unless given. */
  readonly logger?: StatementLogger | undefined
  /**
   * Decodes rows from the bytes of their frames straight into entities, and writes requests in one piece; true unless
   * given, or unless `COODIE_DIRECT_ROWS=0` is in the environment. Entities and requests are the same either way.
   */
  readonly directRows?: boolean | undefined
  /**
   * Runs the constraints of class-validator before every `insert`, `save` and `update`, and refuses what breaks them
   * with a `ValidationError`: true, or options of class-validator. False unless given. `@Entity({ validate })` and the
   * call say otherwise.
   */
  readonly validate?: boolean | ValidationOptions | undefined
  /** What hears of all that happens to entities: classes with `@EventSubscriber()`, or instances of such. */
  readonly subscribers?:
    readonly (EntitySubscriber<never> | Class<EntitySubscriber<never>>)[] | undefined
  /**
   * Signs the page states of `findPage` with HMAC-SHA256 and refuses others: at least 16 characters, the same in every
   * process that serves the pages. Recommended where page states leave the application, as for a browser. Without it a
   * page state is not signed: whoever holds one can change where the read goes on.
   */
  readonly pageStateSecret?: string | undefined
  /** Options of every call that does not name them itself. */
  readonly defaults?: ExecuteOptions | undefined
}

/** Options of the driver's client, or a client of your own in their place. */
export type DataSourceOptions = OwnOptions &
  (
    | (Omit<ClientOptions, 'keyspace'> & { readonly client?: undefined })
    | { readonly client: DriverClient }
  )
