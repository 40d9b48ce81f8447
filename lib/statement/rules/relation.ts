import type { ColumnMetadata } from '../../metadata/entity-metadata'

/** What a relation of a WHERE may ask of a column. */
export type RelationOperator =
  | 'equal'
  | 'in'
  | 'moreThan'
  | 'moreThanOrEqual'
  | 'lessThan'
  | 'lessThanOrEqual'
  | 'contains'
  | 'containsKey'
  | 'like'
  | 'entry'

export interface Relation {
  readonly column: ColumnMetadata
  readonly operator: RelationOperator
}

/** What each operator is to the rules. */
const natures = {
  equal: 'point',
  in: 'point',
  moreThan: 'lower',
  moreThanOrEqual: 'lower',
  lessThan: 'upper',
  lessThanOrEqual: 'upper',
  contains: 'collection',
  containsKey: 'collection',
  entry: 'collection',
  like: 'like',
} as const satisfies Record<RelationOperator, string>

/** `=` or IN: the column is fixed. */
export function isPoint({ operator }: Relation): boolean {
  return natures[operator] === 'point'
}

/** A bound of a range. */
export function isSlice({ operator }: Relation): boolean {
  return natures[operator] === 'lower' || natures[operator] === 'upper'
}

/** Which end of a range a relation bounds. */
export function boundOf({ operator }: Relation): 'lower' | 'upper' | undefined {
  const nature = natures[operator]
  return nature === 'lower' || nature === 'upper' ? nature : undefined
}
