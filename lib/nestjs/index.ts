export {
  CoodieHealthIndicator,
  type CoodieHealthResult,
  type PingOptions,
} from './health-indicator'
export { CoodieModule } from './coodie-module'
export { getDataSourceToken } from './data-source-token'
export { getRepositoryToken } from './repository-token'
export { InjectDataSource, InjectRepository } from './inject'
export type {
  CoodieConnectOptions,
  CoodieModuleAsyncOptions,
  CoodieModuleOptions,
  CoodieOptionsFactory,
} from './module-options'
