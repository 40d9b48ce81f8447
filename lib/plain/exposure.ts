import type { Class } from '../metadata/declaration'
import {
  type Direction,
  type TransformFn,
  directions,
  transformerStorage,
} from './class-transformer'
import { isOurs } from './registered'

/** A property that goes to a plain value, or comes from one. */
export interface ExposedProperty {
  readonly property: string
  /** What it is called in the plain value. */
  readonly name: string
  /** Those of `@Transform`, in their order. */
  readonly transforms: readonly TransformFn[]
  /** True: it carries `@Expose`. */
  readonly isExposed: boolean
}

interface Grouped {
  readonly options?: { readonly groups?: readonly string[] } | undefined
}

/** True when decorators of class-transformer say something of the class. */
export function carriesTransformer(target: Class, properties: readonly string[]): boolean {
  const storage = transformerStorage()
  return (
    storage.getStrategy(target) !== 'none' ||
    storage.getExposedMetadatas(target).length > 0 ||
    storage.getExcludedMetadatas(target).length > 0 ||
    properties.some((property) =>
      (['toPlain', 'fromPlain'] as const).some(
        (direction) => transformsOf(target, property, direction).length > 0,
      ),
    )
  )
}

/**
 * What of a class goes in one direction under these groups, as class-transformer has it: columns unless `@Exclude`
 * says otherwise, and whatever carries `@Expose`.
 */
export function exposedProperties(
  target: Class,
  columns: readonly string[],
  direction: Direction,
  groups: readonly string[],
): readonly ExposedProperty[] {
  const storage = transformerStorage()
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
      transforms: transformsOf(target, property, direction)
        .filter((transform) => isOf(groups, transform))
        .map(({ transformFn }) => transformFn),
    }))
}

function transformsOf(target: Class, property: string, direction: Direction) {
  return transformerStorage()
    .findTransformMetadatas(target, property, directions[direction])
    .filter(({ transformFn }) => !isOurs(transformFn))
}

/** What names groups belongs to these alone; what names none belongs to all. */
function isOf(groups: readonly string[], metadata: Grouped | undefined): boolean {
  const own = metadata?.options?.groups ?? []
  return own.length === 0 || own.some((group) => groups.includes(group))
}
