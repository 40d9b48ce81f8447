import { StatementError } from '../errors/errors'
import { type Class, nameOf } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { CounterRepository } from '../repository/counter-repository'
import { getRepositoryEntity, isRepositoryClass } from '../repository/entity-repository'
import { ReadRepository } from '../repository/read-repository'
import { Repository } from '../repository/repository'
import type { RepositoryContext } from '../repository/repository-context'

type RepositoryClass = new (context: RepositoryContext) => ReadRepository<object>

/** The repositories of a data source, each made once. */
export class Repositories {
  readonly #made = new Map<RepositoryClass, Map<EntityMetadata, ReadRepository<object>>>()

  constructor(private readonly contexts: (target: Class) => RepositoryContext) {}

  /** The repository of a table. */
  of(target: Class): ReadRepository<object> {
    return this.#make(Repository, this.writable(target))
  }

  /** The repository of a view, which only reads. */
  ofView(view: Class): ReadRepository<object> {
    const context = this.#contextOf(view)
    const { name, kind } = context.metadata
    if (kind !== 'view') {
      throw new StatementError(`${name} is no view; use getRepository(${name})`)
    }
    return this.#make(ReadRepository, context)
  }

  /** The repository of a table with counters. */
  ofCounters(target: Class): ReadRepository<object> {
    return this.#make(CounterRepository, this.#countable(target))
  }

  /** The repository of a class of the user's own. */
  custom(target: Class): ReadRepository<object> {
    if (typeof target !== 'function' || !isRepositoryClass(target)) {
      const name = typeof target === 'function' ? nameOf(target) : String(target)
      throw new StatementError(
        `${name} is no repository class; getCustomRepository takes one that extends Repository, ` +
          'CounterRepository or ReadRepository',
      )
    }
    const entity = getRepositoryEntity(target)
    const { prototype } = target
    const context =
      prototype instanceof CounterRepository
        ? this.#countable(entity)
        : prototype instanceof Repository
          ? this.writable(entity)
          : this.#contextOf(entity)
    return this.#make(target as unknown as RepositoryClass, context)
  }

  /** Throws `StatementError` for a view. */
  writable(target: Class): RepositoryContext {
    const context = this.#contextOf(target)
    const { name, kind, from } = context.metadata
    if (kind === 'view') {
      throw new StatementError(
        `${name} is a view and cannot be written; read it with getViewRepository(${name}), ` +
          `and write ${from?.name}`,
      )
    }
    return context
  }

  #countable(target: Class): RepositoryContext {
    const context = this.writable(target)
    const { name, hasCounters } = context.metadata
    if (!hasCounters) {
      throw new StatementError(`${name} has no counters; use getRepository(${name})`)
    }
    return context
  }

  #contextOf(target: Class): RepositoryContext {
    if (typeof target === 'function' && isRepositoryClass(target)) {
      const name = nameOf(target)
      throw new StatementError(
        `${name} is a repository and no entity; use getCustomRepository(${name})`,
      )
    }
    return this.contexts(target)
  }

  #make(constructor: RepositoryClass, context: RepositoryContext): ReadRepository<object> {
    const made = this.#made.get(constructor) ?? new Map<EntityMetadata, ReadRepository<object>>()
    this.#made.set(constructor, made)
    const repository = made.get(context.metadata) ?? new constructor(context)
    made.set(context.metadata, repository)
    return repository
  }
}
