import { codecFor } from '../../codec/codec-for'
import { identifier } from '../../cql/identifier'
import { printType } from '../../cql/print-type'
import { isFloatVector } from '../../cql/type-tree'
import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { classOf } from '../../metadata/index-class'
import { columnOf } from '../column-of'
import type { SelectRequest } from '../requests'
import type { Marker, Selector } from '../statement'

type NearestRequest = NonNullable<SelectRequest['nearest']>

/** The parts of a SELECT that `ORDER BY … ANN OF ?` adds. */
export interface Nearest {
  readonly column: ColumnMetadata
  /** `similarity_cosine("embedding", ?) AS "similarity"` */
  readonly similarity: string
  /** `ORDER BY "embedding" ANN OF ?` */
  readonly orderBy: string
  /** The marker of the vector, in both places. */
  readonly marker: Marker
}

/** The functions of the server, under the name of an index's similarity. */
const functions: Readonly<Record<string, string>> = {
  cosine: 'similarity_cosine',
  dot_product: 'similarity_dot_product',
  euclidean: 'similarity_euclidean',
}

/** The maximum of neighbors that a server returns. */
export const maxNearest = 1000

/** Returns the vector column in a shape. Throws `StatementError` if the property is not a vector. */
export function shapeOfNearest(metadata: EntityMetadata, { property }: NearestRequest): string {
  return String(vectorOf(metadata, property).ordinal)
}

export function buildNearest(metadata: EntityMetadata, { property }: NearestRequest): Nearest {
  const column = vectorOf(metadata, property)
  const name = identifier(column.name)
  const refusal = 'needs a vector to find the nearest of'
  return {
    column,
    similarity: `${similarityOf(metadata, column)}(${name}, ?) AS ${identifier(similaritySelector(metadata).name)}`,
    orderBy: `ORDER BY ${name} ANN OF ?`,
    marker: {
      path: ['nearest', 'vector'],
      label: property,
      codec: column.codec,
      undefinedRefusal: refusal,
      nullRefusal: refusal,
    },
  }
}

/** The selector of the similarity, under a name that no column has. */
export function similaritySelector({ columns, computed }: EntityMetadata): Selector {
  let name = 'similarity'
  while ([...columns, ...computed].some((column) => column.name === name)) name += '_'
  return { name, property: 'similarity', codec: codecFor({ kind: 'native', name: 'float' }) }
}

function vectorOf(metadata: EntityMetadata, property: string): ColumnMetadata {
  const column = columnOf(metadata, String(property), 'findNearest')
  if (isFloatVector(column.type)) return column
  throw new StatementError(
    `${metadata.name}.${property} is a ${printType(column.type)}; findNearest() compares vectors of floats`,
  )
}

/** Returns the function that compares as the index of a vector does. */
function similarityOf({ indexes }: EntityMetadata, column: ColumnMetadata): string {
  const index = indexes.find((each) => each.column === column && classOf(each) === 'sai')
  const given = String(index?.options['similarity_function'] ?? 'cosine').toLowerCase()
  return functions[given] ?? 'similarity_cosine'
}
