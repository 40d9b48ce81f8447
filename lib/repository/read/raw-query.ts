import { Refusal } from '../../codec/codec'
import { type TypedName, cqlTypeOf } from '../../driver/internals/data-type'
import { DeclaredTypes } from '../../driver/declared-types'
import type { FrameReader } from '../../driver/internals/direct-rows'
import type { ExecuteOptions } from '../../driver/execute-options'
import type { Session } from '../../driver/session'
import { StatementError } from '../../errors/errors'
import { valueError } from '../../plan/value-error'
import { plainCodec, readerOf } from './plain-value'
import { type RawScope, type RawStatement, buildRaw } from '../../statement/raw'

type DriverRow = Readonly<Record<string, unknown>>

/** The result of a query written by hand. */
export interface RawResult {
  /** The text of the query, with the names of tables and columns. */
  readonly cql: string
  readonly pages: readonly RawPage[]
  readonly columns: readonly TypedName[]
}

interface RawPage {
  readonly rows: readonly DriverRow[]
  /** Says that `RawTarget.framesFor` decoded the rows; otherwise they are rows of the driver. */
  readonly isDecoded: boolean
}

/** The place where a query runs, and the names of its entities there. */
export interface RawTarget extends RawScope {
  readonly session: Session
  /** The entity that the rows become; undefined for plain rows. */
  readonly entity?: string
  /** Decodes the rows of a query from the bytes of their frames, where that is possible. */
  readonly framesFor?: (cql: string) => FrameReader
}

/** Executes a `cql` fragment. Throws `StatementError` and `ValueError` before anything is executed. */
export async function executeRaw(
  target: RawTarget,
  fragment: unknown,
  options: ExecuteOptions,
): Promise<RawResult> {
  const { session, entity, framesFor } = target
  const statement = buildRaw(fragment, target)
  if (entity !== undefined && statement.isConditional) {
    throw new StatementError(
      `${entity}: a conditional write returns whether it was applied, not a row of ${entity}; use db.query()`,
    )
  }
  const { cql, isIdempotent, isConditional, prepare, keyspace } = statement
  const isTyped = statement.values.every(({ codec }) => codec !== undefined)
  const markers = isTyped ? [] : ((await session.markersOf(cql)) ?? [])
  const params = bind(statement, markers)
  const rebind = (changed: readonly TypedName[]) => bind(statement, changed)
  const frames = framesFor?.(cql)
  const pages: RawPage[] = []
  let columns: readonly TypedName[] = []
  let state: string | null | undefined
  do {
    const page = await session.execute({
      cql,
      params,
      types: typesOf(statement),
      ...(isTyped ? {} : { boundFor: { markers, rebind } }),
      isIdempotent,
      isConditional,
      prepare,
      options,
      frames,
      ...(entity === undefined ? {} : { entity }),
      ...(keyspace === undefined ? {} : { keyspace }),
      ...(typeof state === 'string' ? { pageState: state } : {}),
    })
    pages.push({ rows: page.rows, isDecoded: page.isDecoded === true })
    columns = page.columns ?? []
    state = page.pageState
  } while (state !== null)
  requireDistinctNames(columns)
  return { cql, pages, columns }
}

/** Returns plain rows. Their values have the property types of columns of these types. */
export function plainRows({ pages, columns }: RawResult): Record<string, unknown>[] {
  const readers = columns.map(({ name, type }) => [name, readerOf(type)] as const)
  return pages.flatMap(({ rows }) =>
    rows.map((row) => Object.fromEntries(readers.map(([name, read]) => [name, read(row[name])]))),
  )
}

/** Returns the types that the fragment itself gives for its values. */
function typesOf({ values }: RawStatement): DeclaredTypes {
  const markers = values.map(
    ({ codec }, i) => codec && { place: `value ${i + 1} of the query`, type: codec.type },
  )
  return new DeclaredTypes({ markers, columns: new Map(), userTypes: [] })
}

function bind({ values }: RawStatement, markers: readonly TypedName[]): unknown[] {
  return values.map(({ value, codec: given }, i) => {
    const marker = markers[i]
    const type = marker && cqlTypeOf(marker.type)
    const codec = given ?? (type && plainCodec(type))
    const label = `value ${i + 1}${marker === undefined ? '' : ` (${marker.name})`}`
    if (codec === undefined) {
      throw new StatementError(
        `${label} of the query has a type that is not known here; ` +
          `say it: cql.value('int', value) or cql.value(Entity, 'property', value)`,
      )
    }
    if (value === null) return null
    try {
      return codec.toDriver(codec.check(value))
    } catch (error) {
      throw error instanceof Refusal ? valueError('query', label, error) : error
    }
  })
}

/** The driver keeps one value for each name: the others would be lost. */
function requireDistinctNames(columns: readonly TypedName[]): void {
  const names = new Set<string>()
  for (const { name } of columns) {
    if (names.has(name)) {
      throw new StatementError(
        `the query gives two columns named '${name}'; rename one of them with AS`,
      )
    }
    names.add(name)
  }
}
