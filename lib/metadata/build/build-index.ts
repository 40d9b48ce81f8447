import type { CqlType } from '../../cql/cql-type'
import { isCollection } from '../../cql/type-tree'
import { printType } from '../../cql/print-type'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata, IndexMetadata } from '../entity-metadata'
import { classOf } from '../index-class'
import { refuseIndex } from './index-rules'
import type { DeclaredIndex } from './read-indexes'
import type { UserTypes } from './user-types'

/** The targets of an index on a collection, by the kind of the collection. */
const targets = {
  list: ['values'],
  set: ['values'],
  map: ['values', 'keys', 'entries'],
  frozen: ['full'],
} as const

function targetsOf(type: CqlType): readonly NonNullable<IndexMetadata['on']>[] {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return targets[type.kind]
    case 'frozen':
      return isCollection(type.of) ? targets.frozen : []
    case 'native':
    case 'tuple':
    case 'vector':
    case 'udt':
      return []
    default:
      return unreachable(type)
  }
}

/** The columns of the class that an index is built for. */
interface IndexedColumns {
  readonly columns: readonly ColumnMetadata[]
  readonly byProperty: Readonly<Record<string, ColumnMetadata>>
  readonly userTypes: UserTypes
}

/** Builds an index; `undefined` if its property is not a column, which is reported to `problem`. */
export function buildIndex(
  declaration: DeclaredIndex,
  { columns, byProperty, userTypes }: IndexedColumns,
  problem: (property: string, message: string) => void,
): IndexMetadata | undefined {
  const { property } = declaration
  const tell = (message: string) => problem(property, message)
  const column = byProperty[property]
  if (column === undefined) {
    tell('has an @Index() but is not a column; put @Column() on it too')
    return undefined
  }
  if (declaration.name !== undefined && !/^\w+$/u.test(declaration.name)) {
    tell(`the index name '${declaration.name}' may have letters, digits and _ only`)
  }
  if (classOf(declaration) === 'sai' && !/^\w+$/u.test(column.name)) {
    tell(
      `has the column name '${column.name}', and a storage-attached index takes letters, digits and _ only; ` +
        'give the column another name, or the index another class',
    )
  }
  const allowed = targetsOf(column.type)
  const { on = allowed[0] } = declaration
  if (on !== undefined && !allowed.includes(on)) {
    const remedy =
      allowed.length === 0
        ? 'leave on out'
        : `use on: ${allowed.map((each) => `'${each}'`).join(' or ')}`
    tell(`an index on ${printType(column.type)} cannot be on its ${on}; ${remedy}`)
  }
  if (declaration.similarity !== undefined && column.type.kind !== 'vector') {
    tell(`has a similarity, which only an index on a vector has`)
  }
  const options = {
    ...declaration.options,
    ...(declaration.similarity === undefined
      ? {}
      : { similarity_function: declaration.similarity }),
  }
  const { name, using } = declaration
  const partitionKey = columns.filter(({ kind }) => kind === 'partitionKey')
  const isWholePartitionKey = column.kind === 'partitionKey' && partitionKey.length === 1
  refuseIndex({ column, on, using, options, isWholePartitionKey, userTypes }).forEach(tell)
  return { name, column, using, on, options }
}

/** Reports indexes that Cassandra refuses as duplicates: of one class on one target, whatever their names. */
export function refuseDuplicates(
  indexes: readonly IndexMetadata[],
  problem: (property: string, message: string) => void,
): void {
  const seen = new Set<string>()
  for (const index of indexes) {
    const { column, on, options } = index
    const key = JSON.stringify([column.property, classOf(index), index.using, on, options])
    if (seen.has(key)) {
      problem(column.property, 'has the same index twice; keep one @Index()')
    }
    seen.add(key)
  }
}

/** Tells a vector whose index compares by direction, which is the cosine, the default. */
export function isDirected(
  { property, type }: ColumnMetadata,
  declarations: readonly DeclaredIndex[],
): boolean {
  return (
    type.kind === 'vector' &&
    declarations.some(
      (index) =>
        index.property === property &&
        String(
          index.similarity ?? index.options?.['similarity_function'] ?? 'cosine',
        ).toLowerCase() === 'cosine',
    )
  )
}
