import type { Codec } from '../codec/codec'
import type { ColumnMetadata } from '../metadata/entity-metadata'

/** From the request to a value in it: `['where', 'price', 'value']`. */
export type Path = readonly (string | number)[]

/** One `?` of a statement: where its value stands in the request and how it becomes a parameter. */
export interface Marker {
  readonly path: Path
  /** The property or option, for messages. */
  readonly label: string
  readonly codec: Pick<Codec, 'check' | 'toDriver' | 'encode'>
  /** The column that this value fixes: `"id" = ?`, or its place in an INSERT. */
  readonly fixes?: ColumnMetadata
  /** Why undefined is refused; undefined itself: it is sent as unset and leaves the column as it is. */
  readonly undefinedRefusal: string | undefined
  /** Why null is refused; undefined: it is sent and deletes. */
  readonly nullRefusal: string | undefined
}

/** One column of a result: its name there, and the property it becomes. */
export interface Selector {
  readonly name: string
  readonly property: string
  readonly codec: Codec
}

/** What a SELECT reads. */
export interface Selectors {
  /** Between SELECT and FROM. */
  readonly names: readonly string[]
  /** What the columns of the result become. */
  readonly selectors: readonly Selector[]
  /** Every column that is read, alone or inside a function. */
  readonly selected: readonly ColumnMetadata[]
}

/** A request without its values: text and markers, written by the same call. */
export interface Statement {
  readonly kind: 'select' | 'insert' | 'update' | 'delete'
  readonly cql: string
  /** In the order of the `?`. */
  readonly markers: readonly Marker[]
  /** What is read; empty for a write. */
  readonly selectors: readonly Selector[]
  /** What is read beside the entity, which then comes as `{ entity, [property] }`. */
  readonly beside?: Selector | undefined
  /** True when `selectors` are only some of the entity's columns: the constructor is not called. */
  readonly isProjection: boolean
  readonly isIdempotent: boolean
  readonly isConditional: boolean
  /** Where the lists of IN stand in the request: an empty one matches nothing, and nothing is sent. */
  readonly lists: readonly Path[]
  /** False: the server refuses to page this statement (ORDER BY with IN on the partition key). */
  readonly isPageable: boolean
}
