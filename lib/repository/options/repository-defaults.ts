import type { ExecuteOptions } from '../../driver/execute-options'

/** The options that `with` sets for all calls of a repository. */
export interface RepositoryDefaults extends ExecuteOptions {
  /** The keyspace, instead of that of the entity or the data source. */
  readonly keyspace?: string
}
