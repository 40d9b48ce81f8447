import type { DeclaredKey } from '../driver/table-keys'
import type { Codec } from '../codec/codec'
import type { ColumnMetadata } from '../metadata/entity-metadata'

/** From the request to a value in it: `['where', 'price', 'value']`. */
export type Path = readonly (string | number)[]

/** One `?` of a statement: where its value stands in the request and how it becomes a parameter. */
export interface Marker {
  readonly path: Path
  /** The property or option, for messages. */
  readonly label: string
  readonly codec: Pick<Codec, 'type' | 'check' | 'toDriver' | 'encode'>
  /** The column that this value fixes: `"id" = ?`, or its place in an INSERT. */
  readonly fixes?: ColumnMetadata
  /** The reason why undefined is refused; if there is no reason, it is sent as unset and leaves the column as it is. */
  readonly undefinedRefusal: string | undefined
  /** The reason why null is refused; if there is no reason, it is sent and deletes. */
  readonly nullRefusal: string | undefined
  /** The marker is that of `LIMIT ?`. */
  readonly isLimit?: true
}

/** One column of a result: its name there, and the property it becomes. */
export interface Selector {
  readonly name: string
  readonly property: string
  readonly codec: Codec
  /** The property whose type the column has, if it is another one. */
  readonly typeOf?: string
}

/** The columns of a SELECT. */
export interface Selectors {
  /** Between SELECT and FROM. */
  readonly names: readonly string[]
  /** The columns of the result and their properties. */
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
  /** The columns that are read; empty for a write. */
  readonly selectors: readonly Selector[]
  /** A column that is read beside the entity, which then comes as `{ entity, [property] }`. */
  readonly beside?: Selector | undefined
  /** Tells if `selectors` are only some of the entity's columns: the constructor is not called then. */
  readonly isProjection: boolean
  readonly isIdempotent: boolean
  readonly isConditional: boolean
  /** The paths of the lists of IN in the request: an empty list matches nothing, and nothing is sent. */
  readonly lists: readonly Path[]
  /** Tells if the server can page this statement. */
  readonly isPageable: boolean
  /** The key of the table, if the statement deletes rows. */
  readonly deletedKey?: DeclaredKey | undefined
}
