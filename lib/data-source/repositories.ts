import { StatementError } from '../errors/errors'
import { type Class, nameOf } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { CounterRepository } from '../repository/counter-repository'
import { getRepositoryEntity, isRepositoryClass } from '../repository/entity-repository'
import { Repository } from '../repository/repository'
import type { RepositoryContext } from '../repository/repository-context'

/** A class of repositories, as it is called here: the declarations of the package show no constructor. */
export type RepositoryClass<R> = new (context: RepositoryContext) => R

/** Refuses an entity that a kind of repository is not for. */
type Requirement = (metadata: EntityMetadata) => void

/** Throws `StatementError` for a view. */
export function requireWritable({ name, kind, from }: EntityMetadata): void {
  if (kind !== 'view') return
  throw new StatementError(
    `${name} is a view and cannot be written; read it with getViewRepository(${name}), ` +
      `and write ${from?.name}`,
  )
}

/** Throws `StatementError` for a table. */
export function requireView({ name, kind }: EntityMetadata): void {
  if (kind === 'view') return
  throw new StatementError(`${name} is not a view; use getRepository(${name})`)
}

/** Throws `StatementError` for an entity without counters. */
export function requireCounters(metadata: EntityMetadata): void {
  requireWritable(metadata)
  if (metadata.hasCounters) return
  throw new StatementError(`${metadata.name} has no counters; use getRepository(${metadata.name})`)
}

/** The requirement of each class of repositories, the first one that a class extends; reading has none. */
const requirements: readonly (readonly [Class, Requirement])[] = [
  [CounterRepository, requireCounters],
  [Repository, requireWritable],
]

/** The entity and the requirement of a class of the user's own. Throws `StatementError` if it is not a repository. */
export function describeRepository(target: Class): {
  readonly entity: Class
  readonly require: Requirement | undefined
} {
  if (typeof target !== 'function' || !isRepositoryClass(target)) {
    const name = typeof target === 'function' ? nameOf(target) : String(target)
    throw new StatementError(
      `${name} is not a repository class; getCustomRepository takes one that extends Repository, ` +
        'CounterRepository or ReadRepository',
    )
  }
  const [, require] = requirements.find(([base]) => target.prototype instanceof base) ?? []
  return { entity: getRepositoryEntity(target), require }
}

/** The repositories of a data source, each made once for its class and entity. */
export class Repositories {
  readonly #made = new WeakMap<object, Map<EntityMetadata, unknown>>()

  constructor(private readonly contexts: (target: Class) => RepositoryContext) {}

  /** Returns the one repository of a class for an entity. Throws `StatementError` if the class is not for it. */
  get<R>(repository: RepositoryClass<R>, entity: Class, require?: Requirement): R {
    const context = this.contextOf(entity, require)
    const made = this.#made.get(repository) ?? new Map<EntityMetadata, unknown>()
    this.#made.set(repository, made)
    const known = made.get(context.metadata) ?? new repository(context)
    made.set(context.metadata, known)
    return known as R
  }

  /** Returns the context of an entity. Throws `StatementError` if it does not meet the requirement. */
  contextOf(entity: Class, require?: Requirement): RepositoryContext {
    if (typeof entity === 'function' && isRepositoryClass(entity)) {
      const name = nameOf(entity)
      throw new StatementError(
        `${name} is a repository, not an entity; use getCustomRepository(${name})`,
      )
    }
    const context = this.contexts(entity)
    require?.(context.metadata)
    return context
  }
}
