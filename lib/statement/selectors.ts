import { identifier } from '../cql/identifier'
import { StatementError } from '../errors/errors'
import type { ColumnMetadata, ComputedMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { buildAggregate, shapeOfAggregate } from './aggregate'
import { columnOf } from './column-of'
import type { SelectRequest } from './requests'
import type { Selectors } from './statement'

type Selected = ColumnMetadata | ComputedMetadata
type Request = Pick<SelectRequest, 'select' | 'aggregate'>

/** What is read, in a shape. */
export function shapeOfSelectors(entity: EntityMetadata, request: Request): string {
  if (request.aggregate !== undefined) return shapeOfAggregate(entity, request.aggregate)
  if (request.select === undefined) return ''
  return selectedOf(entity, request.select)
    .map(({ ordinal }) => ordinal)
    .join(',')
}

/** `"a", writetime("b") AS "c"`, or what an aggregate reads. */
export function buildSelectors(entity: EntityMetadata, request: Request): Selectors {
  if (request.aggregate !== undefined) return buildAggregate(entity, request.aggregate)
  const selected =
    request.select === undefined
      ? [...entity.columns.filter((column) => column.selected), ...entity.computed]
      : selectedOf(entity, request.select)
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

/** What `select` names, each once, in the order of the entity. */
function selectedOf(entity: EntityMetadata, select: readonly string[]): readonly Selected[] {
  if (!Array.isArray(select) || select.length === 0) {
    throw new StatementError(
      `${entity.entity}: select must name at least one property; leave it out to read all`,
    )
  }
  const selected = new Set(
    select.map(
      (property: string) =>
        entity.computed.find((computed) => computed.property === property) ??
        columnOf(entity, String(property), 'select'),
    ),
  )
  return [...selected].sort((a, b) => a.ordinal - b.ordinal)
}
