import type { ChangeKind } from './change-operators'

/** Like conditions, changes are made by functions and carry a symbol, so that nothing parsed from JSON can be one. */
const brand = Symbol.for('coodie.change')

/** A change of one column, made by `Append`, `Increment` and so on. */
export interface ColumnChange<K extends ChangeKind = ChangeKind, V = unknown> {
  /** The operator. */
  readonly kind: K
  /** The operand of the operator. */
  readonly value: V
}

declare const entriesOf: unique symbol
declare const fieldsOf: unique symbol

/**
 * Made by `Put` and `Fields`. The symbols exist for the compiler only: through them it knows from the property
 * what the braces may hold, and so reports a name in them that does not exist.
 */
export interface PutChange<T> {
  /** The operator. */
  readonly kind: 'put'
  readonly [entriesOf]: T
}
/** The change that `Fields` makes; see `PutChange`. */
export interface FieldsChange<T> {
  /** The operator. */
  readonly kind: 'fields'
  readonly [fieldsOf]: T
}

class Change<K extends ChangeKind, V> implements ColumnChange<K, V> {
  declare readonly [brand]: true

  constructor(
    readonly kind: K,
    readonly value: V,
  ) {}

  static {
    Object.defineProperty(this.prototype, brand, { value: true })
  }
}

function change<K extends ChangeKind, V>(kind: K, value: V): ColumnChange<K, V> {
  return Object.freeze(new Change(kind, value))
}

export function isChange(value: unknown): value is ColumnChange {
  return typeof value === 'object' && value !== null && brand in value
}

/** An array or a Set. */
export type Elements<T> = readonly T[] | ReadonlySet<T>

/** `list = list + ?`: at the end of a list, without reading it. */
export const Append = <const T>(elements: readonly T[]): ColumnChange<'append', readonly T[]> =>
  change('append', elements)

/** `list = ? + list`: at the beginning of a list, in the order given. */
export const Prepend = <const T>(elements: readonly T[]): ColumnChange<'prepend', readonly T[]> =>
  change('prepend', elements)

/** `set = set + ?`: into a set, also one that is kept as an array. */
export const Add = <const T>(elements: Elements<T>): ColumnChange<'add', Elements<T>> =>
  change('add', elements)

/** `map = map + ?`: entries of a map, new or in place of those with the same keys: `Put({ color: 'red' })`. */
export const Put = <T>(entries: NoInfer<T>): PutChange<T> =>
  change('put', entries) as unknown as PutChange<T>

/**
 * `column = column - ?`: these elements of a set, these keys of a map, every element of a list that is equal to
 * one of these.
 */
export const Remove = <const T>(elements: Elements<T>): ColumnChange<'remove', Elements<T>> =>
  change('remove', elements)

/**
 * `list[?] = ?`: in place of the element at an index from 0. The server reads the list first and refuses an
 * index that it does not have.
 */
export const SetAt = <const T>(
  index: number,
  value: T,
): ColumnChange<'setAt', readonly [index: number, value: T]> => change('setAt', [index, value])

/**
 * `udt.field = ?`, for each field named: the others stay as they are. Null deletes a field:
 * `Fields({ zip: '10115', floor: null })`.
 */
export const Fields = <T>(fields: NoInfer<T>): FieldsChange<T> =>
  change('fields', fields) as unknown as FieldsChange<T>

/**
 * `column = column + ?, column = column - ?`: elements of a set or entries of a map, and others taken away. No
 * element may be in both. Made by saves that send changes alone.
 */
export const Both = (
  added: ColumnChange<'add' | 'put'>,
  taken: ColumnChange<'remove'>,
): ColumnChange<'both', readonly ColumnChange[]> => change('both', [added, taken])

/** A change of a counter: a whole number, which can be negative. */
export type Delta = bigint | number | string

/** `counter = counter + ?` */
export const Increment = (by: Delta): ColumnChange<'increment', Delta> => change('increment', by)

/** `counter = counter - ?` */
export const Decrement = (by: Delta): ColumnChange<'decrement', Delta> => change('decrement', by)
