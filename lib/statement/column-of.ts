import { StatementError } from '../errors/errors'
import { didYouMean } from '../errors/did-you-mean'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'

/** The column behind a property named in a request. Throws `StatementError` with the nearest name. */
export function columnOf(
  metadata: EntityMetadata,
  property: string,
  clause: string,
): ColumnMetadata {
  const column = metadata.byProperty[property]
  if (column === undefined) {
    if (metadata.computed.some((computed) => computed.property === property)) {
      throw new StatementError(
        `${metadata.name}.${property}, named in ${clause}, is computed: it can be selected, and nothing else; ` +
          'leave it out',
      )
    }
    throw new StatementError(
      `${metadata.name}.${property}, named in ${clause}, is not a column` +
        didYouMean(property, Object.keys(metadata.byProperty)),
    )
  }
  return column
}

/** Refuses what is not a plain bag of properties, such as a string, an array or nothing at all. */
export function requireObject(
  metadata: EntityMetadata,
  value: unknown,
  clause: string,
): asserts value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new StatementError(
      `${metadata.name}: ${clause} must be an object, got ${value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value}`,
    )
  }
}
