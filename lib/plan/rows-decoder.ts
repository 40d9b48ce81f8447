import { printType } from '../cql/print-type'
import type { CqlType } from '../cql/cql-type'
import { type TypedName, cqlTypeOf, fieldOrdersOf } from '../driver/data-type'
import type { RowsDecoder } from '../driver/direct-rows'
import type { FieldOrders } from '../driver/field-orders'
import type { Selector } from '../statement/statement'
import { cellSourceOf, cellTools, int32 } from './cell-sources'
import { type CodeGeneration, compile, quote } from './compile'

/** How instances are made and which properties they get. */
export interface RowSteps {
  /** Called as `new`: the class itself, or one with its prototype and no constructor. */
  readonly Target: new () => Record<string, unknown>
  readonly selectors: readonly Selector[]
  /** Properties to be left undefined, whatever the constructor gave them. */
  readonly unread: readonly string[]
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
  const byName = new Map(steps.selectors.map((selector) => [selector.name, selector]))
  const selectors = columns.map(({ name }) => byName.get(name))
  if (new Set(selectors).size !== byName.size) return undefined
  const isAsDeclared = (selector: Selector | undefined, i: number): selector is Selector => {
    const sent = columns[i] && cqlTypeOf(columns[i].type)
    return sent !== undefined && selector !== undefined && isSame(sent, selector.codec.type)
  }
  if (!selectors.every(isAsDeclared)) return undefined
  const found = { ...steps, selectors }
  const orders = fieldOrdersOf(columns.map(({ type }) => type))
  return mode === 'generated' ? generated(found, orders) : composed(found, orders)
}

/** An answer does not tell what is frozen, and it makes no difference to the bytes. */
function isSame(sent: CqlType, declared: CqlType): boolean {
  return printType(thawed(sent)) === printType(thawed(declared))
}

function thawed(type: CqlType): CqlType {
  switch (type.kind) {
    case 'native':
    case 'udt':
      return type
    case 'frozen':
      return thawed(type.of)
    case 'map':
      return { ...type, key: thawed(type.key), value: thawed(type.value) }
    case 'tuple':
      return { ...type, of: type.of.map(thawed) }
    default:
      return { ...type, of: thawed(type.of) }
  }
}

function generated({ Target, selectors, unread }: RowSteps, orders: FieldOrders): RowsDecoder {
  const codecs = selectors.map(({ codec }) => codec)
  const before: string[] = []
  const cells = selectors.map(({ property, codec }, i) => {
    const set = `entity[${quote(property)}] =`
    const isNull = codec.absent() === null
    const absent = `${set} ${isNull ? 'null' : `codecs[${i}].absent()`}`
    const throughCodec = `${set} codecs[${i}].decode(bytes, at, length, orders); at += length`
    const source = cellSourceOf(codec)
    let read = `if (length < 0) ${absent}; else { ${throughCodec} }`
    if (source?.length !== undefined) {
      read =
        `if (length === ${source.length}) { ${set} ${source.expression}; at += ${source.length} } ` +
        `else if (length < 0) ${absent}; else { ${throughCodec} }`
    } else if (source?.isRepeated === true) {
      before.push(`let value${i} = '', length${i} = -1, at${i} = 0;`)
      read =
        `if (length < 0) ${absent}; else { ` +
        `if (length !== length${i} || !isSame(bytes, at, at${i}, length)) { ` +
        `value${i} = ${source.expression}; length${i} = length; at${i} = at } ` +
        `${set} value${i}; at += length }`
    } else if (source !== undefined) {
      read = `if (length < 0) ${absent}; else { ${set} ${source.expression}; at += length }`
    }
    return `length = int32(bytes, at); at += 4; ${read}`
  })
  return compile<RowsDecoder>(
    `return function decodeRows(bytes, at, count, rows) {
  let length = 0;
  ${before.join('\n  ')}
  for (let i = 0; i < count; i++) {
    const entity = new Target();
    ${cells.join('\n    ')}
    ${unread.map((property) => `entity[${quote(property)}] = undefined;`).join('\n    ')}
    rows[i] = entity
  }
  return at
}`,
    { Target, codecs, orders, ...cellTools },
  )
}

function composed({ Target, selectors, unread }: RowSteps, orders: FieldOrders): RowsDecoder {
  return (bytes, start, count, rows) => {
    let at = start
    for (let i = 0; i < count; i++) {
      const entity = new Target()
      for (const { property, codec } of selectors) {
        const length = int32(bytes, at)
        at += 4
        if (length < 0) {
          entity[property] = codec.absent()
        } else {
          entity[property] = codec.decode(bytes, at, length, orders)
          at += length
        }
      }
      for (const property of unread) entity[property] = undefined
      rows[i] = entity
    }
    return at
  }
}
