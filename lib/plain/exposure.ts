import type { MetadataStorage } from 'class-transformer/types/MetadataStorage'
import type { Class } from '../metadata/declaration'
import { type Direction, type TransformFn, directions } from './class-transformer'
import { isOurs } from './registered'

/** A property that goes to a plain value, or comes from one. */
export interface ExposedProperty {
  readonly property: string
  /** Its name in the plain value. */
  readonly name: string
  /** The functions of `@Transform`, in their order. */
  readonly transforms: readonly TransformFn[]
  /** `true` if the property has `@Expose`. */
  readonly isExposed: boolean
}

interface Grouped {
  readonly options?: { readonly groups?: readonly string[] } | undefined
}

/** Returns true if decorators of class-transformer concern the class. */
export function carriesTransformer(
  storage: MetadataStorage,
  target: Class,
  properties: readonly string[],
): boolean {
  return (
    storage.getStrategy(target) !== 'none' ||
    storage.getExposedMetadatas(target).length > 0 ||
    storage.getExcludedMetadatas(target).length > 0 ||
    properties.some((property) =>
      (['toPlain', 'fromPlain'] as const).some(
        (direction) => transformsOf(storage, target, property, direction).length > 0,
      ),
    )
  )
}

/**
 * The properties of a class in one direction under these groups, as class-transformer selects them: columns unless
 * `@Exclude` leaves them out, and whatever carries `@Expose`.
 */
export function exposedProperties(
  storage: MetadataStorage,
  target: Class,
  columns: readonly string[],
  direction: Direction,
  groups: readonly string[],
): readonly ExposedProperty[] {
  const type = directions[direction]
  const exposed = storage.getExposedProperties(target, type)
  const excluded = storage.getExcludedProperties(target, type)
  const isEach = storage.getStrategy(target) !== 'excludeAll'
  return [...new Set([...(isEach ? columns : []), ...exposed])]
    .filter((property) => !excluded.includes(property))
    .filter((property) => isOf(groups, storage.findExposeMetadata(target, property)))
    .map((property) => ({
      property,
      name: storage.findExposeMetadata(target, property)?.options?.name ?? property,
      isExposed: exposed.includes(property),
      transforms: transformsOf(storage, target, property, direction)
        .filter((transform) => isOf(groups, transform))
        .map(({ transformFn }) => transformFn),
    }))
}

function transformsOf(
  storage: MetadataStorage,
  target: Class,
  property: string,
  direction: Direction,
) {
  return storage
    .findTransformMetadatas(target, property, directions[direction])
    .filter(({ transformFn }) => !isOurs(transformFn))
}

/** Metadata that names groups concerns these alone; metadata without groups concerns all. */
function isOf(groups: readonly string[], metadata: Grouped | undefined): boolean {
  const own = metadata?.options?.groups ?? []
  return own.length === 0 || own.some((group) => groups.includes(group))
}
