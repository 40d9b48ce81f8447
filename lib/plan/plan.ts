import type { DeclaredTypes } from '../driver/declared-types'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { Statement } from '../statement/statement'
import { type Binder, compileBinder, valueAt } from './binder'
import { type CodeGeneration, codeGeneration } from './compile'
import { declaredTypesOf } from './declared-types-of'
import { type RoutingKey, compileRoutingKey } from './routing-key'
import { type RowHash, compileRowHash } from './row-hash'
import { type RowReader, compileRowReader } from './row-reader'

/** A statement made fast: everything that can be decided before a call has been. */
export interface Plan {
  readonly statement: Statement
  readonly bind: Binder
  readonly reader: RowReader
  /** The declared types, to be compared with the server's. */
  readonly types: DeclaredTypes
  /** If undefined, the driver finds out where the statement belongs. */
  readonly routingKey: RoutingKey | undefined
  /** The hash of the key of the row; undefined if the statement concerns no row, or several. */
  readonly rowHash: RowHash | undefined
}

/** `table` is the identity of the table on its data source, if absent columns of its rows are to be remembered. */
export function compilePlan(
  metadata: EntityMetadata,
  statement: Statement,
  table?: object,
  mode: CodeGeneration = codeGeneration(),
): Plan {
  const { markers, selectors, beside, isProjection } = statement
  const reading = { selectors, beside, isProjection, table }
  const types = declaredTypesOf(metadata, markers, [...selectors, beside])
  return Object.freeze({
    statement,
    bind: compileBinder(metadata.name, markers, mode),
    reader: compileRowReader(metadata, reading, mode, types),
    types,
    routingKey: compileRoutingKey(metadata, markers),
    rowHash: compileRowHash(metadata, markers),
  })
}

/** Tells if an IN of the request has an empty list: nothing can match, and nothing needs to be sent. */
export function matchesNothing({ statement: { lists } }: Plan, request: object): boolean {
  return lists.some((path) => (valueAt(request, path) as readonly unknown[]).length === 0)
}
