import { StatementError } from '../../errors/errors'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import type { ValidationOptions } from '../../metadata/validation-options'
import type { ValidateOptions } from '../options/write-options'
import type { RepositoryContext } from '../repository-context'

/** Returns `true` if the call has options of validation. */
export function saysOfValidation({ validate, groups }: ValidateOptions): boolean {
  return validate !== undefined || groups !== undefined
}

/**
 * Returns the options of validation before a write; undefined if it is off. The call overrides the entity, the entity
 * overrides the data source.
 */
export function validationOf(
  { host, behavior }: RepositoryContext,
  metadata: EntityMetadata,
  { validate, groups }: ValidateOptions,
): ValidationOptions | undefined {
  const { name } = metadata
  if (validate === undefined && groups === undefined) {
    return behavior?.ofClass(metadata.target).validation
  }
  if (validate === false) {
    if (groups === undefined) return undefined
    throw new StatementError(
      `${name}: groups have no effect with validate: false; leave one of them out`,
    )
  }
  const options = host.behaviors.validationOf(metadata)
  return groups === undefined ? options : { ...options, groups }
}
