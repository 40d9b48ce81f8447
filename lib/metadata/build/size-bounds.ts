import type { SizeBound } from '../../codec/bounded'
import type { CqlType } from '../../cql/cql-type'
import { nativeType } from '../../cql/native-types'
import { isCollection } from '../../cql/type-tree'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata } from '../entity-metadata'
import { classOf } from '../index-class'
import type { DeclaredIndex } from './read-indexes'

/** The limit of a storage-attached index: the default of the server, which few clusters change. */
const maxTerm = 8192
/** The limit of a key: the server counts its bytes in two bytes. */
const maxKey = 65_535
/** The limit of any other index, which keeps values as keys and takes one byte less. */
const maxIndexed = maxKey - 1

const remedies = {
  sai:
    `its storage-attached index leaves out what is longer than ${maxTerm}, so that it would be stored ` +
    'and never be found; shorten it, or take the index away',
  secondary: `its index takes ${maxIndexed} at most; shorten it, or take the index away`,
} as const

/**
 * Returns the limits for the values of a column. A storage-attached index leaves longer values out; the server warns
 * ordinary roles of that, and nobody without authentication.
 */
export function sizeBoundsOf(
  column: ColumnMetadata,
  indexes: readonly DeclaredIndex[],
): readonly SizeBound[] {
  const bounds: SizeBound[] = []
  if (column.isKey && isLong(column.type)) {
    bounds.push({ of: 'whole', most: maxKey, reason: `a primary key takes ${maxKey}` })
  }
  for (const index of indexes) {
    if (index.property !== column.property) continue
    const bound = boundOf(column.type, index)
    if (bound !== undefined) bounds.push(bound)
  }
  return bounds
}

function boundOf(type: CqlType, index: DeclaredIndex): SizeBound | undefined {
  const indexClass = classOf(index)
  // An index that analyzes a text holds its words.
  const isAnalyzed = index.options?.['index_analyzer'] !== undefined
  if (indexClass === 'sasi' || indexClass === 'custom' || isAnalyzed) return undefined
  const of = isCollection(type) ? (index.on ?? 'values') : 'full'
  if (!indexedTypes(type, of).some(isLong)) return undefined
  return {
    of: of === 'full' ? 'whole' : of,
    most: indexClass === 'sai' ? maxTerm : maxIndexed,
    reason: remedies[indexClass],
  }
}

/** Returns the types that an index holds of a column. */
export function indexedTypes(type: CqlType, of: DeclaredIndex['on']): readonly CqlType[] {
  if (of === 'full') return [type]
  if (type.kind === 'map') {
    return of === 'keys' ? [type.key] : of === 'values' ? [type.value] : [type.key, type.value]
  }
  return type.kind === 'list' || type.kind === 'set' ? [type.of] : []
}

/** Tells types whose values can exceed the limits in practice. */
function isLong(type: CqlType): boolean {
  switch (type.kind) {
    case 'native':
      return nativeType(type.name).isUnbounded === true
    case 'vector':
      return false
    case 'list':
    case 'set':
    case 'map':
    case 'tuple':
    case 'udt':
    case 'frozen':
      return true
    default:
      return unreachable(type)
  }
}
