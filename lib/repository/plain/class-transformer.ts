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
