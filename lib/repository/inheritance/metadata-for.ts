import type { EntityMetadata } from '../../metadata/entity-metadata'
import { classOf, memberOf } from './discriminate'
import type { Class } from '../../metadata/declaration'

/** The metadata of an entity's own class, which may be one of several in the table. */
export function metadataFor(
  {
    entity,
    host,
  }: {
    readonly entity: EntityMetadata
    readonly host: { metadataOf(target: Class): EntityMetadata }
  },
  given: object,
): EntityMetadata {
  const { inheritance } = entity
  if (inheritance === undefined) return entity
  const member = classOf(entity, inheritance, given) ?? memberOf(entity, given)
  return member === undefined ? entity : host.metadataOf(member.target)
}
