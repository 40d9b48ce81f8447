import { identifier } from '../../cql/identifier'
import { StatementError } from '../../errors/errors'
import { quoteNames } from '../../errors/option-checks'
import type {
  ColumnMetadata,
  ComputedMetadata,
  EntityMetadata,
} from '../../metadata/entity-metadata'
import { buildAggregate, shapeOfAggregate } from './aggregate'
import { columnOf } from '../column-of'
import type { SelectRequest } from '../requests'
import type { Selectors } from '../statement'

type Selected = ColumnMetadata | ComputedMetadata
type Request = Pick<SelectRequest, 'select' | 'aggregate'>

/** Returns the selected columns, or the aggregate, in a shape. */
export function shapeOfSelectors(metadata: EntityMetadata, request: Request): string {
  if (request.aggregate !== undefined) return shapeOfAggregate(metadata, request.aggregate)
  if (request.select === undefined) return ''
  return selectedOf(metadata, request.select)
    .map(({ ordinal }) => ordinal)
    .join(',')
}

/** `"a", writetime("b") AS "c"`, or what an aggregate reads. */
export function buildSelectors(metadata: EntityMetadata, request: Request): Selectors {
  if (request.aggregate !== undefined) return buildAggregate(metadata, request.aggregate)
  const selected =
    request.select === undefined
      ? [...metadata.columns.filter((column) => column.selected), ...metadata.computed]
      : selectedOf(metadata, request.select)
  return {
    names: selected.map((each) =>
      each.kind === 'computed'
        ? `${each.function}(${identifier(each.of.name)}) AS ${identifier(each.name)}`
        : identifier(each.name),
    ),
    selectors: selected,
    selected: selected.map((each) => (each.kind === 'computed' ? each.of : each)),
  }
}

/** Returns the columns that `select` names, each once, in the order of the entity. */
function selectedOf(metadata: EntityMetadata, select: readonly string[]): readonly Selected[] {
  if (!Array.isArray(select) && select !== null) {
    const names = typeof select === 'object' ? Object.keys(select) : [String(select)]
    throw new StatementError(
      `${metadata.name}: select must be an array of properties; write select: [${quoteNames(names)}]`,
    )
  }
  if (!Array.isArray(select) || select.length === 0) {
    throw new StatementError(
      `${metadata.name}: select must name at least one property; leave it out to read all`,
    )
  }
  const selected = new Set(
    select.map(
      (property: string) =>
        metadata.computed.find((computed) => computed.property === property) ??
        columnOf(metadata, String(property), 'select'),
    ),
  )
  return [...selected].sort((a, b) => a.ordinal - b.ordinal)
}
