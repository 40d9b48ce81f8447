import { type ConditionKind, type ConditionOperator, type KindOf, operators } from './operators'
import type { Param } from './param'

/** Conditions are made by functions and carry a symbol, so that nothing parsed from JSON can be one. */
const brand = Symbol.for('coodie.condition')

/** A condition on one column, made by `MoreThan`, `In` and so on. */
export interface Condition<K extends ConditionKind = ConditionKind, V = unknown> {
  /** The kind of operator, which decides the columns that accept it. */
  readonly kind: K
  /** The operator. */
  readonly operator: ConditionOperator
  /** The operand, or an array of operands. */
  readonly value: V
}

class BrandedCondition<K extends ConditionKind, V> implements Condition<K, V> {
  declare readonly [brand]: true

  constructor(
    readonly kind: K,
    readonly operator: ConditionOperator,
    readonly value: V,
  ) {}

  static {
    Object.defineProperty(this.prototype, brand, { value: true })
  }
}

type Single = Exclude<ConditionOperator, 'and'>

function condition<O extends Single, V>(operator: O, value: V): Condition<KindOf<O>, V> {
  const kind: KindOf<Single> = operators[operator].kind
  return Object.freeze(new BrandedCondition(kind as KindOf<O>, operator, value))
}

export function isCondition(value: unknown): value is Condition {
  return typeof value === 'object' && value !== null && brand in value
}

/** `column = ?`; the same as the plain value. */
export const Equal = <const T>(value: T): Condition<'equal', T> => condition('equal', value)

/** `column IN ?`. An empty list answers nothing, without asking the server. */
export function In<const T>(values: readonly T[]): Condition<'in', readonly T[]>
export function In<const N extends string>(values: Param<N>): Condition<'in', Param<N>>
export function In(values: unknown): Condition<'in'> {
  return condition('in', values)
}

/** `column > ?` */
export const MoreThan = <const T>(value: T): Condition<'range', T> => condition('moreThan', value)

/** `column >= ?` */
export const MoreThanOrEqual = <const T>(value: T): Condition<'range', T> =>
  condition('moreThanOrEqual', value)

/** `column < ?` */
export const LessThan = <const T>(value: T): Condition<'range', T> => condition('lessThan', value)

/** `column <= ?` */
export const LessThanOrEqual = <const T>(value: T): Condition<'range', T> =>
  condition('lessThanOrEqual', value)

/** `column >= ? AND column <= ?`: both ends belong to the range. */
export const Between = <const T, const U>(from: T, to: U): Condition<'range', T | U> =>
  condition('between', [from, to] as never)

type Joinable = Condition<'range' | 'contains' | 'containsKey' | 'entry' | 'at' | 'not'>

/** Several ranges on one column: `And(MoreThan(1), LessThan(9))`; several `Contains` likewise, and `Not` in an `if`. */
export function And<const C extends readonly [Joinable, Joinable, ...Joinable[]]>(
  ...conditions: C
): C[number]
export function And(...conditions: readonly Joinable[]): Condition {
  return Object.freeze(new BrandedCondition(conditions[0]?.kind ?? 'range', 'and', conditions))
}

/** The operators that an `And` joins. Calls `refuse` if they are no operators, or if there are none. */
export function joinedBy(
  { value }: Condition,
  refuse: (message: string) => never,
): readonly Condition[] {
  const joined = value as readonly unknown[]
  if (joined.length === 0) refuse('And() joins nothing; give it at least one operator')
  if (!joined.every(isCondition)) {
    refuse('And() joins operators, such as MoreThan(1) and LessThan(9); a plain value stands alone')
  }
  return joined
}

/** `column LIKE ?`, which only a SASI index serves: `Like('Acme%')`. */
export const Like = <const T extends string | Param>(pattern: T): Condition<'like', T> =>
  condition('like', pattern)

/** `column CONTAINS ?`: an element of a list or set, a value of a map. */
export const Contains = <const T>(element: T): Condition<'contains', T> =>
  condition('contains', element)

/** `column CONTAINS KEY ?`: a key of a map. */
export const ContainsKey = <const T>(key: T): Condition<'containsKey', T> =>
  condition('containsKey', key)

/**
 * `column[?] = ?`: an entry of a map. In the `if` of a write the value may be an operator:
 * `Entry('stock', MoreThan(0))`.
 */
export const Entry = <const K, const V>(
  key: K,
  value: V,
): Condition<'entry', readonly [key: K, value: V]> => condition('entry', [key, value])

/**
 * `column[?] = ?`: the element of a list at an index from 0, in the `if` of a write only. The value may be an
 * operator: `At(0, Not('draft'))`.
 */
export const At = <const V>(
  index: number,
  value: V,
): Condition<'at', readonly [index: number, value: V]> => condition('at', [index, value])

/**
 * `column != ?`, in the `if` of a write only: Cassandra's WHERE has no inequality. True for a row that does
 * not exist, which an update then creates. `Not(null)` is `column != null`.
 */
export const Not = <const T>(value: T): Condition<'not', T> => condition('not', value)

/**
 * `column = null`, in the `if` of a write only: Cassandra's WHERE has no IS NULL. True for a row that does
 * not exist, which an update then creates.
 */
export const IsNull = (): Condition<'isNull', null> => condition('isNull', null)
