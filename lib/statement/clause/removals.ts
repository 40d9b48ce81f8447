import { identifier } from '../../cql/identifier'
import { printType } from '../../cql/print-type'
import { StatementError } from '../../errors/errors'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { type Assignment, removed } from './assignment'
import { columnOf, requireProperties } from '../column-of'
import { fieldPlace } from './field-place'
import { listIndex } from './list-index'
import type { Marker } from '../statement'

/** The parts of one column that a delete names. */
type Removal =
  | { readonly kind: 'elements'; readonly column: ColumnMetadata }
  | { readonly kind: 'indexes'; readonly column: ColumnMetadata; readonly count: number }
  | { readonly kind: 'fields'; readonly column: ColumnMetadata; readonly places: readonly number[] }

/** A delete of elements: texts and markers as in the SET of an update, and what they concern. */
export interface Removals {
  readonly assignments: readonly Assignment[]
  readonly columns: readonly ColumnMetadata[]
  /** Tells if it can be repeated: after the element at an index is gone, another one has that index. */
  readonly isIdempotent: boolean
}

/**
 * The elements, keys, indexes and fields that a delete names, without their values: those of sets and maps are one
 * marker however many there are, of a list each index is one. Throws `StatementError` for a column that has none.
 */
export function shapeOfRemovals(metadata: EntityMetadata, elements: object): string {
  let shape = ''
  for (const removal of removalsOf(metadata, elements)) {
    shape += removal.column.ordinal
    if (removal.kind === 'indexes') shape += `i${removal.count}`
    if (removal.kind === 'fields') shape += `f${removal.places.join('.')}`
    shape += ','
  }
  return shape
}

/**
 * The same elements, with the indexes of lists from the last to the first, each once: the server deletes one after
 * the other, and what follows an element moves. So all of them mean the list as it was before.
 */
export function lastIndexFirst(metadata: EntityMetadata, elements: object): object {
  requireProperties(metadata, elements, 'elements')
  const ordered: Record<string, unknown> = {}
  for (const [property, given] of Object.entries(elements)) {
    const isList = metadata.byProperty[property]?.type.kind === 'list' && Array.isArray(given)
    ordered[property] = isList
      ? [
          ...new Set(
            given.map((index: unknown) => (typeof index === 'bigint' ? Number(index) : index)),
          ),
        ].sort((a, b) => Number(b) - Number(a))
      : given
  }
  return ordered
}

/** `"attrs" = "attrs" - ?, "tags"[?] = null, "address"."zip" = null` */
export function buildRemovals(metadata: EntityMetadata, elements: object): Removals {
  const removals = removalsOf(metadata, elements)
  return {
    assignments: removals.flatMap(assignmentsOf),
    columns: removals.map(({ column }) => column),
    isIdempotent: removals.every(({ kind }) => kind !== 'indexes'),
  }
}

function removalsOf(metadata: EntityMetadata, elements: unknown): readonly Removal[] {
  requireProperties(metadata, elements, 'elements')
  const removals = Object.keys(elements).map((property) =>
    removalOf(metadata, columnOf(metadata, property, 'elements'), elements[property]),
  )
  if (removals.length === 0) {
    throw new StatementError(
      `${metadata.name}: elements must name at least one property; leave it out to delete whole rows`,
    )
  }
  return removals.sort((a, b) => a.column.ordinal - b.column.ordinal)
}

function removalOf(metadata: EntityMetadata, column: ColumnMetadata, given: unknown): Removal {
  const refuse = (message: string): never => {
    throw new StatementError(`${metadata.name}.${column.property} ${message}`)
  }
  const listed = (what: string): readonly unknown[] =>
    Array.isArray(given) && given.length > 0
      ? given
      : refuse(`needs an array of ${what} in elements, with at least one`)
  switch (column.type.kind) {
    case 'set':
    case 'map':
      if (!(given instanceof Set && given.size > 0)) listed('elements or keys')
      return { kind: 'elements', column }
    case 'list':
      return { kind: 'indexes', column, count: listed('indexes').length }
    case 'udt': {
      const places = listed('fields').map((field) => fieldPlace(metadata, column, String(field)))
      return { kind: 'fields', column, places: [...new Set(places)].sort((a, b) => a - b) }
    }
    case 'native':
    case 'frozen':
    case 'tuple':
    case 'vector':
      return refuse(
        `is a ${printType(column.type)}, which has no elements to delete; ` +
          `give it whole, or delete it with columns: ['${column.property}']`,
      )
    default:
      return unreachable(column.type)
  }
}

function assignmentsOf(removal: Removal): readonly Assignment[] {
  const { column } = removal
  const name = identifier(column.name)
  switch (removal.kind) {
    case 'elements':
      return [{ cql: `${name} = ${name} - ?`, markers: [marker(column, removed(column.codec))] }]
    case 'indexes':
      return Array.from({ length: removal.count }, (_, i) => ({
        cql: `${name}[?] = null`,
        markers: [marker(column, listIndex('elements'), i)],
      }))
    case 'fields': {
      const fields = [...(column.codec.fields?.values() ?? [])]
      return removal.places.map((place) => ({
        cql: `${name}.${identifier(String(fields[place]?.name))} = null`,
        markers: [],
      }))
    }
    default:
      return unreachable(removal)
  }
}

function marker({ property }: ColumnMetadata, codec: Marker['codec'], index?: number): Marker {
  const refusal = 'elements takes no null and no undefined'
  return {
    path: ['elements', property, ...(index === undefined ? [] : [index])],
    label: property,
    codec,
    undefinedRefusal: refusal,
    nullRefusal: refusal,
  }
}
