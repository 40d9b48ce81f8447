import { Refusal } from '../codec/codec'
import { valueError } from './value-error'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { Selector } from '../statement/statement'
import { type CodeGeneration, compile, quote } from './compile'

/** Reads rows into entities. A second implementation over the frame's bytes has the same result. */
export interface RowReader<T = unknown> {
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
  const target = entity.target as new () => Record<string, unknown>
  const prototype = target.prototype as object
  const create = isProjection
    ? () => Object.create(prototype) as Record<string, unknown>
    : () => new target()
  // A column that is not read must not keep the value of its initialiser: saved back, it would overwrite.
  const unread = isProjection
    ? []
    : entity.columns
        .map(({ property }) => property)
        .filter((property) => selectors.every((selector) => selector.property !== property))
  const reading = { create, selectors, unread, refuse }
  return { fromDriverRow: mode === 'generated' ? generated(reading) : composed(reading) }
}

interface Steps {
  readonly create: () => Record<string, unknown>
  readonly selectors: readonly Selector[]
  readonly unread: readonly string[]
  readonly refuse: (at: number, error: unknown) => never
}

type FromDriverRow = RowReader['fromDriverRow']

function generated({ create, selectors, unread, refuse }: Steps): FromDriverRow {
  const lines = selectors.map(
    ({ name, property }, i) =>
      `at = ${i}; value = row[${quote(name)}]; entity[${quote(property)}] = ` +
      `value === null || value === undefined ? codecs[${i}].absent() : codecs[${i}].fromDriver(value);`,
  )
  return compile<FromDriverRow>(
    `return function read(row) {
  const entity = create();
  let at = 0, value;
  try {
    ${lines.join('\n    ')}
  } catch (error) { refuse(at, error) }
  ${unread.map((property) => `entity[${quote(property)}] = undefined;`).join('\n  ')}
  return entity
}`,
    { create, codecs: selectors.map(({ codec }) => codec), refuse },
  )
}

function composed({ create, selectors, unread, refuse }: Steps): FromDriverRow {
  return (row) => {
    const entity = create()
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
