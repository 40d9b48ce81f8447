import type { IndexMetadata } from './entity-metadata'

export type IndexClass = 'secondary' | 'sai' | 'sasi' | 'custom'

/** What kind of index it is: CQL names storage-attached ones in short, or by the server's class. */
export function classOf({ using }: { readonly using?: IndexMetadata['using'] }): IndexClass {
  if (using === undefined) return 'secondary'
  if (/(?:^|\.)(?:sai|StorageAttachedIndex)$/iu.test(using)) return 'sai'
  return /(?:^|\.)SASIIndex$/iu.test(using) ? 'sasi' : 'custom'
}
