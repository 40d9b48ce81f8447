import { StatementError } from '../errors/errors'
import { type Class, nameOf } from '../metadata/declaration'
import { ReadRepository } from './read-repository'

/** A decorator of repositories of `E`, legacy or TC39. */
export type RepositoryDecorator<E extends object> = (
  target: Class<ReadRepository<E>>,
  context?: ClassDecoratorContext,
) => void

/** `Symbol.for`, so that two copies of the package share it. */
const key = Symbol.for('coodie.repositoryOf')

/**
 * Names the entity of a custom repository, a class that extends `Repository`, `CounterRepository`, or `ReadRepository`
 * for a view. `DataSource.getCustomRepository` makes the instance: do not declare a constructor.
 *
 * Throws `StatementError` if `entity` is not a class, or if the decorated class is not a repository.
 *
 * ```ts
 * @EntityRepository(Product)
 * class ProductRepository extends Repository<Product> {
 *   ofBrand(brand: string) {
 *     return this.findBy({ brand })
 *   }
 * }
 * ```
 */
export function EntityRepository<E extends object>(entity: Class<E>): RepositoryDecorator<E> {
  return (target) => {
    if (!isRepositoryClass(target)) {
      throw new StatementError(
        `@EntityRepository() is on ${nameOf(target)}, which is not a repository; ` +
          'use it on a class that extends Repository, CounterRepository or ReadRepository',
      )
    }
    if (typeof entity !== 'function') {
      throw new StatementError(
        `@EntityRepository() of ${nameOf(target)} needs the class of its entity, got ` +
          `${String(entity)}${entity === undefined ? ': is its file imported in a circle?' : ''}`,
      )
    }
    Object.defineProperty(target, key, { value: entity })
  }
}

/** Returns `true` for a class that extends one of the repositories. */
export function isRepositoryClass(target: Class): target is Class<ReadRepository<object>> {
  return target.prototype instanceof ReadRepository
}

/**
 * Returns the entity that `@EntityRepository()` names on a custom repository or on a class that it extends. Throws
 * `StatementError` if none of them has the decorator.
 */
export function getRepositoryEntity(target: Class): Class {
  const entity = (target as { readonly [key]?: Class })[key]
  if (entity === undefined) {
    const name = nameOf(target)
    throw new StatementError(
      `${name} does not name its entity; write @EntityRepository(Product) above class ${name}`,
    )
  }
  return entity
}
