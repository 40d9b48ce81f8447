import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common'
import type { DataSourceOptions } from '../index'

/** The options of a module besides those of its data source. */
export interface CoodieConnectOptions {
  /** The data source's name where there are several; 'default' unless given. */
  readonly name?: string | undefined
  /** Adds the classes of every `forFeature` of this data source to `entities`. */
  readonly autoLoadEntities?: boolean | undefined
  /** The maximum number of attempts to connect, including the first; 10 by default. */
  readonly retryAttempts?: number | undefined
  /** Milliseconds from one try to the next; 3000 unless given. */
  readonly retryDelay?: number | undefined
  /**
   * Decides if an error of the server or the connection leads to another attempt. By default, errors that may be
   * temporary do, but not a refused login, statement or option.
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
  /** Returns the options of the data source with this name. */
  createCoodieOptions(dataSourceName?: string): CoodieModuleOptions | Promise<CoodieModuleOptions>
}

/** Options that are made when the application starts; one of `useFactory`, `useClass` and `useExisting`. */
export interface CoodieModuleAsyncOptions {
  /** The data source's name where there are several; what the factory says comes too late. */
  readonly name?: string | undefined
  /** Modules that provide what is injected. */
  readonly imports?: ModuleMetadata['imports'] | undefined
  /** The tokens of the arguments of `useFactory`. */
  readonly inject?: FactoryProvider['inject'] | undefined
  /** Makes the options; receives the providers of `inject`. */
  readonly useFactory?: FactoryProvider<CoodieModuleOptions>['useFactory'] | undefined
  /** A class that makes the options; the module instantiates it. */
  readonly useClass?: Type<CoodieOptionsFactory> | undefined
  /** The token of an existing provider that makes the options. */
  readonly useExisting?: Type<CoodieOptionsFactory> | undefined
}
