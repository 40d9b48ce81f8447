import type { CqlType } from '../../cql/cql-type'
import { isFloatVector } from '../../cql/type-tree'
import type { ColumnMetadata, IndexMetadata } from '../entity-metadata'
import { type IndexClass, classOf } from '../index-class'
import { holdsDuration } from './check-type'
import { indexedTypes } from './size-bounds'
import type { UserTypes } from './user-types'

/** An index and what surrounds it. */
interface IndexPlace {
  readonly column: ColumnMetadata
  readonly on: IndexMetadata['on']
  readonly using: string | undefined
  readonly options: Readonly<Record<string, unknown>>
  /** `true` if the column is the whole partition key. */
  readonly isWholePartitionKey: boolean
  readonly userTypes: UserTypes
}

interface IndexRule {
  /** The classes of indexes that the rule concerns; all if it is left out. */
  readonly of?: readonly IndexClass[]
  readonly isBroken: (index: IndexPlace) => boolean
  readonly message: string
}

/** The classes that Cassandra knows by a name without a package. */
const shortClasses: ReadonlySet<string> = new Set([
  'sai',
  'storageattachedindex',
  'legacy_local_table',
])

const similarities: ReadonlySet<string> = new Set(['cosine', 'dot_product', 'euclidean'])

/** The indexes that Cassandra 5.0.6 refuses, each rule as it was tried on the server. */
const rules: readonly IndexRule[] = [
  {
    isBroken: ({ isWholePartitionKey }) => isWholePartitionKey,
    message: 'is the whole partition key, which needs no index; leave @Index() out',
  },
  {
    isBroken: ({ column: { type }, userTypes }) =>
      type.kind !== 'vector' && holdsDuration(type, userTypes),
    message: 'holds a duration, which has no order and cannot be indexed; leave @Index() out',
  },
  {
    isBroken: ({ column }) => column.type.kind === 'udt',
    message: 'is a user-defined type, which must be frozen to be indexed; write frozen(() => …)',
  },
  {
    of: ['custom', 'sasi'],
    isBroken: ({ using = '' }) => !using.includes('.') && !shortClasses.has(using.toLowerCase()),
    message: `has an index of an unknown class; write using: 'sai', or the full name of a class`,
  },
  {
    of: ['secondary'],
    isBroken: ({ options }) => Object.keys(options).length > 0,
    message: `has options, which the built-in index does not take; add using: 'sai', or leave them out`,
  },
  {
    of: ['sai'],
    isBroken: ({ column, on }) => indexedTypes(column.type, on ?? 'full').some(isBlob),
    message: `is a blob, which a storage-attached index does not take; leave using: 'sai' out`,
  },
  {
    of: ['sai'],
    isBroken: ({ column: { type } }) => type.kind === 'vector' && !isFloatVector(type),
    message: 'is a vector, and a storage-attached index takes only vectors of float',
  },
  {
    of: ['sai'],
    isBroken: ({ column: { type }, options }) => {
      const given = options['similarity_function'] ?? 'cosine'
      return (
        type.kind === 'vector' && type.dimension === 1 && String(given).toLowerCase() === 'cosine'
      )
    },
    message: `is a vector of one dimension, which has no cosine; write similarity: 'euclidean' or 'dot_product'`,
  },
  {
    of: ['sai'],
    isBroken: ({ options: { similarity_function: given } }) =>
      given !== undefined && !similarities.has(String(given).toLowerCase()),
    message: `has an unknown similarity_function; write similarity: 'cosine', 'dot_product' or 'euclidean'`,
  },
]

/** Returns the reasons why Cassandra refuses an index. */
export function refuseIndex(index: IndexPlace): readonly string[] {
  const indexClass = classOf(index)
  return rules
    .filter(({ of, isBroken }) => (of?.includes(indexClass) ?? true) && isBroken(index))
    .map(({ message }) => message)
}

function isBlob(type: CqlType): boolean {
  return type.kind === 'native' && type.name === 'blob'
}
