import { StatementError } from '../../errors/errors'
import { didYouMean } from '../../errors/did-you-mean'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'

/** The place of a field in the type of a column. Throws `StatementError` with the nearest name. */
export function fieldPlace(
  { name }: EntityMetadata,
  column: ColumnMetadata,
  field: string,
): number {
  const known = [...(column.codec.fields?.keys() ?? [])]
  const place = known.indexOf(field)
  if (place >= 0) return place
  throw new StatementError(
    `${name}.${column.property} has no field '${field}'${didYouMean(field, known)}`,
  )
}
