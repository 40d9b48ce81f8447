import type { Codec } from '../codec/codec'
import { NoCodecError, codecFor } from '../codec/codec-for'
import { bareText } from '../cql/bare-text'
import { type CqlFragment, type CqlPart, type ValueType, isFragment } from '../cql/cql-tag'
import { identifier, qualified } from '../cql/identifier'
import { TypeTextError, parseType } from '../cql/parse-type'
import { StatementError } from '../errors/errors'
import { unreachable } from '../errors/unreachable'
import type { Class } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { columnOf } from './column-of'

/** The tables of a fragment's entities: where it runs, they can have names of their own. */
export interface RawScope {
  metadataOf(target: Class): EntityMetadata
  keyspaceOf(metadata: EntityMetadata): string
}

/** One value of a fragment. */
interface RawValue {
  readonly value: unknown
  /** The codec of its type; if undefined, the server's type of the marker decides. */
  readonly codec: Codec | undefined
}

/** A fragment as it is sent. */
export interface RawStatement {
  readonly cql: string
  readonly values: readonly RawValue[]
  /** Reads are; of a write it cannot be told. */
  readonly isIdempotent: boolean
  readonly isConditional: boolean
  /** Tells if it is prepared; DDL is sent as text. */
  readonly prepare: boolean
  /** The keyspace of its entities, in which user-defined types are looked up. */
  readonly keyspace: string | undefined
}

/**
 * A fragment with its tables and columns named. Throws `StatementError` for anything that the `cql` tag did not
 * make, and for markers that are not values of the fragment.
 */
export function buildRaw(fragment: unknown, scope: RawScope): RawStatement {
  requireFragment(fragment)
  const values: RawValue[] = []
  const cql = fragment.parts
    .map((part) => textOf(part, scope, values))
    .join('')
    .trim()
  const bare = bareText(cql)
  requireMarkers(bare, values.length)
  const isRead = /^\s*select\b/iu.test(bare)
  const isWrite = /^\s*(?:insert|update|delete|begin)\b/iu.test(bare)
  return {
    cql,
    values,
    isIdempotent: isRead,
    isConditional: isWrite && /\bif\b/iu.test(bare),
    prepare: isRead || isWrite || values.length > 0,
    keyspace: keyspaceOf(fragment, scope),
  }
}

/** Refuses a query that the `cql` tag did not make, such as a string with an array of values. Throws `StatementError`. */
export function requireFragment(fragment: unknown): asserts fragment is CqlFragment {
  if (isFragment(fragment)) return
  throw new StatementError(
    `a query is written with the cql tag, cql\`SELECT … WHERE id = \${id}\`, and not as ` +
      (typeof fragment === 'string'
        ? 'a string: a value in it would become CQL; write each value in the place of its ?'
        : typeof fragment),
  )
}

function keyspaceOf({ parts }: CqlFragment, scope: RawScope): string | undefined {
  const entities = parts.flatMap((part) =>
    part.kind === 'text'
      ? []
      : part.kind !== 'value'
        ? [part.entity]
        : typeof part.type === 'object'
          ? [part.type.entity]
          : [],
  )
  return entities[0] && scope.keyspaceOf(scope.metadataOf(entities[0]))
}

function textOf(part: CqlPart, scope: RawScope, values: RawValue[]): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'table': {
      const metadata = scope.metadataOf(part.entity)
      return qualified(scope.keyspaceOf(metadata), metadata.table)
    }
    case 'column':
      return identifier(columnOf(scope.metadataOf(part.entity), part.property, 'cql.column').name)
    case 'value':
      requireValue(part.value, values.length + 1)
      values.push({
        value: part.value,
        codec: part.type === undefined ? undefined : codecOf(part.type, scope),
      })
      return '?'
    default:
      return unreachable(part)
  }
}

function requireValue(value: unknown, position: number): void {
  if (value === undefined) {
    throw new StatementError(
      `value ${position} of the query is undefined; give a value, or null where the column may have none`,
    )
  }
  if (typeof value === 'function') {
    const name = value.name === '' ? 'the class' : value.name
    throw new StatementError(
      `value ${position} of the query is a function or a class; the table of an entity is \${cql.table(${name})}`,
    )
  }
}

function codecOf(type: ValueType, scope: RawScope): Codec {
  if (typeof type !== 'string') {
    return columnOf(scope.metadataOf(type.entity), type.property, 'cql.value').codec
  }
  try {
    return codecFor(parseType(type))
  } catch (error) {
    if (!(error instanceof TypeTextError || error instanceof NoCodecError)) throw error
    throw new StatementError(`cql.value: ${error.message}`, { cause: error })
  }
}

function requireMarkers(bare: string, expected: number): void {
  const found = bare.split('?').length - 1
  if (found === expected) return
  throw new StatementError(
    found < expected
      ? 'a value of the query stands inside quotes or a comment, where it would be text; leave the quotes out'
      : 'the query has a ? of its own; put the value in its place: ${value}',
  )
}
