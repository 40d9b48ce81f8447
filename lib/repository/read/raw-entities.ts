import { printType } from '../../cql/print-type'
import { isSameType, printServerType } from '../../driver/declared-types'
import { type TypedName, serverTypeOf } from '../../driver/internals/data-type'
import { FrameReader } from '../../driver/internals/direct-rows'
import { StatementError } from '../../errors/errors'
import { didYouMean } from '../../errors/did-you-mean'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { declaredTypesOf } from '../../plan/declared-types-of'
import type { Reading } from '../../plan/row-classes'
import { compileRowReader } from '../../plan/row-reader'
import type { RawResult } from './raw-query'

/** The class that the rows of a query become. */
export interface RawEntity {
  readonly metadata: EntityMetadata
  /** The metadata of the whole table: of a class that shares its table, that of the base. */
  readonly table: EntityMetadata
}

/** The entities of a query. */
interface RawEntities {
  readonly entities: unknown[]
  /** Says that only the selected properties exist on them. */
  readonly isProjection: boolean
}

/**
 * Maps the columns of a result to properties: to whole entities if every column that `find` reads is there, else to
 * projections. Columns of other classes in the table are skipped, and in a `SELECT *` of the table those that no class
 * maps, which a newer version of the program may have added. Throws `StatementError` for any other column without a
 * property.
 */
function readingOf(
  { metadata, table }: RawEntity,
  columns: readonly TypedName[],
  cql: string,
): Reading {
  const own = [...metadata.columns, ...metadata.computed]
  const others = [...table.columns, ...table.computed].filter(
    ({ property }) => !own.some((each) => each.property === property),
  )
  const mapped = [...own, ...others]
  const hasWholeRows = tableOfWholeRows(cql) === metadata.table
  const found = columns.flatMap(({ name, type }) => {
    const column = mapped.find((each) => each.name === name)
    if (column === undefined) {
      if (hasWholeRows) return []
      const names = mapped.map((each) => each.name)
      throw new StatementError(
        `the query gives a column '${name}', which no property of ${metadata.name} maps; ` +
          `leave it out, or use db.query() for plain rows${didYouMean(name, names)}`,
      )
    }
    const given = serverTypeOf(type)
    if (!isSameType(column.codec.type, given)) {
      throw new StatementError(
        `the query gives '${name}' as a ${printServerType(given)}, and ${metadata.name}.${column.property} ` +
          `is a ${printType(column.codec.type)}; give it another name with AS, or use db.query() for plain rows`,
      )
    }
    return [column]
  })
  const selectors = found.filter((each) => own.includes(each))
  return { selectors, isProjection: missingIn(metadata, selectors).length > 0 }
}

/** The columns that `find` reads and these selectors do not. Computed ones do not count: no `SELECT *` has them. */
function missingIn(metadata: EntityMetadata, selectors: Reading['selectors']): readonly string[] {
  const read = new Set(selectors.map(({ property }) => property))
  return metadata.columns
    .filter(({ selected, property }) => selected && !read.has(property))
    .map(({ property }) => property)
}

const wholeRows =
  /^\s*select\s+(?:distinct\s+)?\*\s+from\s+(?:(?:"(?:[^"]|"")+"|\w+)\s*\.\s*)?(?:"((?:[^"]|"")+)"|(\w+))/iu

/** The table of a `SELECT *`; undefined for any other query. Names without quotes are lower case in CQL. */
function tableOfWholeRows(cql: string): string | undefined {
  const [, quoted, bare] = wholeRows.exec(cql) ?? []
  return quoted?.replaceAll('""', '"') ?? bare?.toLowerCase()
}

// Made for one result alone, which is not worth compiling for.
const mode = 'closures'

/** Decodes the rows of one query from the bytes of their frames. `entitiesOf` reports what is wrong with its columns. */
export function framesOf(entity: RawEntity, cql: string): FrameReader {
  return new FrameReader((columns) =>
    compileRowReader(entity.metadata, readingOf(entity, columns, cql), mode).frames.compile(
      columns,
    ),
  )
}

/**
 * Returns the rows of a query as entities, by the names of its columns. Throws `StatementError` for a row of another
 * class, and unless `isPartial` for a result that lacks a column of the entity.
 */
export function entitiesOf(
  entity: RawEntity,
  { cql, pages, columns }: RawResult,
  isPartial: boolean,
): RawEntities {
  const { metadata } = entity
  // A write without a condition has no result.
  if (columns.length === 0) return { entities: [], isProjection: true }
  const reading = readingOf(entity, columns, cql)
  const missing = missingIn(metadata, reading.selectors)
  if (missing.length > 0 && !isPartial) {
    throw new StatementError(
      `the query lacks ${missing.map((property) => `${metadata.name}.${property}`).join(', ')}; ` +
        'select all columns of the entity, or pass { partial: true } for entities with only the selected properties',
    )
  }
  const types = declaredTypesOf(metadata, [], reading.selectors)
  const wrong = types.findWrongColumn(columns)
  if (wrong !== undefined) throw wrong
  const reader = compileRowReader(metadata, reading, mode, types)
  const entities = pages.flatMap(({ rows, isDecoded }) =>
    isDecoded
      ? (rows as readonly unknown[])
      : rows.map((row) => reader.fromDriverRow(row, columns)),
  )
  if (!entities.every((each) => each instanceof metadata.target)) {
    throw new StatementError(
      `the query gives a row of another class than ${metadata.name}, by its ${metadata.inheritance?.column.name}; ` +
        'ask for it in WHERE, or use the repository of the base',
    )
  }
  return { entities, isProjection: reading.isProjection }
}
