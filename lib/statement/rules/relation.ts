import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata } from '../../metadata/entity-metadata'
import {
  type RelationOperator,
  type TokenOperator,
  type TupleOperator,
  operators,
} from '../operators'

/** `column = ?`. IN always has one list for its marker, of however many elements. */
export interface ColumnRelation {
  readonly kind: 'column'
  readonly column: ColumnMetadata
  readonly operator: RelationOperator
}

/** `token(…) > ?` of the whole partition key. */
export interface TokenRelation {
  readonly kind: 'token'
  readonly operator: TokenOperator
}

/** `(c, d) > ?`, `(c, d) IN ?`: the columns as the request names them, in that order. */
export interface TupleRelation {
  readonly kind: 'tuple'
  readonly columns: readonly ColumnMetadata[]
  readonly operator: TupleOperator
}

/** One relation of a WHERE without its values, as the rules see it. */
export type Relation = ColumnRelation | TokenRelation | TupleRelation

export function isColumnRelation(relation: Relation): relation is ColumnRelation {
  return relation.kind === 'column'
}

/** Returns the columns that a relation restricts; token() restricts no column by name. */
export function columnsOf(relation: Relation): readonly ColumnMetadata[] {
  switch (relation.kind) {
    case 'column':
      return [relation.column]
    case 'tuple':
      return relation.columns
    case 'token':
      return []
    default:
      return unreachable(relation)
  }
}

/** The columns that = fixes, alone or in a tuple. */
export function fixedBy(relations: readonly Relation[]): readonly ColumnMetadata[] {
  return relations
    .filter(({ operator }) => operators[operator].nature === 'point')
    .flatMap(columnsOf)
}

type Compared = Pick<Relation, 'operator'>

/** Tells if a relation is `=` or IN: the column is fixed. */
export function isPoint({ operator }: Compared): boolean {
  const { nature } = operators[operator]
  return nature === 'point' || nature === 'points'
}

/** Tells if a relation is IN: it fixes a column to one of several values. */
export function isList({ operator }: Compared): boolean {
  return operators[operator].nature === 'points'
}

/** Tells if a relation is a bound of a range. */
export function isSlice({ operator }: Compared): boolean {
  return boundOf({ operator }) !== undefined
}

/** Tells if a relation is CONTAINS, CONTAINS KEY or `m[k] =`: about elements of a collection. */
export function isAboutElements({ operator }: Compared): boolean {
  return operators[operator].nature === 'elements'
}

/** Tells if a relation is LIKE. */
export function isPattern({ operator }: Compared): boolean {
  return operators[operator].nature === 'pattern'
}

/** The end of a range that a relation bounds. */
export function boundOf({ operator }: Compared): 'lower' | 'upper' | undefined {
  const { nature } = operators[operator]
  return nature === 'lower' || nature === 'upper' ? nature : undefined
}
