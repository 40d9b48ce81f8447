import { Refusal } from '../codec/codec'
import { codecFor } from '../codec/codec-for'
import { identifier } from '../cql/identifier'
import { printType } from '../cql/print-type'
import { StatementError } from '../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { columnOf } from './column-of'
import type { SelectRequest } from './requests'
import { classOf } from './rules/index-service'
import type { Marker, Selector } from './statement'

type NearestRequest = NonNullable<SelectRequest['nearest']>

/** What `ORDER BY … ANN OF ?` adds to a SELECT. */
export interface Nearest {
  readonly column: ColumnMetadata
  /** `similarity_cosine("embedding", ?) AS "similarity"` */
  readonly similarity: string
  /** `ORDER BY "embedding" ANN OF ?` */
  readonly orderBy: string
  /** Of the vector, in both places. */
  readonly marker: Marker
}

/** The functions of the server, under the name of an index's similarity. */
const functions: Readonly<Record<string, string>> = {
  cosine: 'similarity_cosine',
  dot_product: 'similarity_dot_product',
  euclidean: 'similarity_euclidean',
}

/** The most neighbours that a server gives. */
export const largestNearest = 1000

/** Which vector is compared, in a shape. Throws `StatementError` for anything but a vector. */
export function shapeOfNearest(entity: EntityMetadata, { property }: NearestRequest): string {
  return String(vectorOf(entity, property).ordinal)
}

export function buildNearest(entity: EntityMetadata, { property }: NearestRequest): Nearest {
  const column = vectorOf(entity, property)
  const name = identifier(column.name)
  const similarity = similarityOf(entity, column)
  const refusal = 'needs a vector to find the nearest of'
  return {
    column,
    similarity: `${functions[similarity]}(${name}, ?) AS ${identifier(similaritySelector(entity).name)}`,
    orderBy: `ORDER BY ${name} ANN OF ?`,
    marker: {
      path: ['nearest', 'vector'],
      label: property,
      codec: comparable(column, similarity),
      undefinedRefusal: refusal,
      nullRefusal: refusal,
    },
  }
}

/** How near a row is; under a name that no column has. */
export function similaritySelector({ columns, computed }: EntityMetadata): Selector {
  let name = 'similarity'
  while ([...columns, ...computed].some((column) => column.name === name)) name += '_'
  return { name, property: 'similarity', codec: codecFor({ kind: 'native', name: 'float' }) }
}

function vectorOf(entity: EntityMetadata, property: string): ColumnMetadata {
  const column = columnOf(entity, String(property), 'findNearest')
  const { type } = column
  if (type.kind === 'vector' && type.of.kind === 'native' && type.of.name === 'float') return column
  throw new StatementError(
    `${entity.entity}.${property} is a ${printType(type)}; findNearest() compares vectors of floats`,
  )
}

/** How the index of a vector compares; 'cosine' unless it says otherwise. */
function similarityOf({ indexes }: EntityMetadata, column: ColumnMetadata): string {
  const index = indexes.find((each) => each.column === column && classOf(each) === 'sai')
  const given = String(index?.options['similarity_function'] ?? 'cosine').toLowerCase()
  return functions[given] === undefined ? 'cosine' : given
}

/** The server fails without a reason for vectors that it cannot compare. */
function comparable({ codec }: ColumnMetadata, similarity: string): Marker['codec'] {
  return {
    check(input) {
      const vector = codec.check(input)
      let isZero = true
      for (const each of vector as Iterable<number>) {
        if (!Number.isFinite(each)) {
          throw new Refusal('holds a number that is not finite, which cannot be compared')
        }
        if (each !== 0) isZero = false
      }
      if (isZero && similarity === 'cosine') {
        throw new Refusal('is a zero vector, which has no direction and no cosine similarity')
      }
      return vector
    },
    toDriver: (vector) => codec.toDriver(vector),
    encode: (vector) => codec.encode(vector),
  }
}
