import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common'
import type { DataSourceOptions } from '../index'

/** The options of a module besides those of its data source. */
export interface CoodieConnectOptions {
  /** The name of the data source, if there are several. The default is 'default'. */
  readonly name?: string | undefined
  /** Adds the classes of every `forFeature` of this data source to `entities`. */
  readonly autoLoadEntities?: boolean | undefined
  /** The maximum number of attempts to connect, including the first; 10 by default. */
  readonly retryAttempts?: number | undefined
  /** The time between two attempts in milliseconds. The default is 3000. */
  readonly retryDelay?: number | undefined
  /**
   * Decides if an error of the server or the connection leads to another attempt. By default, errors that may be
   * temporary do, but not a refused login, statement or option.
   */
  readonly toRetry?: ((error: Error) => boolean) | undefined
  /** Logs the stack of each failed attempt too. */
  readonly verboseRetryLog?: boolean | undefined
}

type WithoutEntities<T> = T extends unknown ? Omit<T, 'entities'> : never

/** The options of a data source and of the module. `autoLoadEntities` can replace `entities`. */
export type CoodieModuleOptions = CoodieConnectOptions &
  Partial<Pick<DataSourceOptions, 'entities'>> &
  WithoutEntities<DataSourceOptions>

/** A provider that returns the options, for `useClass` and `useExisting`. */
export interface CoodieOptionsFactory {
  /** Returns the options of the data source with this name. */
  createCoodieOptions(dataSourceName?: string): CoodieModuleOptions | Promise<CoodieModuleOptions>
}

/** Options that are computed when the application starts, by one of `useFactory`, `useClass` and `useExisting`. */
export interface CoodieModuleAsyncOptions {
  /** The name of the data source, if there are several. The factory cannot set it. */
  readonly name?: string | undefined
  /** Modules that provide the injected values. */
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
