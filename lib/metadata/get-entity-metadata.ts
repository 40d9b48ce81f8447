import { buildMetadata } from './build/build-metadata'
import type { Class } from './declaration'
import type { EntityMetadata } from './entity-metadata'

/**
 * Returns the metadata of an entity class, with names in snake_case. Throws `DeclarationError` with all problems of the
 * class.
 *
 * ```ts
 * getEntityMetadata(Product).columns.map(({ property, name }) => [property, name])
 * ```
 */
export function getEntityMetadata(target: Class): EntityMetadata {
  return buildMetadata(target)
}
