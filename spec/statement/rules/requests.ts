import type { RelationOperator } from '../../../lib/statement/operators'
import type { EntityMetadata } from '../../../lib/metadata/entity-metadata'
import type { ReadRequest } from '../../../lib/statement/rules/read-request'
import type { Relation, TokenRelation, TupleRelation } from '../../../lib/statement/rules/relation'
import { columnIn } from './table'

/** A read in a few words, its columns by their properties. */
export interface ReadText {
  /** `['c', 'moreThan']` */
  readonly where?: readonly (readonly [property: string, operator: RelationOperator])[]
  readonly token?: readonly TokenRelation['operator'][]
  readonly tuple?: readonly [columns: readonly string[], operator: TupleRelation['operator']]
  readonly orderBy?: Readonly<Record<string, 'asc' | 'desc'>>
  readonly nearest?: string
  readonly groupBy?: readonly string[]
  readonly distinct?: true
  readonly select?: readonly string[]
  readonly isAggregate?: true
  readonly limit?: true
  readonly perPartitionLimit?: true
}

export function relationsOf(metadata: EntityMetadata, text: ReadText): readonly Relation[] {
  const column = (property: string) => columnIn(metadata.byProperty, property)
  const { where = [], token = [], tuple } = text
  return [
    ...token.map((operator) => ({ kind: 'token', operator }) as const),
    ...where.map(
      ([property, operator]) => ({ kind: 'column', column: column(property), operator }) as const,
    ),
    ...(tuple === undefined
      ? []
      : [{ kind: 'tuple', columns: tuple[0].map(column), operator: tuple[1] } as const]),
  ]
}

export function requestOf(metadata: EntityMetadata, text: ReadText): ReadRequest {
  const column = (property: string) => columnIn(metadata.byProperty, property)
  return {
    relations: relationsOf(metadata, text),
    orderBy: Object.entries(text.orderBy ?? {}).map(([property, order]) => ({
      column: column(property),
      order,
    })),
    nearest: text.nearest === undefined ? undefined : column(text.nearest),
    groupBy: (text.groupBy ?? []).map(column),
    distinct: text.distinct === true,
    selected: text.select?.map(column) ?? metadata.columns,
    isAggregate: text.isAggregate === true,
    hasLimit: text.limit === true,
    hasPerPartitionLimit: text.perPartitionLimit === true,
  }
}
