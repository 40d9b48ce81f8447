import { Inject } from '@nestjs/common'
import type { Class } from '../index'
import { getDataSourceToken } from './data-source-token'
import { getRepositoryToken } from './repository-token'

type InjectDecorator = ReturnType<typeof Inject>

/**
 * Injects the repository that `forFeature` provides: a `Repository`, a `ReadRepository` of a view, a `CounterRepository`
 * of a class with counters. Throws `StatementError` if `entity` is not a class.
 *
 * ```ts
 * class ProductsService {
 *   constructor(@InjectRepository(Product) private readonly products: Repository<Product>) {}
 * }
 * ```
 */
export function InjectRepository(entity: Class, dataSource?: string): InjectDecorator {
  return Inject(getRepositoryToken(entity, dataSource))
}

/**
 * Injects a data source. A data source without a name can be injected by its type.
 *
 * ```ts
 * class ReportsService {
 *   constructor(@InjectDataSource('reports') private readonly db: DataSource) {}
 * }
 * ```
 */
export function InjectDataSource(name?: string): InjectDecorator {
  return Inject(getDataSourceToken(name))
}
