import type { DataSourceOptions } from './data-source-options'

/** The options of a data source, with a name for the option `--connection` of the command `coodie`. */
export type ConnectionConfig = DataSourceOptions & {
  /** The name for `--connection`. The default is the name of the keyspace. */
  readonly name?: string | undefined
}

/** The export of `coodie.config.ts`: the options of one data source, or of several. */
export type CoodieConfig = ConnectionConfig | readonly ConnectionConfig[]

/**
 * Returns its argument, whose type the compiler has checked: the default export of `coodie.config.ts`.
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
