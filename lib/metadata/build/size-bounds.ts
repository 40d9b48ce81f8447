import type { SizeBound } from '../../codec/bounded'
import type { CqlType } from '../../cql/cql-type'
import { nativeType } from '../../cql/native-types'
import { isCollection } from '../../cql/type-tree'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata } from '../entity-metadata'
import { classOf } from '../index-class'
import type { DeclaredIndex } from './read-indexes'

/** Of a storage-attached index; the server's default, which few clusters change. */
const largestTerm = 8192
/** The server counts the bytes of a key in two bytes. */
const largestKey = 65_535
/** Of any other index, which keeps what it holds as keys, and takes one byte less. */
const largestIndexed = largestKey - 1

const remedies = {
  sai:
    `its storage-attached index leaves out what is longer than ${largestTerm}, so that it would be stored ` +
    'and never be found; shorten it, or take the index away',
  secondary: `its index takes ${largestIndexed} at most; shorten it, or take the index away`,
} as const

/**
 * How long the values of a column may be. The server tells ordinary roles of a value that a storage-attached index
 * leaves out, and nobody where there is no authentication.
 */
export function sizeBoundsOf(
  column: ColumnMetadata,
  indexes: readonly DeclaredIndex[],
): readonly SizeBound[] {
  const bounds: SizeBound[] = []
  if (column.isKey && isLong(column.type)) {
    bounds.push({ of: 'whole', most: largestKey, reason: `a primary key takes ${largestKey}` })
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
  // What an index holds of a text that it analyzes are its words.
  const isAnalyzed = index.options?.['index_analyzer'] !== undefined
  if (indexClass === 'sasi' || indexClass === 'custom' || isAnalyzed) return undefined
  const of = isCollection(type) ? (index.on ?? 'values') : 'full'
  if (!indexedTypes(type, of).some(isLong)) return undefined
  return {
    of: of === 'full' ? 'whole' : of,
    most: indexClass === 'sai' ? largestTerm : largestIndexed,
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

/** True for types whose values may be longer than any bound in practice. */
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
