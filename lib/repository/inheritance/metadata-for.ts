import type { EntityMetadata } from '../../metadata/entity-metadata'
import { classOf, memberOf } from './discriminate'
import type { Class } from '../../metadata/declaration'

/** The metadata of an entity's own class, which may be one of several in the table. */
export function metadataFor(
  {
    metadata,
    host,
  }: {
    readonly metadata: EntityMetadata
    readonly host: { metadataOf(target: Class): EntityMetadata }
  },
  given: object,
): EntityMetadata {
  const { inheritance } = metadata
  if (inheritance === undefined) return metadata
  const member = classOf(metadata, inheritance, given) ?? memberOf(metadata, given)
  return member === undefined ? metadata : host.metadataOf(member.target)
}
