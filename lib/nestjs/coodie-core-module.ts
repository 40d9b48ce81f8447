import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common'
import { ModuleRef, ModulesContainer } from '@nestjs/core'
import { DataSource, StatementError } from '../index'
import { connect } from './connect'
import { defaultName, getDataSourceToken } from './data-source-token'
import { entitiesOfFeatures } from './feature'
import { CoodieHealthIndicator } from './health-indicator'
import type {
  CoodieModuleAsyncOptions,
  CoodieModuleOptions,
  CoodieOptionsFactory,
} from './module-options'
import { NestLogger } from './nest-logger'
import { requireConnectOptions } from './require-connect-options'
import { startTogether } from './start-together'

const optionsToken = Symbol('coodie.options')
const nameToken = Symbol('coodie.dataSourceName')

/** A data source, opened when the application starts and closed when it shuts down. */
@Module({})
export class CoodieCoreModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(nameToken) private readonly name: string,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
  ) {}

  static forRoot(options: CoodieModuleOptions): DynamicModule {
    // A program without types may give none, which is told with everything else when it starts.
    return withDataSource((options as Partial<typeof options> | undefined)?.name, [
      { provide: optionsToken, useValue: options },
    ])
  }

  static forRootAsync(options: CoodieModuleAsyncOptions): DynamicModule {
    return withDataSource(options.name, optionsProviders(options), options.imports)
  }

  onApplicationBootstrap(): void {
    // An interceptor that was given to the application has loaded class-transformer by now, maybe the first to do so.
    // The double of a test need not have the method.
    const db: Partial<DataSource> = this.#dataSource
    db.registerPlain?.()
  }

  async onApplicationShutdown(): Promise<void> {
    const db = this.#dataSource
    // The replacement in a test may lack `destroy`.
    if (db.isInitialized) await db.destroy()
  }

  get #dataSource(): DataSource {
    return this.moduleRef.get<DataSource>(getDataSourceToken(this.name))
  }
}

function withDataSource(
  name: string = defaultName,
  providers: readonly Provider[],
  imports: DynamicModule['imports'] = [],
): DynamicModule {
  const dataSource = {
    provide: getDataSourceToken(name),
    useFactory: (options: CoodieModuleOptions, modules: ModulesContainer) =>
      startTogether(modules, open(name, options, modules)),
    inject: [optionsToken, ModulesContainer],
  }
  return {
    module: CoodieCoreModule,
    global: true,
    imports,
    providers: [
      ...providers,
      { provide: nameToken, useValue: name },
      dataSource,
      CoodieHealthIndicator,
    ],
    exports: [dataSource, CoodieHealthIndicator],
  }
}

function optionsProviders(given: CoodieModuleAsyncOptions): readonly Provider[] {
  const { name, useFactory, inject = [], useClass, useExisting } = given
  if (useFactory !== undefined) return [{ provide: optionsToken, useFactory, inject }]
  const factory = useExisting ?? useClass
  if (factory === undefined) {
    throw new StatementError(
      'CoodieModule.forRootAsync needs one of useFactory, useClass and useExisting',
    )
  }
  const options = {
    provide: optionsToken,
    useFactory: (made: CoodieOptionsFactory) => made.createCoodieOptions(name),
    inject: [factory],
  }
  return useExisting === undefined ? [options, factory] : [options]
}

async function open(
  name: string,
  options: CoodieModuleOptions,
  modules: ModulesContainer,
): Promise<DataSource> {
  if (typeof options !== 'object' || options === null) {
    throw new StatementError(
      `CoodieModule: what should give the options of the data source '${name}' gave ${String(options)}`,
    )
  }
  requireConnectOptions(options)
  const { name: ownName = name, autoLoadEntities = false, ...given } = options
  if (ownName !== name) {
    throw new StatementError(
      `CoodieModule.forRootAsync: the options are of the data source '${ownName}', which is known as ` +
        `'${name}' by now; write forRootAsync({ name: '${ownName}', … })`,
    )
  }
  const names = [...modules.values()].map(({ providers }) => providers.get(nameToken)?.instance)
  if (names.filter((each: unknown) => each === name).length > 1) {
    throw new StatementError(
      `CoodieModule: two data sources of the application are called '${name}'; ` +
        'give all but one a name: forRoot({ name })',
    )
  }
  const { retryAttempts, retryDelay, toRetry, verboseRetryLog, ...own } = given
  const { entities: listed = [] } = own
  const entities =
    autoLoadEntities && Array.isArray(listed)
      ? [...listed, ...entitiesOfFeatures(modules, name)]
      : listed
  const logger = own.logger ?? new NestLogger()
  const db = new DataSource({ ...own, logger, entities })
  return connect(db, { name, retryAttempts, retryDelay, toRetry, verboseRetryLog })
}
