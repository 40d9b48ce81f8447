import type { Codec } from '../../codec/codec'
import { identityOf } from '../../codec/identity'
import { anyOrder } from '../../codec/parameter'
import { eachElement } from '../../codec/wire'
import { isCollection } from '../../cql/type-tree'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata } from '../../metadata/entity-metadata'
import { isEmptyCollection } from '../../metadata/empty-collection'
import { removed } from '../../statement/clause/assignment'
import { type ColumnChange, isChange } from '../../statement/change'
import type { BoundWrite } from '../write/bind-write'

/**
 * The cells of one column that a write touches, by a text for each place, with a text that is equal for values that
 * Cassandra holds equal; null is a deletion. The place `whole` stands for the column itself.
 */
export type Touched = ReadonlyMap<string, CellValue>

/** A symbol is equal to no other value. */
type CellValue = string | null | symbol
type Cell = readonly [place: string, value: CellValue]
type Values = Readonly<Record<string, unknown>>

const whole = 'whole'
/** Any index of a list: what removes elements by their values may remove the element of any of them. */
const anyIndex = 'index'

/** The cells of a column outside the key that a write touches; undefined if it does not touch the column. */
export function touchedCells({ request }: BoundWrite, column: ColumnMetadata): Touched | undefined {
  const { property } = column
  if (!('entity' in request) && !('changes' in request)) {
    if (request.columns?.includes(property) === true) return new Map([[whole, null]])
    const elements = (request.elements as Values | undefined)?.[property]
    return elements === undefined ? undefined : new Map(deletedCells(column, elements))
  }
  const values = ('entity' in request ? request.entity : request.changes) as Values
  const value = values[property]
  if (value === undefined) return undefined
  return new Map(isChange(value) ? changedCells(column, value) : [[whole, wholeOf(column, value)]])
}

/** The cells of both; undefined if they touch one cell in two ways, so that their order would matter. */
export function joinTouched(a: Touched, b: Touched): Touched | undefined {
  if (a.has(whole) !== b.has(whole)) return undefined
  for (const [place, value] of b) {
    if (a.has(place) && a.get(place) !== value) return undefined
  }
  return new Map([...a, ...b])
}

function wholeOf(column: ColumnMetadata, value: unknown): CellValue {
  if (value === null || isEmptyCollection(column, value)) return null
  // Two lists that are set to equal elements are both kept, one behind the other.
  return column.type.kind === 'list' ? Symbol('list') : identify(column.codec, value)
}

function changedCells(column: ColumnMetadata, { kind, value }: ColumnChange): readonly Cell[] {
  const { codec } = column
  switch (kind) {
    case 'append':
    case 'prepend':
    case 'add':
      return elementsOf(codec, value).map(([element]) => [`element ${element}`, 'added'])
    case 'put':
      return elementsOf(codec, value).map(([key, entry]) => [`element ${key}`, `${entry} put`])
    case 'remove':
      return removedCells(column, value)
    case 'setAt': {
      const [index, element] = value as readonly [unknown, unknown]
      return [
        [anyIndex, 'set'],
        [`at ${String(index)}`, identify(codec.parts?.value ?? codec, element)],
      ]
    }
    case 'fields':
      return Object.entries(value as Values)
        .filter(([, given]) => given !== undefined)
        .map(([field, given]) => [`field ${field}`, fieldOf(codec, field, given)])
    case 'both':
      return (value as readonly ColumnChange[]).flatMap((each) => changedCells(column, each))
    case 'increment':
    case 'decrement':
      return []
    default:
      return unreachable(kind)
  }
}

/** The elements, keys, indexes or fields that a delete names. */
function deletedCells(column: ColumnMetadata, given: unknown): readonly Cell[] {
  if (column.type.kind === 'set' || column.type.kind === 'map') return removedCells(column, given)
  const named = (given as readonly unknown[]).map(String)
  return column.type.kind === 'list'
    ? [[anyIndex, 'set'], ...named.map((index): Cell => [`at ${index}`, null])]
    : named.map((field): Cell => [`field ${field}`, null])
}

function removedCells(column: ColumnMetadata, given: unknown): readonly Cell[] {
  const cells = elementsOf(removed(column.codec), given).map(([element]): Cell => [
    `element ${element}`,
    null,
  ])
  return column.type.kind === 'list' ? [[anyIndex, null], ...cells] : cells
}

/** The elements of an operand, or its keys with their values. */
function elementsOf(codec: Codec, operand: unknown): readonly (readonly string[])[] {
  const bytes = codec.encode(codec.check(operand), anyOrder)
  const { inner, type } = codec
  if (!isCollection(type)) return []
  const perItem = type.kind === 'map' ? 2 : 1
  const parts: string[] = []
  eachElement(bytes, 0, perItem, (at, length) => {
    const of = inner[parts.length % perItem]
    parts.push(of === undefined ? '' : identityOf(of, bytes.subarray(at, at + length)))
  })
  return perItem === 1
    ? parts.map((part) => [part])
    : parts.flatMap((key, i) => (i % 2 === 0 ? [[key, parts[i + 1] ?? '']] : []))
}

function fieldOf({ fields }: Codec, field: string, value: unknown): CellValue {
  const codec = fields?.get(field)?.codec
  return value === null || codec === undefined ? null : identify(codec, value)
}

function identify(codec: Codec, value: unknown): string {
  return identityOf(codec, codec.encode(codec.check(value), anyOrder))
}
