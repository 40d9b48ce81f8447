import type { ExecuteOptions } from '../driver/execute-options'
import type { ClientOptions, DriverClient } from '../driver/session'
import type { Logging, StatementLogger } from '../driver/observe/statement-log'
import type { TelemetryProviders } from '../driver/observe/telemetry-providers'
import type { Class } from '../metadata/declaration'
import type { InPlaceMigration } from '../migration/migration'
import type { NamingStrategy } from '../metadata/naming-strategy'
import type { ValidationOptions } from '../metadata/validation-options'
import type { EntitySubscriber } from '../repository/entity-subscriber'
import type { KeyspaceSource } from '../repository/repository-context'
import type { Replication } from '../schema/ddl'

/**
 * The treatment of differences between the classes and the cluster at `initialize`. `'off'` asks nothing. `'warn'` writes all of
 * them to the logger. `'error'` throws a `SchemaError` if one of them concerns what the classes need, such as a missing
 * column or another type, and warns of the others: what no class maps, and table options. `'strict'` throws for each.
 */
export type SchemaValidation = 'off' | 'warn' | 'error' | 'strict'

/** The options of a data source besides those of the driver's client. */
export interface OwnOptions {
  /** The entity classes, or globs of files that export them. User-defined types need not be listed. */
  readonly entities: readonly (Class | string)[]
  /**
   * The keyspace of entities that do not name one. The driver uses it too and sends USE, so that hand-written CQL can
   * omit it. All other statements name the keyspace: if the cluster forbids USE, pass a client without a keyspace.
   *
   * A function is called on each call, for example for a keyspace per tenant: `keyspace: () => tenants.getStore()`. The
   * driver has no keyspace then. If the function returns `undefined`, the call throws a `StatementError`.
   */
  readonly keyspace?: KeyspaceSource | undefined
  /**
   * Creates the keyspace at `initialize` if it does not exist. An existing keyspace is never altered. If `keyspace` is a
   * function, `schema.sync()` creates the keyspace that it returns.
   */
  readonly createKeyspace?: { readonly replication: Replication } | undefined
  /** Runs `schema.sync()` at `initialize`. */
  readonly synchronize?: boolean | undefined
  /**
   * The migrations: globs of files, relative to the current folder, or migrations with a version and a title. Each file
   * is called `<version>-<title>` with the extension `.ts`, `.js`, `.mjs`, `.cjs` or `.cql`.
   */
  readonly migrations?: readonly (string | InPlaceMigration)[] | undefined
  /** The table with the log of migrations and their lock. The default is `'coodie_migrations'`. */
  readonly migrationsTable?: string | undefined
  /** Runs `migrations.run()` at `initialize`, before `synchronize` and `validateSchema`. */
  readonly migrationsRun?: boolean | undefined
  /** Compares the classes with the cluster at `initialize`. The default is `'off'`. */
  readonly validateSchema?: SchemaValidation | undefined
  /** The names of tables and columns that no decorator names. The default is `'snake_case'`. */
  readonly namingStrategy?: NamingStrategy | undefined
  /** The kinds of entries to log. Statements have markers and never values. The default is none. */
  readonly logging?: Logging | undefined
  /** The duration in milliseconds from which a statement is logged as slow. The default is 100. */
  readonly slowQueryThreshold?: number | undefined
  /**
   * Spans and metrics of OpenTelemetry: `true` for the providers that the process has registered, which needs
   * `@opentelemetry/api`, or other providers. By default nothing is measured.
   */
  readonly telemetry?: boolean | TelemetryProviders | undefined
  /** The receiver of the log. The default is the console. */
  readonly logger?: StatementLogger | undefined
  /**
   * Decodes rows from the bytes of their frames straight into entities, and writes requests in one piece. The default is
   * `true`, unless the environment has `COODIE_DIRECT_ROWS=0`. Entities and requests are equal in both cases.
   */
  readonly directRows?: boolean | undefined
  /**
   * Runs the constraints of class-validator before every `insert`, `save` and `update`; a broken one is a
   * `ValidationError`. `true`, or options of class-validator. The default is `false`. `@Entity({ validate })` and the
   * options of a call override it. Needs the package class-validator.
   */
  readonly validate?: boolean | ValidationOptions | undefined
  /** Receivers of the events of entities: classes with `@EventSubscriber()`, or instances of them. */
  readonly subscribers?:
    readonly (EntitySubscriber<never> | Class<EntitySubscriber<never>>)[] | undefined
  /**
   * Signs the page states of `findPage` with HMAC-SHA256 and refuses others: at least 16 characters, the same in every
   * process that serves the pages. Recommended where page states leave the application, as for a browser. Without it a
   * page state is not signed: whoever holds one can change where the read goes on.
   */
  readonly pageStateSecret?: string | undefined
  /**
   * The time in milliseconds that requests under way have to finish when the data source is destroyed. The default is
   * 10,000.
   */
  readonly drainTimeout?: number | undefined
  /** Options of every call that does not set them. */
  readonly defaults?: ExecuteOptions | undefined
}

/** The options of a data source: its own, and those of the driver's `Client` or an existing `client`. */
export type DataSourceOptions = OwnOptions &
  (
    | (Omit<ClientOptions, 'keyspace'> & { readonly client?: undefined })
    | { readonly client: DriverClient }
  )
