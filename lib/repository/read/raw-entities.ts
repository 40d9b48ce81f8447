import type { CqlType } from '../../cql/cql-type'
import { printType, sameType } from '../../cql/print-type'
import { type TypedName, cqlTypeOf } from '../../driver/internals/data-type'
import { FrameReader } from '../../driver/internals/direct-rows'
import { StatementError } from '../../errors/errors'
import { didYouMean } from '../../errors/did-you-mean'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { declaredTypesOf } from '../../plan/declared-types-of'
import type { Reading } from '../../plan/row-classes'
import { compileRowReader } from '../../plan/row-reader'
import type { RawResult } from './raw-query'

/** The entities of the rows of a query. */
export interface RawEntities<E> {
  readonly entities: E[]
  /** `true` if the entities have only the selected properties. */
  readonly isProjection: boolean
}

/**
 * Decides how the columns of a query become entities: whole entities if all columns that `find` reads are present,
 * otherwise projections with only the selected properties. Throws `StatementError` for a column that no property
 * maps. If the class shares its table, `table` has the properties of the other classes, whose columns are skipped.
 */
function readingOf(
  metadata: EntityMetadata,
  table: EntityMetadata,
  columns: readonly TypedName[],
): Reading {
  const own = [...metadata.columns, ...metadata.computed]
  const others = [...table.columns, ...table.computed].filter(
    ({ property }) => !own.some((each) => each.property === property),
  )
  const mapped = [...own, ...others]
  const found = columns.map(({ name, type }) => {
    const column = mapped.find((each) => each.name === name)
    if (column === undefined) {
      const names = mapped.map((each) => each.name)
      throw new StatementError(
        `the query gives a column '${name}', which no property of ${metadata.name} maps` +
          `${didYouMean(name, names)}; leave it out, or use db.query() for plain rows`,
      )
    }
    const given = cqlTypeOf(type)
    if (given !== undefined && !isAlike(given, column.codec.type)) {
      throw new StatementError(
        `the query gives '${name}' as a ${printType(given)}, and ${metadata.name}.${column.property} ` +
          `is a ${printType(column.codec.type)}; name it otherwise, with AS, or use db.query() for plain rows`,
      )
    }
    return column
  })
  const selectors = found.filter((each) => own.includes(each))
  const read = new Set(selectors.map(({ property }) => property))
  const isProjection = ![
    ...metadata.columns.filter(({ selected }) => selected),
    ...metadata.computed,
  ].every(({ property }) => read.has(property))
  return { selectors, isProjection }
}

// Made for one result alone, which is not worth compiling for.
const mode = 'closures'

/** Decodes the rows of one query from the bytes of their frames; what is wrong with its columns `entitiesOf` tells. */
export function framesOf(metadata: EntityMetadata, table: EntityMetadata): FrameReader {
  return new FrameReader((columns) =>
    compileRowReader(metadata, readingOf(metadata, table, columns), mode).frames.compile(columns),
  )
}

/** The rows of a query as entities, by the names of its columns. Throws `StatementError` for a row of another class. */
export function entitiesOf<E>(
  metadata: EntityMetadata,
  table: EntityMetadata,
  { pages, columns }: RawResult,
): RawEntities<E> {
  const reading = readingOf(metadata, table, columns)
  const types = declaredTypesOf(metadata, [], reading.selectors)
  const wrong = types.findWrongColumn(columns)
  if (wrong !== undefined) throw wrong
  const reader = compileRowReader(metadata, reading, mode, types)
  const entities = pages.flatMap(({ rows, isDecoded }) =>
    isDecoded ? (rows as readonly unknown[]) : rows.map((row) => reader.fromDriverRow(row)),
  )
  if (!entities.every((each) => each instanceof metadata.target)) {
    throw new StatementError(
      `the query gives a row that is no ${metadata.name}, by its ${metadata.inheritance?.column.name}; ` +
        'ask for it in WHERE, or use the repository of the base',
    )
  }
  return { entities: entities as E[], isProjection: reading.isProjection }
}

/** Returns `true` if values of both types have the same form; a result does not report what is frozen. */
function isAlike(a: CqlType, b: CqlType): boolean {
  return sameType({ kind: 'frozen', of: a }, { kind: 'frozen', of: b })
}
