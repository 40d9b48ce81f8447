import { StatementError } from '../../errors/errors'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import type { ValidationOptions } from '../../metadata/validation-options'
import type { ValidateOptions } from '../options/find-options'
import type { RepositoryContext } from '../repository-context'

/** True: the call itself says something of its validation. */
export function saysOfValidation({ validate, groups }: ValidateOptions): boolean {
  return validate !== undefined || groups !== undefined
}

/**
 * How the constraints of a class are run before a write; undefined: not at all. The call decides before the entity,
 * the entity before the data source.
 */
export function validationOf(
  { host, behaviour }: RepositoryContext,
  metadata: EntityMetadata,
  { validate, groups }: ValidateOptions,
): ValidationOptions | undefined {
  const { name } = metadata
  if (validate === undefined && groups === undefined) {
    return behaviour?.ofClass(metadata.target).validation
  }
  if (validate === false) {
    if (groups === undefined) return undefined
    throw new StatementError(`${name}: groups say nothing beside validate: false; leave one out`)
  }
  const options = host.behaviours.validationOf(metadata)
  return groups === undefined ? options : { ...options, groups }
}
