import { StatementError } from '../errors/errors'
import { didYouMean } from '../errors/did-you-mean'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'

/** The column behind a property named in a request. Throws `StatementError` with the nearest name. */
export function columnOf(entity: EntityMetadata, property: string, clause: string): ColumnMetadata {
  const column = entity.byProperty[property]
  if (column === undefined) {
    if (entity.computed.some((computed) => computed.property === property)) {
      throw new StatementError(
        `${entity.entity}.${property}, named in ${clause}, is computed: it can be selected, and nothing else; ` +
          'leave it out',
      )
    }
    throw new StatementError(
      `${entity.entity}.${property}, named in ${clause}, is not a column` +
        didYouMean(property, Object.keys(entity.byProperty)),
    )
  }
  return column
}

/** Refuses what is not a plain bag of properties, such as a string, an array or nothing at all. */
export function requireObject(
  entity: EntityMetadata,
  value: unknown,
  clause: string,
): asserts value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new StatementError(
      `${entity.entity}: ${clause} must be an object, got ${value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value}`,
    )
  }
}
