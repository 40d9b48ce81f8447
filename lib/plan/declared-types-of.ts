import { sameType } from '../cql/print-type'
import type { CqlType } from '../cql/cql-type'
import { thawAll } from '../cql/type-tree'
import { type DeclaredType, DeclaredTypes } from '../driver/declared-types'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { Marker, Selector } from '../statement/statement'

/** Returns the types of the markers and of the columns of a result, to be compared with the server's. */
export function declaredTypesOf(
  metadata: EntityMetadata,
  markers: readonly Marker[],
  selectors: readonly (Selector | undefined)[],
): DeclaredTypes {
  return new DeclaredTypes({
    markers: markers.map((marker) => declaredType(metadata, marker)),
    columns: new Map(
      selectors
        .filter((selector) => selector !== undefined)
        .map(({ name, property, typeOf = property, codec: { type } }) => [
          name,
          { place: `${metadata.name}.${typeOf}`, type },
        ]),
    ),
    userTypes: metadata.userTypes,
  })
}

/** Returns the type of a marker. For the list of an IN it is that of the column, so that messages name it. */
function declaredType(
  { name, byProperty }: EntityMetadata,
  { label, codec: { type } }: Marker,
): DeclaredType {
  const place = `${name}.${label}`
  const column = byProperty[label]
  if (column === undefined || isAlike(type, column.type)) return { place, type }
  return type.kind === 'list' && isAlike(type.of, column.type)
    ? { place, type: type.of, isList: true }
    : { place: `a value for ${place}`, type }
}

function isAlike(a: CqlType, b: CqlType): boolean {
  return sameType(thawAll(a), thawAll(b))
}
