import { type DynamicModule, Module } from '@nestjs/common'
import type { Class } from '../index'
import { CoodieCoreModule } from './coodie-core-module'
import { featureProviders } from './feature'
import type { CoodieModuleAsyncOptions, CoodieModuleOptions } from './module-options'

/**
 * Provides data sources and their repositories to a Nest application.
 *
 * ```ts
 * @Module({
 *   imports: [
 *     CoodieModule.forRoot({
 *       contactPoints: ['127.0.0.1'], localDataCenter: 'datacenter1', keyspace: 'shop', autoLoadEntities: true,
 *     }),
 *     CoodieModule.forFeature([Product]),
 *   ],
 * })
 * class AppModule {}
 * ```
 */
@Module({})
export class CoodieModule {
  /**
   * Opens a data source when the application starts, in several attempts, and closes it on shutdown. Every module can
   * inject it. If there are several data sources, all but one need a `name`.
   *
   * The start fails with `ExecutionError` after the last attempt, and at once with `DeclarationError`, `StatementError`
   * or `SchemaError`.
   */
  static forRoot(options: CoodieModuleOptions): DynamicModule {
    return { module: CoodieModule, imports: [CoodieCoreModule.forRoot(options)] }
  }

  /**
   * Does the same as `forRoot` with options that are computed when the application starts. Throws `StatementError` without
   * one of `useFactory`, `useClass` and `useExisting`.
   *
   * ```ts
   * CoodieModule.forRootAsync({
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({
   *     contactPoints: [config.getOrThrow('CASSANDRA_HOST')],
   *     localDataCenter: 'datacenter1',
   *     keyspace: 'shop',
   *     autoLoadEntities: true,
   *   }),
   * })
   * ```
   */
  static forRootAsync(options: CoodieModuleAsyncOptions): DynamicModule {
    return { module: CoodieModule, imports: [CoodieCoreModule.forRootAsync(options)] }
  }

  /**
   * Provides the repositories of these classes to the module that imports it: a `Repository` of an entity, a
   * `ReadRepository` of a view, a `CounterRepository` of counters. Inject them with `@InjectRepository()`, and a custom
   * repository by its class. Throws `StatementError` for an element that is not a class.
   *
   * ```ts
   * CoodieModule.forFeature([Product, ProductByBrand])
   * CoodieModule.forFeature([Reading], 'metrics')
   * ```
   */
  static forFeature(classes: readonly Class[], dataSource?: string): DynamicModule {
    const providers = [...featureProviders(classes, dataSource)]
    return { module: CoodieModule, providers, exports: providers }
  }
}
