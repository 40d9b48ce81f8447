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

/** A bound of a range. */
export type RangeOperator = 'moreThan' | 'moreThanOrEqual' | 'lessThan' | 'lessThanOrEqual'

/** `column = ?`. IN always has one list for its marker, of however many elements. */
export interface ColumnRelation {
  readonly kind: 'column'
  readonly column: ColumnMetadata
  readonly operator: RelationOperator
}

/** `token(…) > ?` of the whole partition key. */
export interface TokenRelation {
  readonly kind: 'token'
  readonly operator: 'equal' | RangeOperator
}

/** `(c, d) > ?`, `(c, d) IN ?`: the columns as the request names them, in that order. */
export interface TupleRelation {
  readonly kind: 'tuple'
  readonly columns: readonly ColumnMetadata[]
  readonly operator: 'equal' | 'in' | RangeOperator
}

/** One relation of a WHERE without its values, as the rules see it. */
export type Relation = ColumnRelation | TokenRelation | TupleRelation

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

export function isColumnRelation(relation: Relation): relation is ColumnRelation {
  return relation.kind === 'column'
}

/** The columns that a relation restricts; of token() none by name. */
export function columnsOf(relation: Relation): readonly ColumnMetadata[] {
  switch (relation.kind) {
    case 'column':
      return [relation.column]
    case 'tuple':
      return relation.columns
    case 'token':
      return []
  }
}

/** The columns that = fixes, alone or in a tuple. */
export function fixedBy(relations: readonly Relation[]): readonly ColumnMetadata[] {
  return relations.filter(({ operator }) => operator === 'equal').flatMap(columnsOf)
}

/** `=` or IN: the column is fixed. */
export function isPoint({ operator }: Pick<Relation, 'operator'>): boolean {
  return natures[operator] === 'point'
}

/** A bound of a range. */
export function isSlice({ operator }: Pick<Relation, 'operator'>): boolean {
  return natures[operator] === 'lower' || natures[operator] === 'upper'
}

/** CONTAINS, CONTAINS KEY and `m[k] =`: about elements of a collection. */
export function isAboutElements({ operator }: Pick<Relation, 'operator'>): boolean {
  return natures[operator] === 'collection'
}

/** Which end of a range a relation bounds. */
export function boundOf({ operator }: Pick<Relation, 'operator'>): 'lower' | 'upper' | undefined {
  const nature = natures[operator]
  return nature === 'lower' || nature === 'upper' ? nature : undefined
}
