import type { Class } from '../metadata/declaration'
import type { MetadataStorage } from 'class-transformer/types/MetadataStorage'
import type { TransformMetadata } from 'class-transformer/types/interfaces/metadata/transform-metadata.interface'

/** What the decorators of class-transformer recorded. Loaded when it is first asked for. */
export function transformerStorage(): MetadataStorage {
  return (require('class-transformer/cjs/storage') as { defaultMetadataStorage: MetadataStorage })
    .defaultMetadataStorage
}

/** Its own way from an instance of any class, which honours its decorators. */
export function instanceToPlain(instance: object, groups: readonly string[]): unknown {
  const { instanceToPlain: convert } =
    require('class-transformer') as typeof import('class-transformer')
  return convert(instance, { groups: [...groups], enableCircularCheck: true })
}

/** What a class-transformer function is told of the direction; its enum, by value. */
export const directions = { fromPlain: 0, toPlain: 1 } as const

export type Direction = keyof typeof directions

export type TransformFn = TransformMetadata['transformFn']

interface Recorded {
  readonly _transformMetadatas?: ReadonlyMap<unknown, ReadonlyMap<string, TransformMetadata[]>>
}

/** Adds a function on the way to plain values that gets what all others of the class made of the property. */
export function addLastTransform(target: Class, property: string, transformFn: TransformFn): void {
  const storage = transformerStorage()
  storage.addTransformMetadata({
    target,
    propertyName: property,
    transformFn,
    options: { toPlainOnly: true },
  })
  // Those of one class are called from the last recorded to the first.
  const { _transformMetadatas: all } = storage as unknown as Recorded
  const own = all?.get(target)?.get(property)
  const added = own?.pop()
  if (added !== undefined) own?.unshift(added)
}
