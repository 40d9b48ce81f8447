import { printType } from '../cql/print-type'
import type { CqlType } from '../cql/cql-type'
import { thawAll } from '../cql/type-tree'
import { type TypedName, cqlTypeOf, fieldOrdersOf } from '../driver/internals/data-type'
import type { RowsDecoder } from '../driver/internals/direct-rows'
import type { FieldOrders } from '../driver/types/field-orders'
import type { Selector } from '../statement/statement'
import { cellSourceOf, cellTools, int32 } from './cell-sources'
import { type CodeGeneration, compile, quote } from './compile'
import { type RowStamp, noteAbsent, stamp, stampCode, stampTools } from './row-stamp'

/** The way instances are made, and the properties they get. */
export interface RowSteps {
  /** Called as `new`: the class itself, or one with its prototype and no constructor. */
  readonly Target: new () => Record<string, unknown>
  /** Makes the instance of what was read, for a class with `construct`; the `Target` is then a plain object. */
  readonly finish?: ((row: Record<string, unknown>) => Record<string, unknown>) | undefined
  readonly selectors: readonly Selector[]
  /** Properties to be left undefined, whatever the constructor gave them. */
  readonly unread: readonly string[]
  /** Names of columns of the answer that are those of other classes, and passed over. */
  readonly others: ReadonlySet<string>
  /** A column that is read beside the instance: a row is then `{ entity, [property] }`. */
  readonly beside: Selector | undefined
  readonly stamp: RowStamp
}

/**
 * Compiles a decoder for the columns of an answer: cells become properties with nothing in between. Undefined when
 * the columns are not those of the selectors, in name or in type: the rows must then be read one by one.
 */
export function compileRowsDecoder(
  steps: RowSteps,
  columns: readonly TypedName[],
  mode: CodeGeneration,
): RowsDecoder | undefined {
  const wanted = steps.beside === undefined ? steps.selectors : [...steps.selectors, steps.beside]
  const byName = new Map(wanted.map((selector) => [selector.name, selector]))
  const cells = columns.map(({ name }) => byName.get(name))
  if (new Set(cells.filter((cell) => cell !== undefined)).size !== byName.size) return undefined
  const isAsDeclared = (selector: Selector | undefined, i: number) => {
    const { name, type } = columns[i] as TypedName
    if (selector === undefined) return steps.others.has(name)
    const sent = cqlTypeOf(type)
    return sent !== undefined && isSame(sent, selector.codec.type)
  }
  if (!cells.every(isAsDeclared)) return undefined
  const found = { ...steps, cells }
  const orders = columns.map(({ type }) => fieldOrdersOf(type))
  return mode === 'generated' ? generated(found, orders) : composed(found, orders)
}

/** An answer does not tell what is frozen, and it makes no difference to the bytes. */
function isSame(sent: CqlType, declared: CqlType): boolean {
  return printType(thawAll(sent)) === printType(thawAll(declared))
}

interface Found extends RowSteps {
  /** In the order of the answer; undefined: passed over. */
  readonly cells: readonly (Selector | undefined)[]
}

function generated(
  { Target, finish, cells, unread, beside, stamp: given }: Found,
  orders: readonly FieldOrders[],
): RowsDecoder {
  const mark = stampCode(given)
  const codecs = cells.map((cell) => cell?.codec)
  const before = [mark.before]
  const lines = cells.map((cell, i) => {
    if (cell === undefined) return 'length = int32(bytes, at); at += 4 + (length > 0 ? length : 0)'
    const { name, property, codec } = cell
    const set = cell === beside ? 'beside =' : `entity[${quote(property)}] =`
    const isNull = codec.absent() === null
    const absent = `{ ${set} ${isNull ? 'null' : `codecs[${i}].absent()`}; ${mark.absent(name)} }`
    const throughCodec = `${set} codecs[${i}].decode(bytes, at, length, orders[${i}]); at += length`
    const source = cellSourceOf(codec)
    let inPlace = source && `${set} ${source.expression}; at += length`
    if (source?.isRepeated === true) {
      before.push(`let value${i}, length${i} = -1, at${i} = 0;`)
      inPlace =
        `if (length !== length${i} || !isSame(bytes, at, at${i}, length)) { ` +
        `value${i} = ${source.expression}; length${i} = length; at${i} = at } ` +
        `${set} value${i}; at += length`
    }
    const read =
      source?.length === undefined
        ? `if (length < 0) ${absent} else { ${inPlace ?? throughCodec} }`
        : `if (length === ${source.length}) { ${inPlace} } ` +
          `else if (length < 0) ${absent} else { ${throughCodec} }`
    return `length = int32(bytes, at); at += 4; ${read}`
  })
  return compile<RowsDecoder>(
    `return function decodeRows(bytes, at, count, rows) {
  let length = 0, beside;
  ${before.join('\n  ')}
  for (let i = 0; i < count; i++) {
    ${finish === undefined ? 'const' : 'let'} entity = new Target();
    ${mark.begin}
    ${lines.join('\n    ')}
    ${unread.map((property) => `entity[${quote(property)}] = undefined;`).join('\n    ')}
    ${finish === undefined ? '' : 'entity = finish(entity);'}
    ${mark.end}
    rows[i] = ${beside === undefined ? 'entity' : `{ entity, ${quote(beside.property)}: beside }`}
  }
  return at
}`,
    { Target, finish, codecs, orders, source: given.source, ...stampTools, ...cellTools },
  )
}

function composed(
  { Target, finish, cells, unread, beside, stamp: given }: Found,
  orders: readonly FieldOrders[],
): RowsDecoder {
  return (bytes, start, count, rows) => {
    let at = start
    for (let i = 0; i < count; i++) {
      const entity = new Target()
      const masks: number[] = []
      let besides: unknown
      for (const [c, cell] of cells.entries()) {
        const length = int32(bytes, at)
        at += 4
        if (cell !== undefined) {
          const { name, property, codec } = cell
          if (length < 0) noteAbsent(given.source, masks, name)
          const value = length < 0 ? codec.absent() : codec.decode(bytes, at, length, orders[c])
          if (cell === beside) besides = value
          else entity[property] = value
        }
        at += Math.max(length, 0)
      }
      for (const property of unread) entity[property] = undefined
      const made = finish === undefined ? entity : finish(entity)
      stamp(given, made, masks)
      rows[i] = beside === undefined ? made : { entity: made, [beside.property]: besides }
    }
    return at
  }
}
