import { Inject } from '@nestjs/common'
import type { Class } from '../index'
import { getDataSourceToken } from './data-source-token'
import { getRepositoryToken } from './repository-token'

type InjectDecorator = ReturnType<typeof Inject>

/**
 * Injects the repository that `forFeature` made: a `Repository`, a `ReadRepository` of a view, a `CounterRepository`
 * of a class with counters. Throws `StatementError` for what is no class.
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
 * Injects a data source; without a name the type alone does.
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
