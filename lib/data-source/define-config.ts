import type { DataSourceOptions } from './data-source-options'

/** The options of a data source, with a name by which the command `coodie` finds them among several. */
export type ConnectionConfig = DataSourceOptions & {
  /** For `--connection`; the keyspace's name unless given. */
  readonly name?: string | undefined
}

/** The export of `coodie.config.ts`: the options of one data source, or of several. */
export type CoodieConfig = ConnectionConfig | readonly ConnectionConfig[]

/**
 * Gives back what it is given, checked by the compiler: the default export of `coodie.config.ts`.
 *
 * ```js
 * // coodie.config.ts
 * export default defineConfig({
 *   contactPoints: ['127.0.0.1'], localDataCenter: 'datacenter1', keyspace: 'shop',
 *   entities: ['src/entities/*.ts'],
 * })
 * ```
 */
export function defineConfig<const C extends CoodieConfig>(config: C): C {
  return config
}
