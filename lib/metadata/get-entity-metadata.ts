import { buildMetadata } from './build/build-metadata'
import type { Class } from './declaration'
import type { EntityMetadata } from './entity-metadata'

/** The metadata of an entity class, with names in snake_case; throws `DeclarationError` when it is declared wrongly. */
export function getEntityMetadata(target: Class): EntityMetadata {
  return buildMetadata(target)
}
