import { sameType } from '../../cql/print-type'
import { type Class, type ColumnDeclaration, nameOf } from '../declaration'
import { type Problem, columnDeclarationOf, optionOf } from './declared-properties'
import type { ColumnMetadata, EntityMetadata, IndexMetadata } from '../entity-metadata'

/** The columns of an entity, and the metadata that refers to them. */
export type Columns = Pick<
  EntityMetadata,
  'columns' | 'byProperty' | 'computed' | 'indexes' | 'userTypes'
>

/** The order of the kinds of columns. */
export const kindOrder = ['partitionKey', 'clustering', 'static', 'regular', 'counter'] as const

interface Found {
  readonly column: ColumnMetadata
  readonly declaration: ColumnDeclaration | undefined
  readonly entity: string
}

/** Merges the columns of a class and of derived classes that share its table. */
export function mergeColumns(
  target: Class,
  own: Columns,
  derived: readonly EntityMetadata[],
  problem: Problem,
): Columns {
  if (derived.length === 0) return own
  const found = new Map(own.columns.map((each) => [each.property, foundIn(target, each)]))
  const computed = new Map(own.computed.map((each) => [each.property, each]))
  for (const each of derived) {
    const { properties = [] } =
      each.inheritance?.classes.find((one) => one.target === each.target) ?? {}
    for (const property of properties) {
      const column = each.byProperty[property]
      const other = found.get(property)
      if (column === undefined) {
        const given = each.computed.find((one) => one.property === property)
        if (given !== undefined && !computed.has(property)) computed.set(property, given)
      } else if (other === undefined) found.set(property, foundIn(each.target, column))
      else if (!isAlike(other, foundIn(each.target, column))) {
        problem(
          property,
          `is declared differently in ${other.entity} and in ${each.name}, which share one table; ` +
            'declare it the same way, or rename one of them',
        )
      }
    }
  }
  const merged = [...found.values()].map(({ column }) => column)
  refuseTwoMeanings(merged, [...computed.values()], problem)
  return reorder(
    merged,
    [...computed.values()],
    [own, ...derived].flatMap(({ indexes }) => indexes),
    [...new Set([own, ...derived].flatMap(({ userTypes }) => userTypes))],
  )
}

function foundIn(target: Class, column: ColumnMetadata): Found {
  const declaration = columnDeclarationOf(target, column.property)
  return { column, declaration, entity: nameOf(target) }
}

/** Says of each member of a column if classes of one table must have the same; `type` and `codec` are compared apart. */
const mustEqual = {
  property: true,
  name: true,
  kind: true,
  isKey: true,
  isCounter: true,
  ordinal: false,
  type: false,
  codec: false,
  order: true,
  default: false,
  selected: true,
  ttl: true,
  date: true,
  masked: true,
} as const satisfies Record<keyof ColumnMetadata, boolean>

const compared = (Object.keys(mustEqual) as (keyof ColumnMetadata)[]).filter(
  (each) => mustEqual[each],
)

/** The options that decide the codec. */
const ofCodec = ['as', 'transformer', 'enum'] as const

/** Tells whether one column can serve both declarations: only the default may differ. */
function isAlike(a: Found, b: Found): boolean {
  return (
    sameType(a.column.type, b.column.type) &&
    compared.every((each) => a.column[each] === b.column[each]) &&
    a.declaration?.decorator === b.declaration?.decorator &&
    ofCodec.every((each) => optionOf(a.declaration, each) === optionOf(b.declaration, each))
  )
}

function refuseTwoMeanings(
  columns: readonly ColumnMetadata[],
  computed: EntityMetadata['computed'],
  problem: Problem,
): void {
  const names = new Map<string, string>()
  for (const { name, property } of [...columns, ...computed]) {
    const other = names.get(name)
    if (other !== undefined) {
      problem(
        property,
        other === property
          ? 'is a column in one class and computed in another of the same table; rename one of them'
          : `has the column name '${name}' of '${other}' in another class of the same table; give one of them another`,
      )
    }
    names.set(name, property)
  }
}

/** Orders the columns, with new ordinals and references. */
function reorder(
  merged: readonly ColumnMetadata[],
  mergedComputed: EntityMetadata['computed'],
  mergedIndexes: readonly IndexMetadata[],
  userTypes: EntityMetadata['userTypes'],
): Columns {
  const columns = kindOrder
    .flatMap((kind) => merged.filter((column) => column.kind === kind))
    .map(placeAt)
  const byProperty = propertiesOf(columns)
  const moved = ({ property }: ColumnMetadata) => byProperty[property] as ColumnMetadata
  const computed = mergedComputed.map((each, i) => ({
    ...each,
    of: moved(each.of),
    ordinal: columns.length + i,
  }))
  const indexes = mergedIndexes
    .map((index) => ({ ...index, column: moved(index.column) }))
    .filter((index, i, all) => all.findIndex((other) => isSameIndex(index, other)) === i)
  return { columns, byProperty, computed, indexes, userTypes }
}

function placeAt(column: ColumnMetadata, ordinal: number): ColumnMetadata {
  return { ...column, ordinal }
}

/** Tells equal indexes, since classes have the indexes of their bases too. */
function isSameIndex(a: IndexMetadata, b: IndexMetadata): boolean {
  return (
    a.column === b.column &&
    a.name === b.name &&
    a.using === b.using &&
    a.on === b.on &&
    JSON.stringify(a.options) === JSON.stringify(b.options)
  )
}

/** Returns the columns by property, without a prototype, so that every string can be looked up. */
export function propertiesOf(
  columns: readonly ColumnMetadata[],
): Readonly<Record<string, ColumnMetadata>> {
  const byProperty = Object.create(null) as Record<string, ColumnMetadata>
  for (const column of columns) byProperty[column.property] = column
  return byProperty
}
