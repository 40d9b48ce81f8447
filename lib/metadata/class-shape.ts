import type { Codec } from '../codec/codec'
import type { Construction } from './construction'
import type { Class } from './declaration'
import type { EntityMetadata } from './entity-metadata'
import type { UserTypeMetadata } from './user-type'

/** A property with a codec: a column, a computed column or a field. */
export interface ClassMember {
  readonly property: string
  readonly codec: Codec
  /** `false`: not read unless it is selected. */
  readonly selected: boolean
}

/** An entity or a user-defined type with its members, for plain values and validation. */
export interface ClassShape {
  readonly target: Class
  /** The class's name, for messages. */
  readonly name: string
  /** `false` for a user-defined type. */
  readonly isEntity: boolean
  readonly members: readonly ClassMember[]
  /** The option `construct`; `undefined` if the constructor is called without arguments. */
  readonly construct: Construction | undefined
  /** The types of its members, and those inside them. */
  readonly userTypes: readonly UserTypeMetadata[]
}

const built = new WeakMap<EntityMetadata | UserTypeMetadata, ClassShape>()

/** Returns the shape of a class, which is built once. */
export function classShapeOf(metadata: EntityMetadata | UserTypeMetadata): ClassShape {
  let shape = built.get(metadata)
  if (shape === undefined) {
    const { target, name, userTypes, construct } = metadata
    shape = {
      target,
      name,
      isEntity: !('fields' in metadata),
      userTypes,
      construct,
      members: membersOf(metadata),
    }
    built.set(metadata, shape)
  }
  return shape
}

function membersOf(metadata: EntityMetadata | UserTypeMetadata): readonly ClassMember[] {
  if ('fields' in metadata) {
    return metadata.fields.map(({ property, codec }) => ({ property, codec, selected: true }))
  }
  const { target, columns, computed, inheritance } = metadata
  const own = inheritance?.classes.find((each) => each.target === target) ?? inheritance?.base
  const all: readonly ClassMember[] = [
    ...columns.map(({ property, codec, selected }) => ({ property, codec, selected })),
    ...computed.map(({ property, codec }) => ({ property, codec, selected: true })),
  ]
  return own === undefined ? all : all.filter(({ property }) => own.properties.includes(property))
}
