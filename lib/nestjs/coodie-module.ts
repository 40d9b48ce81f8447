import { type DynamicModule, Module } from '@nestjs/common'
import type { Class } from '../index'
import { CoodieCoreModule } from './coodie-core-module'
import { featureProviders } from './feature'
import type { CoodieModuleAsyncOptions, CoodieModuleOptions } from './module-options'

/**
 * Data sources and their repositories as providers of a Nest application.
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
   * Opens a data source when the application starts, in several tries, and closes it when it shuts down. Every
   * module can inject it. Where there are several, all but one have a `name`.
   *
   * The start fails with `ExecutionError` after the last try, with `DeclarationError`, `StatementError` or
   * `SchemaError` at once.
   */
  static forRoot(options: CoodieModuleOptions): DynamicModule {
    return { module: CoodieModule, imports: [CoodieCoreModule.forRoot(options)] }
  }

  /**
   * As `forRoot`, with options that are made when the application starts. Throws `StatementError` when nothing
   * says how.
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
   * The repositories of these classes as providers of the module that imports it: of an entity a `Repository`, of a
   * view a `ReadRepository`, of counters a `CounterRepository`, to be injected by `@InjectRepository()`; a repository
   * of your own by its class. Throws `StatementError` for what is no class.
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
