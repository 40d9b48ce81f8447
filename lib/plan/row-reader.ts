import { Refusal } from '../codec/codec'
import { FrameReader } from '../driver/direct-rows'
import { valueError } from './value-error'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { Selector } from '../statement/statement'
import { type CodeGeneration, compile, quote } from './compile'
import { type RowSteps, compileRowsDecoder } from './rows-decoder'

/** Reads rows into entities, in one of two ways with equal results. */
export interface RowReader<T = unknown> {
  /** From the bytes of their frame, where the driver lets us. */
  readonly frames: FrameReader
  /** From a row that the driver decoded, under whatever `encoding` options. */
  fromDriverRow(row: Readonly<Record<string, unknown>>): T
}

interface Reading {
  readonly selectors: readonly Selector[]
  /** True: only what is selected exists on the result, and the constructor is not called. */
  readonly isProjection: boolean
}

/** Compiles the selectors of a statement into one function. */
export function compileRowReader(
  entity: EntityMetadata,
  { selectors, isProjection }: Reading,
  mode: CodeGeneration,
): RowReader {
  const refuse = (at: number, error: unknown): never => {
    const property = selectors[at]?.property ?? ''
    throw error instanceof Refusal ? valueError(entity.entity, property, error) : error
  }
  const Target = isProjection ? shellOf(entity) : (entity.target as RowSteps['Target'])
  // A column that is not read must not keep the value of its initialiser: saved back, it would overwrite.
  const unread = isProjection
    ? []
    : entity.columns
        .map(({ property }) => property)
        .filter((property) => selectors.every((selector) => selector.property !== property))
  const steps: RowSteps = { Target, selectors, unread }
  return {
    fromDriverRow: mode === 'generated' ? generated(steps, refuse) : composed(steps, refuse),
    frames: new FrameReader((columns) => compileRowsDecoder(steps, columns, mode)),
  }
}

/** Makes instances of the class without calling its constructor. */
function shellOf({ target }: EntityMetadata): RowSteps['Target'] {
  const shell = function Shell() {} as unknown as RowSteps['Target']
  ;(shell as { prototype: unknown }).prototype = target.prototype
  return shell
}

type Refuse = (at: number, error: unknown) => never

type FromDriverRow = RowReader['fromDriverRow']

function generated({ Target, selectors, unread }: RowSteps, refuse: Refuse): FromDriverRow {
  const lines = selectors.map(
    ({ name, property }, i) =>
      `at = ${i}; value = row[${quote(name)}]; entity[${quote(property)}] = ` +
      `value === null || value === undefined ? codecs[${i}].absent() : codecs[${i}].fromDriver(value);`,
  )
  return compile<FromDriverRow>(
    `return function read(row) {
  const entity = new Target();
  let at = 0, value;
  try {
    ${lines.join('\n    ')}
  } catch (error) { refuse(at, error) }
  ${unread.map((property) => `entity[${quote(property)}] = undefined;`).join('\n  ')}
  return entity
}`,
    { Target, codecs: selectors.map(({ codec }) => codec), refuse },
  )
}

function composed({ Target, selectors, unread }: RowSteps, refuse: Refuse): FromDriverRow {
  return (row) => {
    const entity = new Target()
    selectors.forEach(({ name, property, codec }, at) => {
      const value = row[name]
      try {
        entity[property] =
          value === null || value === undefined ? codec.absent() : codec.fromDriver(value)
      } catch (error) {
        refuse(at, error)
      }
    })
    for (const property of unread) entity[property] = undefined
    return entity
  }
}
