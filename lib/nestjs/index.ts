export {
  CoodieHealthIndicator,
  type CoodieHealthResult,
  type PingOptions,
} from './health-indicator'
export { CoodieModule } from './coodie-module'
export { getDataSourceToken } from './data-source-token'
export { getRepositoryToken } from './repository-token'
export { InjectDataSource, InjectRepository } from './inject'
export { CoodieJsonInterceptor } from './json-interceptor'
export type {
  CoodieConnectOptions,
  CoodieModuleAsyncOptions,
  CoodieModuleOptions,
  CoodieOptionsFactory,
} from './module-options'
export { TimeUuidPipe, UuidPipe } from './uuid-pipes'
