import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common'
import type { DataSourceOptions } from '../index'

/** What a module takes besides the options of its data source. */
export interface CoodieConnectOptions {
  /** The data source's name where there are several; 'default' unless given. */
  readonly name?: string | undefined
  /** Adds the classes of every `forFeature` of this data source to `entities`. */
  readonly autoLoadEntities?: boolean | undefined
  /** How often a connection is tried in all, the first time included; 10 unless given. */
  readonly retryAttempts?: number | undefined
  /** Milliseconds from one try to the next; 3000 unless given. */
  readonly retryDelay?: number | undefined
  /**
   * Whether to try again after an error of the server or the way to it; unless given, after those that may pass:
   * not when the login, a statement or an option was refused.
   */
  readonly toRetry?: ((error: Error) => boolean) | undefined
  /** Logs the stack of each failed try too. */
  readonly verboseRetryLog?: boolean | undefined
}

type WithoutEntities<T> = T extends unknown ? Omit<T, 'entities'> : never

/** The options of a data source, of which `entities` may be left to `autoLoadEntities`, and those of the module. */
export type CoodieModuleOptions = CoodieConnectOptions &
  Partial<Pick<DataSourceOptions, 'entities'>> &
  WithoutEntities<DataSourceOptions>

/** A provider that makes the options: for `useClass` and `useExisting`. */
export interface CoodieOptionsFactory {
  createCoodieOptions(dataSourceName?: string): CoodieModuleOptions | Promise<CoodieModuleOptions>
}

/** Options that are made when the application starts; one of `useFactory`, `useClass` and `useExisting`. */
export interface CoodieModuleAsyncOptions {
  /** The data source's name where there are several; what the factory says comes too late. */
  readonly name?: string | undefined
  /** Modules that provide what is injected. */
  readonly imports?: ModuleMetadata['imports'] | undefined
  /** What `useFactory` is called with. */
  readonly inject?: FactoryProvider['inject'] | undefined
  readonly useFactory?: FactoryProvider<CoodieModuleOptions>['useFactory'] | undefined
  readonly useClass?: Type<CoodieOptionsFactory> | undefined
  readonly useExisting?: Type<CoodieOptionsFactory> | undefined
}
