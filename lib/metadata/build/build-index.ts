import type { CqlType } from '../../cql/cql-type'
import { printType } from '../../cql/print-type'
import type { ColumnMetadata, IndexMetadata } from '../entity-metadata'
import { classOf } from '../index-class'
import type { DeclaredIndex } from './read-indexes'

/** Which targets a collection's index may have, by the kind of the collection. */
const targets = {
  list: ['values'],
  set: ['values'],
  map: ['values', 'keys', 'entries'],
  frozen: ['full'],
} as const

function targetsOf(type: CqlType): readonly string[] {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return targets[type.kind]
    case 'frozen':
      return ['list', 'set', 'map'].includes(type.of.kind) ? targets.frozen : []
    default:
      return []
  }
}

/** One index; undefined when its property is no column, which `problem` has been told. */
export function buildIndex(
  declaration: DeclaredIndex,
  byProperty: Readonly<Record<string, ColumnMetadata>>,
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
  const { on = allowed[0] as IndexMetadata['on'] } = declaration
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
  return {
    name: declaration.name,
    column,
    using: declaration.using,
    on,
    options: {
      ...declaration.options,
      ...(declaration.similarity === undefined
        ? {}
        : { similarity_function: declaration.similarity }),
    },
  }
}

/** True for a vector that an index compares by its direction: by cosine, which is also what is not said. */
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
