import type { ColumnMetadata } from '../../metadata/entity-metadata'
import type { Marker } from '../statement'

/** The marker of a column's value: of a key it must be there, elsewhere undefined is unset and null deletes. */
export function valueMarker(column: ColumnMetadata, source: 'entity' | 'changes'): Marker {
  const refusal = column.isKey ? refusalOf(column) : undefined
  return {
    path: [source, column.property],
    label: column.property,
    codec: column.codec,
    ...(source === 'entity' ? { fixes: column } : {}),
    undefinedRefusal: refusal,
    nullRefusal: refusal,
  }
}

function refusalOf({ default: value }: ColumnMetadata): string {
  const needed = 'belongs to the primary key and needs a value'
  return value === undefined
    ? needed
    : `${needed}; create() and insert() set its default, save() does not`
}
