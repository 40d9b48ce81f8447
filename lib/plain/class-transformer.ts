import type { MetadataStorage } from 'class-transformer/types/MetadataStorage'
import type { TransformMetadata } from 'class-transformer/types/interfaces/metadata/transform-metadata.interface'
import { StatementError } from '../errors/errors'
import type { Class } from '../metadata/declaration'
import { knowsLoadedModules, loadedCopies } from '../metadata/loaded-packages'

export type TransformFn = TransformMetadata['transformFn']

/** The direction that class-transformer tells a function; its enum, by value. */
export const directions = { fromPlain: 0, toPlain: 1 } as const

export type Direction = keyof typeof directions

type Package = typeof import('class-transformer')

/** A copy of class-transformer that the application uses. */
export interface TransformerCopy {
  /** The folder of the copy. */
  readonly folder: string
  /** The recorded decorators. */
  readonly storage: MetadataStorage
  /** Converts an instance of any class by the decorators of that class. */
  instanceToPlain(instance: object, groups: readonly string[]): unknown
}

/** Returns the copies of class-transformer that have been loaded; none if nobody uses it. */
export function loadedTransformers(): readonly TransformerCopy[] {
  const copies = loadedCopies('class-transformer', 'cjs/storage')
  if (copies.length > 0) {
    return copies.map(({ folder, load }) =>
      transformerOf(folder, load('cjs/index') as Package, storageIn(load('cjs/storage'))),
    )
  }
  return knowsLoadedModules() ? [] : bundledTransformer()
}

/**
 * Returns the copy of class-transformer whose decorators count, or undefined if nobody uses it. Throws
 * `StatementError` if there are several: the `@Exclude()` of one would mean nothing to the other.
 */
export function requireOneTransformer(): TransformerCopy | undefined {
  const all = loadedTransformers()
  if (all.length > 1) {
    throw new StatementError(
      `several copies of class-transformer are loaded, and the decorators of one mean nothing to the others: ` +
        `${all.map(({ folder }) => folder).join(', ')}; install one copy for all (npm dedupe)`,
    )
  }
  return all[0]
}

function storageIn(exported: unknown): MetadataStorage {
  return (exported as { readonly defaultMetadataStorage: MetadataStorage }).defaultMetadataStorage
}

function transformerOf(folder: string, index: Package, storage: MetadataStorage): TransformerCopy {
  return {
    folder,
    storage,
    instanceToPlain: (instance, groups) =>
      index.instanceToPlain(instance, { groups: [...groups], enableCircularCheck: true }),
  }
}

/*
 * Each `require` is inside of its own `try`: then bundlers accept that the package is not installed.
 */

/** The builds of class-transformer, of which a bundler takes one: the one that shares its storage with the package. */
const builds: readonly (() => unknown)[] = [
  () => {
    try {
      return require('class-transformer/cjs/storage') as unknown
    } catch {
      return undefined
    }
  },
  () => {
    try {
      return require('class-transformer/esm5/storage') as unknown
    } catch {
      return undefined
    }
  },
  () => {
    try {
      return require('class-transformer/esm2015/storage') as unknown
    } catch {
      return undefined
    }
  },
]

function bundledPackage(): Package | undefined {
  try {
    return require('class-transformer') as Package
  } catch {
    return undefined
  }
}

function bundledTransformer(): readonly TransformerCopy[] {
  const index = bundledPackage()
  if (index === undefined) return []
  for (const build of builds) {
    const exported = build()
    if (exported === undefined) continue
    const storage = storageIn(exported)
    if (isStorageOf(index, storage)) return [transformerOf('class-transformer', index, storage)]
  }
  throw new StatementError(
    'class-transformer was bundled in a way that hides its decorators from coodie; ' +
      'leave class-transformer out of the bundle (external)',
  )
}

/** Returns true if a decorator of the package is recorded in the storage. */
function isStorageOf(index: Package, storage: MetadataStorage): boolean {
  class Probe {
    probed = true
  }
  index.Exclude()(Probe.prototype, 'probed')
  return storage.getExcludedMetadatas(Probe).length > 0
}

interface Recorded {
  readonly _transformMetadatas?: ReadonlyMap<unknown, ReadonlyMap<string, TransformMetadata[]>>
}

/** Adds a function on the way to plain values, which is called with what all others of the class make of the property. */
export function addLastTransform(
  storage: MetadataStorage,
  target: Class,
  property: string,
  transformFn: TransformFn,
): void {
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
