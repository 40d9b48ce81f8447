import type { Codec } from '../../codec/codec'
import type { Class } from '../../metadata/declaration'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import type { UserTypeMetadata } from '../../metadata/user-type'

/** A property with a codec: a column, a computed column or a field. */
export interface PlainMember {
  readonly property: string
  readonly codec: Codec
  /** False: not read unless it is asked for. */
  readonly selected: boolean
}

/** What plain values have to know of a class, an entity's or a user-defined type's. */
export interface PlainShape {
  readonly target: Class
  /** The class's name, for messages. */
  readonly entity: string
  /** False: of a user-defined type. */
  readonly isEntity: boolean
  readonly members: readonly PlainMember[]
  /** The types of its members, and those inside them. */
  readonly userTypes: readonly UserTypeMetadata[]
}

export function plainShapeOf(metadata: EntityMetadata | UserTypeMetadata): PlainShape {
  const { target, entity, userTypes } = metadata
  return {
    target,
    entity,
    isEntity: !('fields' in metadata),
    userTypes,
    members: membersOf(metadata),
  }
}

function membersOf(metadata: EntityMetadata | UserTypeMetadata): readonly PlainMember[] {
  if ('fields' in metadata) {
    return metadata.fields.map(({ property, codec }) => ({ property, codec, selected: true }))
  }
  const { target, columns, computed, inheritance } = metadata
  const own = inheritance?.classes.find((each) => each.target === target) ?? inheritance?.base
  const all: readonly PlainMember[] = [
    ...columns.map(({ property, codec, selected }) => ({ property, codec, selected })),
    ...computed.map(({ property, codec }) => ({ property, codec, selected: true })),
  ]
  return own === undefined ? all : all.filter(({ property }) => own.properties.includes(property))
}
