import { isDriverValue } from '../driver/types/is-driver-value'
import { StatementError } from '../errors/errors'
import { didYouMean } from '../errors/did-you-mean'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { isPlainObject, requireOwnProperties, symbolError } from './own-properties'

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

/**
 * Refuses anything but an object with properties of its own, such as a string, an array, a Map or a Promise. An instance
 * of the entity's class passes. Throws `StatementError`.
 */
export function requireObject(
  metadata: EntityMetadata,
  value: unknown,
  clause: string,
): asserts value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const given = value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value
    throw notObject(metadata, value, clause, given)
  }
  if (isPlainObject(value) || value instanceof metadata.target) return
  if (isDriverValue(value, 'Uuid')) throw notObject(metadata, value, clause, 'a Uuid')
  requireOwnProperties(`${metadata.name}: ${clause}`, value, Object.keys(metadata.byProperty))
}

function notObject(metadata: EntityMetadata, value: unknown, clause: string, given: string) {
  return new StatementError(
    `${metadata.name}: ${clause} must be an object, got ${given}${exampleOf(metadata, value, clause)}`,
  )
}

/** Returns an example of the object to write: the tail of a message. */
function exampleOf({ key, columns }: EntityMetadata, value: unknown, clause: string): string {
  if (value === null || value === undefined) return ''
  switch (clause) {
    case 'where':
      return Array.isArray(value)
        ? '; Cassandra has no OR: use In([…]), or make a query for each'
        : `; write { ${key.map(({ property }) => property).join(', ')} }`
    case 'orderBy':
      return "; write { createdAt: 'desc' }, with a clustering column"
    case 'increment':
    case 'decrement': {
      const counter = columns.find(({ isCounter }) => isCounter)
      return `; write { ${counter?.property ?? 'views'}: 1n }`
    }
    default:
      return ''
  }
}

/** Refuses what `requireObject` refuses, an instance without properties and symbols. Throws `StatementError`. */
export function requireProperties(
  metadata: EntityMetadata,
  value: unknown,
  clause: string,
): asserts value is Readonly<Record<string, unknown>> {
  const isPlain = typeof value === 'object' && value !== null && isPlainObject(value)
  if (!isPlain) requireObject(metadata, value, clause)
  const [symbol] = Object.getOwnPropertySymbols(value)
  if (symbol !== undefined) throw symbolError(`${metadata.name}: ${clause}`, symbol)
  if (!isPlain) requireOwnProperties(`${metadata.name}: ${clause}`, value, [])
}

/** Copies an object with its properties in the order of their columns. Mostly they come in that order already. */
export function inOrder(
  metadata: EntityMetadata,
  value: Readonly<Record<string, unknown>>,
  clause: string,
): object {
  const ordinalOf = (property: string) => columnOf(metadata, property, clause).ordinal
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => ordinalOf(a) - ordinalOf(b)))
}
