import type { IndexMetadata } from './entity-metadata'

export type IndexClass = 'secondary' | 'sai' | 'sasi' | 'custom'

/** Returns the class of an index. CQL names storage-attached indexes in short, or by the class of the server. */
export function classOf({ using }: { readonly using?: IndexMetadata['using'] }): IndexClass {
  if (using === undefined) return 'secondary'
  if (/(?:^|\.)(?:sai|StorageAttachedIndex)$/iu.test(using)) return 'sai'
  return /(?:^|\.)SASIIndex$/iu.test(using) ? 'sasi' : 'custom'
}
