import type { Construction } from '../metadata/construction'
import type { Class } from '../metadata/declaration'
import type { ColumnMetadata, EntityMetadata, InheritedClass } from '../metadata/entity-metadata'
import type { Selector } from '../statement/statement'

/** The columns that a statement reads. */
export interface Reading {
  readonly selectors: readonly Selector[]
  /** Tells if only the selected properties exist on the result: the constructor is not called then. */
  readonly isProjection: boolean
  /** A column that is read beside the entity: rows decoded from bytes are then `{ entity, [property] }`. */
  readonly beside?: Selector | undefined
  /** The identity of the table on its data source. Without one, the absent columns of rows are not remembered. */
  readonly table?: object | undefined
}

/** The way from rows of one class to instances. */
export interface RowClass extends Reading {
  readonly target: Class
  /** The option `construct` of the class. */
  readonly construct: Construction | undefined
  /** Properties that are not read, and must not keep the value of their initializer. */
  readonly unread: readonly string[]
}

/** The way from the rows of a table that holds several classes to instances. */
export interface RowClasses {
  /** It tells the class of a row; one of the selectors. */
  readonly column: ColumnMetadata
  readonly byValue: ReadonlyMap<unknown, RowClass>
  /** The class of a row without a value, or with the value of no class; if undefined, such a row is refused. */
  readonly otherwise: RowClass | undefined
}

/** The class of every row, where that is known before one is read. */
export function rowClassOf(metadata: EntityMetadata, reading: Reading): RowClass {
  const properties = metadata.columns.map(({ property }) => property)
  return {
    ...reading,
    target: metadata.target,
    construct: metadata.construct,
    unread: unreadOf(properties, reading),
  }
}

/** The classes that rows may have; undefined where there is one, or where what tells them is not read. */
export function rowClassesOf(metadata: EntityMetadata, reading: Reading): RowClasses | undefined {
  const { inheritance, target } = metadata
  if (inheritance === undefined || !reading.selectors.includes(inheritance.column)) return undefined
  const { base, column, classes, unknown } = inheritance
  const otherwise =
    base.target !== target
      ? // A row of another class, seen from this one: no more than what all classes have, and no constructor.
        member(base, { ...reading, isProjection: true })
      : unknown === 'base'
        ? member(base, reading)
        : undefined
  const byValue = new Map(classes.map((each) => [each.value, member(each, reading)]))
  return { column, byValue, otherwise }
}

function member({ target, properties, construct }: InheritedClass, reading: Reading): RowClass {
  const { selectors } = reading
  return {
    ...reading,
    target,
    construct,
    selectors: selectors.filter(({ property }) => properties.includes(property)),
    unread: unreadOf(properties, reading),
  }
}

/** A column that is not read must not keep the value of its initializer: saved back, it would overwrite. */
function unreadOf(
  properties: readonly string[],
  { selectors, isProjection }: Reading,
): readonly string[] {
  const read = new Set(selectors.map(({ property }) => property))
  return isProjection ? [] : properties.filter((property) => !read.has(property))
}
