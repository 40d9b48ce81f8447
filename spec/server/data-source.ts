import { DataSource, type DataSourceOptions } from '../../lib'
import { type SpecKeyspace, connection, useKeyspace } from './keyspace'

/** A data source of the spec file, in its own keyspace. */
export interface SpecDataSource {
  readonly db: DataSource
  readonly keyspace: SpecKeyspace
}

/**
 * Creates a keyspace and the tables of the entities before the specs of the file, and drops them after the specs.
 * Repositories can be taken at once; they work inside of specs and hooks.
 *
 * ```ts
 * const { db } = useDataSource([Product])
 * const products = db.getRepository(Product)
 * ```
 */
export function useDataSource(
  entities: DataSourceOptions['entities'],
  options: Partial<DataSourceOptions> = {},
): SpecDataSource {
  const keyspace = useKeyspace()
  const db = new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities,
    synchronize: true,
    ...options,
  })
  beforeAll(() => db.initialize())
  afterAll(() => db.destroy())
  return { db, keyspace }
}
